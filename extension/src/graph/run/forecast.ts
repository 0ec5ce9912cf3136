import type { ISchedule } from '@llmos-lab/skills';

import type { PoolCalls } from './poolCalls';
import { isWorthIt } from './steps';
import type { IPlannedCell } from './tokens';

/** How a run's cells would share kernel and workers, and how long they would take so. */
export interface IForecast {
  /** Whether calls stand side by side for which workers will be started. */
  readonly startsWorkers: boolean;
  /** Milliseconds, without the start of workers; a cell of which nothing is known takes none. */
  readonly ms: number;
}

/**
 * Foretells a run: calls that wait for equally many cells, one after the other, stand side
 * by side in as many workers as there may be; all else runs in the kernel, in turn.
 */
export function forecast(
  schedule: ISchedule,
  cells: ReadonlyMap<string, IPlannedCell>,
  pool: Pick<PoolCalls, 'isThere' | 'isWarm' | 'size' | 'startMs' | 'most'>
): IForecast {
  const { calls, rest } = inRows(schedule, cells);
  const rows = [...calls.values()].map(times => {
    const isShared = pool.isThere && times.length > 1 && isWorthIt(times, pool);
    return { isShared, ms: isShared ? sideBySide(times, pool.most) : sum(times) };
  });
  const ms = sum(rest) + sum(rows.map(row => row.ms));
  const isAnyShared = rows.some(({ isShared }) => isShared);
  return { startsWorkers: isAnyShared && !pool.isWarm, ms };
}

type Times = readonly (number | undefined)[];

/** Times of the skill calls that run, by how many cells come before them, and of the rest. */
function inRows(
  { flow }: ISchedule,
  cells: ReadonlyMap<string, IPlannedCell>
): { readonly calls: ReadonlyMap<number, Times>; readonly rest: Times } {
  const depths = new Map<string, number>();
  const calls = new Map<number, (number | undefined)[]>();
  const rest: (number | undefined)[] = [];
  for (const { id, isSkill, needs } of flow.values()) {
    const cell = cells.get(id);
    if (!cell || cell.action === 'keep') {
      continue;
    }
    const above = needs.map(({ from }) => depths.get(from) ?? -1);
    const depth = Math.max(-1, ...above) + 1;
    depths.set(id, depth);
    if (isSkill && cell.action === 'run') {
      calls.set(depth, [...(calls.get(depth) ?? []), cell.expectedMs]);
    } else {
      rest.push(cell.expectedMs);
    }
  }
  return { calls, rest };
}

/** Each goes to the worker that is free first, the longest ones before the others. */
function sideBySide(times: Times, workers: number): number {
  const ends = Array.from({ length: Math.max(1, workers) }, () => 0);
  for (const ms of times.map(time => time ?? 0).sort((a, b) => b - a)) {
    ends.sort((a, b) => a - b);
    ends[0] = (ends[0] ?? 0) + ms;
  }
  return Math.max(...ends);
}

function sum(times: Times): number {
  return times.reduce<number>((total, ms) => total + (ms ?? 0), 0);
}
