import type { TranslationBundle } from '@jupyterlab/translation';
import type { CellStatus } from '@llmos-lab/skills';

import type { INotebookRun, IPlannedCell } from '../run/tokens';
import { statusWord } from '../status/statuses';

/** Those that are told of each by its count: under way, or in need of something. */
const TOLD: readonly CellStatus[] = [
  ...(['running', 'failed', 'blocked', 'cancelled', 'waiting', 'stale'] as const)
];

/** The one status of cells that are shown as one box. */
export function sectionStatus(
  cells: readonly string[],
  run: Pick<INotebookRun, 'states'> | null
): CellStatus {
  const found = new Set(cells.map(id => run?.states.get(id)?.status ?? 'idle'));
  const order: readonly CellStatus[] = [...TOLD, 'idle', 'done'];
  return order.find(status => found.has(status)) ?? 'cached';
}

/** What the plan that is shown does with such cells: that some run comes first. */
export function sectionPlan(
  cells: readonly string[],
  run: Pick<INotebookRun, 'shownPlan'> | null
): IPlannedCell['action'] {
  const planned = new Set(cells.map(id => run?.shownPlan?.cells.get(id)?.action));
  return (['run', 'cached'] as const).find(action => planned.has(action)) ?? 'keep';
}

/** How cells that are shown as one box stand; while a plan is shown what it does with them. */
export function sectionText(
  cells: readonly string[],
  run: Pick<INotebookRun, 'states' | 'shownPlan'> | null,
  trans: TranslationBundle
): string {
  const counted = (of: (id: string) => boolean): number => cells.filter(of).length;
  const plan = run?.shownPlan?.cells;
  const [runs, cached] = (['run', 'cached'] as const).map(action =>
    counted(id => plan?.get(id)?.action === action)
  );
  const planned = [
    ...(runs ? [trans.__('%1 will run', runs)] : []),
    ...(cached ? [trans.__('%1 from the cache', cached)] : [])
  ];
  if (planned.length > 0) {
    return planned.join(', ');
  }
  const told = TOLD.flatMap(status => {
    const count = counted(id => run?.states.get(id)?.status === status);
    return count > 0 ? [`${count} ${statusWord(status, trans)}`] : [];
  });
  const status = sectionStatus(cells, run);
  return told.length > 0 || status === 'idle'
    ? told.join(', ')
    : statusWord(status, trans);
}
