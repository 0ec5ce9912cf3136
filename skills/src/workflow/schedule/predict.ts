import type { IPlanEntry } from './plan';
import type { ISchedule } from './state';

/**
 * Which cells of a plan will be answered from the cache: skill cells whose meaning is
 * known to be in it, and those that mean the same as one further up in the plan.
 */
export function predictCached(
  { flow }: ISchedule,
  plan: readonly IPlanEntry[],
  inCache: ReadonlySet<string>
): ReadonlySet<string> {
  const known = new Set(inCache);
  const cached = new Set<string>();
  for (const { id, isPlanned } of plan) {
    const cell = flow.get(id);
    if (isPlanned && cell?.isSkill) {
      if (known.has(cell.meaning)) {
        cached.add(id);
      }
      known.add(cell.meaning);
    }
  }
  return cached;
}
