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
export function nextStep(schedule: ISchedule, pool: PoolCalls): Step | null {
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
  if (pool.isThere && fresh.length > 0 && calls.length + pool.size > 1) {
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
