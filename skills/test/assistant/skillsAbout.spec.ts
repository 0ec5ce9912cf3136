import type { IToolPart, MessagePart } from '../../src/assistant/conversation';
import { skillsAbout } from '../../src/assistant/skillsAbout';
import { LIBRARY } from './library';

const call = (tool: string, input: IToolPart['input']): IToolPart => ({
  ...{ kind: 'tool', id: tool, tool, input, status: 'done', result: 'spice-netlist' }
});
const about = (...parts: MessagePart[]) => skillsAbout(LIBRARY, parts);
const said = (text: string) => about({ kind: 'text', text });

describe('the skills that an answer is about', () => {
  it('are those that its text names, by id, alias or name', () => {
    expect(said('Use `quantum-vqe` here.')).toEqual(['quantum-vqe']);
    expect(said('The VQE Optimizer does it.')).toEqual(['quantum-vqe']);
    expect(said('await skill("plot-xy-node")()')).toEqual(['plot-xy']);
    expect(said('Paris is the capital of France.')).toEqual([]);
  });

  it('are not those whose name is part of another, or a word like others', () => {
    expect(said('my-plot-xy and quantum-vqe-2')).toEqual([]);
    expect(said('Scene by scene, the Geometry of it')).toEqual([]);
  });

  it('are those that its calls use, not those that were looked for or failed', () => {
    const nodes = [{ id: 'h', skill: 'quantum-hamiltonian' }];
    expect(about(call('insert_workflow', { nodes }))).toEqual(['quantum-hamiltonian']);
    expect(about(call('search_skills', { query: 'quantum-vqe' }))).toEqual([]);
    const read = call('read_skill', { skill: 'quantum-vqe' });
    expect(about({ ...read, status: 'failed' })).toEqual([]);
    expect(about({ kind: 'thinking', text: 'quantum-vqe' })).toEqual([]);
  });
});
