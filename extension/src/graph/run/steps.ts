import { advance, readyCells, type ISchedule } from '@llmos-lab/skills';

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
  const answered = ready.find(id => pool.ready(id, codeOf(id))?.isAnswered === true);
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
  const [first] = pool.isThere && opensCalls(schedule) ? [plain, ...ready] : ready;
  const cell = first ?? ready[0];
  return cell === undefined ? null : { type: 'execute', cell };
}

/** A cell that usually ends within so many milliseconds has the next one sent behind it. */
const SHORT_MS = 300;

/**
 * The cell that the kernel runs next for certain once a short one has ended well: it may
 * be sent ahead, so that the kernel need not wait for the page. Behind a long cell nothing
 * is sent, since people edit meanwhile what is still to run.
 */
export function nextCell(
  schedule: ISchedule,
  cell: string,
  pool: PoolCalls,
  expectedMs: (cell: string) => number | undefined
): string | null {
  if ((expectedMs(cell) ?? Infinity) > SHORT_MS) {
    return null;
  }
  const started = advance(schedule, { type: 'started', cell });
  const ended = advance(started, { type: 'finished', cell });
  const step = nextStep(ended, pool, expectedMs);
  return step?.type === 'execute' ? step.cell : null;
}

/**
 * Whether a call needs what a plain cell of the run has still to give: plain cells then go
 * first, so that it can overlap with the calls that are ready.
 */
function opensCalls({ active, flow }: ISchedule): boolean {
  const isPlain = (id: string): boolean => flow.get(id)?.isSkill === false;
  return [...flow.values()].some(
    ({ id, isSkill, needs }) =>
      isSkill &&
      active.has(id) &&
      needs.some(({ from }) => active.has(from) && isPlain(from))
  );
}

/**
 * Whether calls that could overlap gain by it. A worker that still has to start must save
 * at least what its start costs, where earlier runs tell how long the calls take. One of
 * which nothing is known may take long, but beside it only the others' time is saved.
 */
export function isWorthIt(
  times: readonly (number | undefined)[],
  pool: Pick<PoolCalls, 'isWarm' | 'size' | 'startMs'>
): boolean {
  const sorted = times.map(ms => ms ?? Infinity).sort((a, b) => a - b);
  const saved = sorted.slice(0, -1).reduce((sum, ms) => sum + ms, 0);
  return pool.isWarm || pool.size > 0 || saved > pool.startMs;
}
