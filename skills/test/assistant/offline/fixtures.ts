import { answerOffline } from '../../../src/assistant/offline/answer';
import { planWorkflow } from '../../../src/assistant/plan';
import type { INotebookCell } from '../../../src';
import { find, LIBRARY } from '../library';

/** Asks where no notebook is open. */
export const ask = (question: string) =>
  answerOffline({ question, skills: LIBRARY, maxSkills: 5 });

/** The cells that the offered workflow becomes. */
export function workflowOf(question: string): string[] {
  const { workflow } = ask(question);
  let count = 0;
  const plan = planWorkflow({ cells: [], find }, workflow ?? [], () => `n${count++}`);
  if (!plan.ok) {
    throw new Error(plan.problems.join('\n'));
  }
  return plan.cells.slice(1).map(({ source }: INotebookCell) => source);
}

export const NOTEBOOK = {
  path: 'a.ipynb',
  cells: [
    {
      id: 'h',
      type: 'code',
      source: 'h = await skill("quantum-hamiltonian")()',
      state: 'done'
    },
    {
      id: 'v',
      type: 'code',
      state: 'stale: It needs h, which changed or must run.',
      source: 'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
    },
    {
      id: 'e',
      type: 'code',
      source: 'nope + 1',
      state: 'failed',
      error: "NameError: name 'nope' is not defined"
    }
  ],
  graph: [],
  selected: 'v',
  variables: [],
  runs: []
} as const;

export const about = (question: string, selected: string) =>
  answerOffline({
    ...{ question, skills: LIBRARY, maxSkills: 5 },
    notebook: { ...NOTEBOOK, selected }
  });

const [H, VQE, FAILED] = NOTEBOOK.cells;

/** The notebook with times and values. */
export const TIMED = {
  ...NOTEBOOK,
  cells: [
    { ...H, took: { ms: 40, text: '40 ms' } },
    { ...VQE, took: { ms: 3200, text: '3.2 s' } },
    FAILED
  ],
  variables: ['vqe: Outputs { error: float = 0.1 }', 'h: Outputs']
};
