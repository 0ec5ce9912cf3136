import type { ISweepPlan } from '@llmos-lab/skills';

import type { ICellState, INotebookRun } from '../run/tokens';

const UP_TO_DATE: ReadonlySet<ICellState['status'] | undefined> = new Set([
  'done',
  'cached'
]);

/** Cells that must run before the points, since their values are read and are not current. */
export function staleNeeds(
  { needs }: Pick<ISweepPlan, 'needs'>,
  { states }: Pick<INotebookRun, 'states'>
): readonly string[] {
  return needs.filter(id => !UP_TO_DATE.has(states.get(id)?.status));
}
