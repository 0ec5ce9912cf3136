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
  /** Milliseconds that it takes longer because workers have to start. */
  readonly startMs: number;
  /** How many workers have started in the end. */
  readonly warm: number;
}

/** The workers that calls are given to. */
export interface IWorkers {
  /** How many calls run at once. */
  readonly most: number;
  /** How many of them have started. */
  readonly warm: number;
  /** Milliseconds that the start of another one takes. */
  readonly startMs: number;
}

/** Milliseconds that a cell takes; undefined where nothing is known. */
export type Times = readonly (number | undefined)[];

/**
 * Foretells a run: calls that wait for equally many cells, one after the other, stand side
 * by side in as many workers as there may be; all else runs in the kernel, in turn.
 *
 * @param inWorker Milliseconds that a cell takes where all that it needs is loaded
 */
export function forecast(
  schedule: ISchedule,
  cells: ReadonlyMap<string, IPlannedCell>,
  pool: Pick<PoolCalls, 'isThere' | 'isWarm' | 'size' | keyof IWorkers>,
  inWorker = (id: string): number | undefined => cells.get(id)?.expectedMs
): IForecast {
  const { calls, rest } = inRows(schedule, cells);
  const timesOf = (ids: readonly string[]): Times =>
    ids.map(id => cells.get(id)?.expectedMs);
  const { most } = pool;
  let { warm } = pool;
  let ms = sum(timesOf(rest));
  let startMs = 0;
  let startsWorkers = false;
  for (const ids of calls.values()) {
    const times = ids.map(inWorker);
    if (!pool.isThere || ids.length < 2 || !isWorthIt(times, pool)) {
      ms += sum(timesOf(ids));
      continue;
    }
    const used = Math.min(most, ids.length);
    const row = withStart(times, { most, warm, startMs: pool.startMs });
    ms += row.ms;
    startMs += row.startMs;
    startsWorkers ||= warm < used;
    warm = Math.max(warm, used);
  }
  return { startsWorkers, ms, startMs, warm };
}

/** Skill calls that run, by how many cells come before them, and the rest. */
function inRows(
  { flow }: ISchedule,
  cells: ReadonlyMap<string, IPlannedCell>
): {
  readonly calls: ReadonlyMap<number, readonly string[]>;
  readonly rest: readonly string[];
} {
  const depths = new Map<string, number>();
  const calls = new Map<number, string[]>();
  const rest: string[] = [];
  for (const { id, isSkill, needs } of flow.values()) {
    const cell = cells.get(id);
    if (!cell || cell.action === 'keep') {
      continue;
    }
    const above = needs.map(({ from }) => depths.get(from) ?? -1);
    const depth = Math.max(-1, ...above) + 1;
    depths.set(id, depth);
    if (isSkill && cell.action === 'run') {
      calls.set(depth, [...(calls.get(depth) ?? []), id]);
    } else {
      rest.push(id);
    }
  }
  return { calls, rest };
}

/** Milliseconds of calls in started workers, and how much longer it is since some start. */
export function withStart(
  times: Times,
  workers: IWorkers
): Pick<IForecast, 'ms' | 'startMs'> {
  const ms = sideBySide(times, { ...workers, warm: workers.most });
  return { ms, startMs: sideBySide(times, workers) - ms };
}

/**
 * Milliseconds until all calls have ended: the longest ones first, each worker has one and
 * then whoever is free takes the next. A worker that has to start does so for its first.
 */
export function sideBySide(times: Times, { most, warm, startMs }: IWorkers): number {
  const ends = Array.from({ length: Math.max(1, most) }, (_, at) =>
    at < warm ? 0 : startMs
  );
  const sorted = times.map(time => time ?? 0).sort((a, b) => b - a);
  sorted.forEach((ms, call) => {
    const next = call < ends.length ? call : ends.indexOf(Math.min(...ends));
    ends[next] = (ends[next] ?? 0) + ms;
  });
  return Math.max(0, ...ends.slice(0, sorted.length));
}

function sum(times: Times): number {
  return times.reduce<number>((total, ms) => total + (ms ?? 0), 0);
}
