import { answerOffline } from '../../../src/assistant/offline/answer';
import { exampleSources } from '../../../src/assistant/offline/examples';
import { splitExample } from '../../../src/assistant/offline/runnable';
import { explainSkill } from '../../../src/assistant/offline/texts';
import { analyseCell } from '../../../src/workflow/analyse';
import { LIBRARY } from '../library';
import { ask, NOTEBOOK, workflowOf } from './fixtures';

describe('calls that an answer shows', () => {
  it('shows the calls with the values of the question, as they are inserted', () => {
    const codeOf = (question: string): string =>
      /```python\n([^`]*)\n```/.exec(ask(question).markdown)?.[1] ?? '';
    const filter = 'Simulate an RC low-pass with 1k and 1u';
    expect(codeOf(filter)).toBe(workflowOf(filter).join('\n'));
    expect(codeOf(filter)).toContain('resistance=1000, capacitance=0.000001');
    // Without values the skill's own example.
    expect(codeOf('RC low-pass')).toContain('resistance="4k7"');
  });

  it('explains a skill by its own text, with an example call', () => {
    const { markdown, skills } = ask('quantum-vqe');
    expect(skills[0]).toBe('quantum-vqe');
    expect(markdown).toContain('*When to use.* After `quantum-hamiltonian`');
    expect(markdown).toContain('```python\nh = await skill("quantum-hamiltonian")');
  });

  it.each(LIBRARY.map(skill => [skill.id, skill] as const))(
    'lets only those lines of an example be run that can: %s',
    (_, skill) => {
      const told = explainSkill(skill);
      for (const [, code = ''] of told.matchAll(/```python\n([^]*?)\n```/g)) {
        expect(analyseCell(code)).toMatchObject({ incomplete: false });
        expect(analyseCell(code).uses).toEqual(['skill']);
      }
      for (const [, names = '', code = ''] of told.matchAll(
        /, once (.*) (?:is|are) defined:\n\n```example\n([^]*?)\n```/g
      )) {
        const lacking = [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name);
        expect(['skill', ...lacking].sort()).toEqual(analyseCell(code).uses);
      }
      const lines = [...told.matchAll(/```(?:python|example)\n([^]*?)\n```/g)];
      const [example = ''] = exampleSources(skill);
      expect(lines.map(([, code]) => code).join('\n')).toBe(example);
    }
  );

  it('lets no call be run that lacks what one of several inputs has to give', () => {
    const { markdown } = ask('save my results to a CSV file');
    expect(markdown).toContain(
      'Once `data` or `plot_image` is given:\n\n```example\nresults = await skill("export-results")(format="csv")\n```'
    );
    for (const question of [
      'a cube in orange',
      'Simulate a GHZ circuit with 5 qubits'
    ]) {
      expect(ask(question).markdown).toMatch(/```python\n.*\n```/);
    }
  });

  it.each([
    ['Grover search for 101', { kind: 'grover', bits: '101' }],
    ['Grover search for bits 1011', { kind: 'grover', bits: '1011', qubits: 4 }],
    ['Grover circuit with 10 qubits', { kind: 'grover', qubits: 10 }],
    ['Grover search for 11 qubits', { kind: 'grover', qubits: 11 }],
    ['Bell state 11', {}]
  ])('set the state that a circuit finds: %s', (question, inputs) => {
    expect(ask(question).workflow?.map(step => step.inputs)).toEqual([inputs]);
  });

  it('take no choice of an example for an order to show something', () => {
    const scene = ask('show a red sphere in a scene').workflow?.at(-1);
    expect(scene?.skill).toBe('threejs-scene');
    expect(scene?.inputs).not.toHaveProperty('layout');
  });

  it('names what is lacking in the order of the text, in any letters', () => {
    const { lacks } = splitExample('y = f("α", β, α)', () => false);
    expect(lacks).toEqual(['f', 'β', 'α']);
  });

  it('lets lines be run for which the notebook has the values', () => {
    const tell = (...sources: string[]): string =>
      answerOffline({
        ...{ question: 'plot-convergence', skills: LIBRARY, maxSkills: 5 },
        notebook: {
          ...NOTEBOOK,
          cells: sources.map((source, at) => ({ id: `${at}`, type: 'code', source }))
        }
      }).markdown;
    const vqe = 'vqe = await skill("quantum-vqe")(hamiltonian=h)';
    expect(tell(vqe)).toContain(
      '```python\nawait skill("plot-convergence")(trace=vqe.'
    );
    const lacking =
      'An example, once `vqe` is defined:\n\n```example\nawait skill("plot-';
    expect(tell()).toContain(lacking);
    // A call that has no such output is none that the example could take.
    expect(tell(vqe.replace('-vqe', '-circuit'))).toContain(lacking);
    expect(tell(vqe, 'vqe = await skill("threejs-cube")()')).toContain(lacking);
    expect(tell('vqe = await skill("mine")()')).toContain(
      '```python\nawait skill("plot'
    );
  });
});
