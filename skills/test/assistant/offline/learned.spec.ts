import { answerOffline } from '../../../src/assistant/offline/answer';
import type { IExecutableSkill, ISkill } from '../../../src';
import { toCompound } from '../../../src/evolution/compound';
import { mine } from '../../../src/evolution/mine';
import { vqeAndPlot } from '../../evolution/traces';
import { find, LIBRARY } from '../library';
import { QUESTIONS } from '../questions';
import { ask } from './fixtures';

describe('beside a learned skill', () => {
  const member = (id: string) => {
    const skill = find(id);
    return skill?.kind === 'executable' ? { skill, version: 'sha256:11' } : undefined;
  };
  const [pattern] = mine([100, 150, 120].map(n => vqeAndPlot(n)));
  const made = pattern
    ? toCompound(pattern, { find: member, taken: () => false, date: '2026-11-21' })
    : { refused: 'no pattern' };
  if ('refused' in made) {
    throw new Error(made.refused);
  }
  // As it is learned from runs whose Hamiltonian came from a cell of its own.
  const learned: IExecutableSkill = {
    ...made.skill,
    inputs: [
      { name: 'hamiltonian', type: 'object', required: true },
      ...made.skill.inputs
    ]
  };
  const skills = [...LIBRARY, learned];
  const beside = (question: string, given: readonly ISkill[] = skills) =>
    answerOffline({ question, skills: given, maxSkills: 5 });

  it('asks and answers as without it', () => {
    expect(learned.id).toBe('vqe-convergence');
    const more = [
      'Run VQE for H2 and export the energy as CSV',
      'ground state of H2 with VQE, plot the convergence'
    ];
    for (const question of [...QUESTIONS.map(([text]) => text), ...more]) {
      const [now, before] = [beside(question), ask(question)];
      expect(now.workflow).toEqual(before.workflow);
      expect(now.skills).toEqual(expect.arrayContaining([...before.skills]));
    }
    for (const question of more) {
      const steps = beside(question).workflow?.map(({ skill }) => skill);
      expect(steps).toEqual(
        expect.arrayContaining(['quantum-hamiltonian', 'quantum-vqe'])
      );
    }
  });

  it('says which steps it does in one call', () => {
    const { markdown, skills: chips } = beside(
      'VQE for H2, plot the convergence, export CSV'
    );
    expect(markdown).toContain('(`vqe-convergence`) does steps 2 and 3 in one call.');
    expect(chips).toContain('vqe-convergence');
  });

  it('takes it where it is named, with what it needs', () => {
    expect(beside('run vqe-convergence, then export CSV').workflow).toEqual([
      { id: 'hamiltonian', skill: 'quantum-hamiltonian', inputs: {} },
      {
        id: 'convergence',
        skill: 'vqe-convergence',
        inputs: { hamiltonian: { from: ['hamiltonian', 'hamiltonian'] } }
      },
      {
        id: 'results',
        skill: 'export-results',
        inputs: { data: { from: ['convergence', 'parameters'] }, format: 'csv' }
      }
    ]);
    expect(beside('inputs of vqe-convergence').skills).toEqual(['vqe-convergence']);
    expect(beside('inputs of the vqe').skills).toEqual(['quantum-vqe']);
    const study = { ...learned, id: 'h2-study', name: 'Study' };
    const { workflow } = beside('my study of h2', [...LIBRARY, study]);
    expect(workflow?.map(({ skill }) => skill)).toEqual([
      'quantum-hamiltonian',
      'h2-study'
    ]);
  });
});
