import type { TranslationBundle } from '@jupyterlab/translation';

import { formatDuration } from '../status/statuses';
import type { IPlannedCell, IRunPlan } from './tokens';

/** From so many milliseconds on it is said how long cells from the cache take. */
const LONG_MS = 500;

/** A ghost run in one line: "5 cells, 2 from the cache, about 3.2 s". */
export function planText(plan: IRunPlan, trans: TranslationBundle): string {
  const cells = [...plan.cells.values()].filter(({ action }) => action !== 'keep');
  if (cells.length === 0) {
    return plan.choice.kind === 'stale'
      ? trans.__('every cell is up to date')
      : trans.__('no cell to run');
  }
  const cached = cells.filter(({ action }) => action === 'cached').length;
  const open = cells.filter(({ isOpen }) => isOpen).length;
  const fresh = cells.filter(({ isNew }) => isNew).length;
  // The others have a mark; of all that have never run there is nothing to tell apart.
  const isSomeNew = plan.choice.kind === 'stale' && fresh > 0 && fresh < cells.length;
  const isRun = cells.some(({ action }) => action === 'run');
  return [
    trans._n('%1 cell', '%1 cells', cells.length),
    ...(cached > 0 ? [trans.__('%1 from the cache', cached)] : []),
    ...(open > 0 ? [openText(open, cached > 0, trans)] : []),
    ...(isSomeNew ? [trans.__('%1 not run since opening', fresh)] : []),
    ...(isRun || plan.expectedMs >= LONG_MS
      ? [timeText(cells, plan.expectedMs, trans)]
      : []),
    ...(cells.some(({ isTimeOfOthers }) => isTimeOfOthers)
      ? [trans.__('by runs with other inputs')]
      : []),
    ...startText(plan, trans)
  ].join(', ');
}

/** What a run would do with one cell, and why, in sentences. */
export function plannedText(
  { action, why, isOpen }: IPlannedCell,
  trans: TranslationBundle
): string {
  switch (action) {
    case 'keep':
      return why;
    case 'cached':
      return trans.__('Comes from the cache: it ran with the same inputs before.');
    case 'run': {
      const will = isOpen
        ? trans.__('Will run, unless the cache turns out to know its inputs.')
        : trans.__('Will run.');
      return `${will} ${why}`;
    }
  }
}

/** Open cells are counted as cells already; what is open is where they come from. */
function openText(open: number, isMore: boolean, trans: TranslationBundle): string {
  return isMore
    ? trans.__('perhaps %1 more', open)
    : trans.__('perhaps %1 from the cache', open);
}

/** What workers and a fresh kernel need first, in parts of a sentence. */
export function startText(
  { startMs, isLoadOpen }: Pick<IRunPlan, 'startMs' | 'isLoadOpen'>,
  trans: TranslationBundle
): readonly string[] {
  return [
    ...(startMs === null ? [trans.__('plus the start of workers')] : []),
    ...(startMs !== null && startMs > 0
      ? [trans.__('%1 of it to start workers', formatDuration(startMs))]
      : []),
    ...(isLoadOpen ? [trans.__('plus the loading of packages')] : [])
  ];
}

function timeText(
  cells: readonly IPlannedCell[],
  expectedMs: number,
  trans: TranslationBundle
): string {
  if (cells.some(each => each.action === 'run' && each.expectedMs === undefined)) {
    const least = leastMs(cells, expectedMs);
    return least < 1
      ? trans.__('time not known yet')
      : trans.__('more than %1', formatDuration(least));
  }
  const time = formatDuration(expectedMs);
  return cells.some(({ isMost }) => isMost)
    ? trans.__('at most %1', time)
    : trans.__('about %1', time);
}

/** The whole without what some cells take at most, but no less than its longest other cell. */
function leastMs(cells: readonly IPlannedCell[], expectedMs: number): number {
  let [rest, longest] = [expectedMs, 0];
  for (const { isMost, expectedMs: ms = 0 } of cells) {
    if (isMost) {
      rest -= ms;
    } else {
      // Side by side with the others it may take longer than all that is left.
      longest = Math.max(longest, ms);
    }
  }
  return Math.max(rest, longest);
}
