import { readyCells, type ISchedule } from '@llmos-lab/skills';

import type { PoolCalls } from './poolCalls';

/** What the kernel does next for a run. */
export type Step =
  | { readonly type: 'execute'; readonly cell: string }
  | { readonly type: 'prepare'; readonly cells: readonly string[] };

/**
 * Chooses what the kernel, which does one thing at a time, does next. Calls go to the
 * pool where two could overlap; a lone call runs in the kernel, which is warm.
 */
export function nextStep(
  schedule: ISchedule,
  pool: PoolCalls,
  expectedMs: (cell: string) => number | undefined
): Step | null {
  // A cell that the person has queued goes first, and takes ours with it if it fails.
  if ([...schedule.active.values()].some(({ isByHand }) => isByHand)) {
    return null;
  }
  const ready = readyCells(schedule);
  const codeOf = (id: string): string => schedule.flow.get(id)?.code ?? '';
  const answered = ready.find(id => pool.ready(id, codeOf(id))?.ms !== undefined);
  if (answered !== undefined) {
    return { type: 'execute', cell: answered };
  }
  const calls = ready.filter(id => schedule.flow.get(id)?.isSkill === true);
  const fresh = calls.filter(id => !pool.ready(id, codeOf(id)));
  const overlaps = pool.isThere && fresh.length > 0 && calls.length + pool.size > 1;
  if (overlaps && isWorthIt(calls.map(expectedMs), pool)) {
    return { type: 'prepare', cells: fresh };
  }
  const plain = ready.find(id => schedule.flow.get(id)?.isSkill === false);
  const [first] = pool.isThere && hasMoreCalls(schedule) ? [plain, ...ready] : ready;
  const cell = first ?? ready[0];
  return cell === undefined ? null : { type: 'execute', cell };
}

/** Whether two or more calls are still to come: plain cells then make them ready first. */
function hasMoreCalls({ active, flow }: ISchedule): boolean {
  const calls = [...active].filter(
    ([id, { phase }]) => phase === 'waiting' && flow.get(id)?.isSkill === true
  );
  return calls.length > 1;
}

/** What starting a worker costs, about, in milliseconds: Python has to boot in it. */
const START_MS = 3000;

/**
 * Whether calls that could overlap gain by it. A worker that still has to start must save
 * at least what its start costs, where earlier runs tell how long the calls take.
 */
function isWorthIt(
  times: readonly (number | undefined)[],
  pool: Pick<PoolCalls, 'isWarm' | 'size'>
): boolean {
  const known = times.filter(ms => ms !== undefined);
  if (pool.isWarm || pool.size > 0 || known.length < times.length) {
    return true;
  }
  const sum = known.reduce((total, ms) => total + ms, 0);
  return sum - Math.max(...known) > START_MS;
}
