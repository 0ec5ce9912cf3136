import { isPythonSkill, sweepPoints, type ISweepPlan } from '@llmos-lab/skills';

import { withStart } from '../run/forecast';
import type { ICellState, INotebookRun, IRunPlan } from '../run/tokens';
import { staleNeeds } from './staleNeeds';
import type { ISweepKernel } from './sweepKernel';

/** What a sweep would do, as far as can be told without running it. */
export interface IForecast {
  readonly points: number;
  /** Calls of all points. */
  readonly calls: number;
  /** Cells that run first, since the points read their values. */
  readonly above: number;
  /** Calls that the cache would answer; null when that cannot be told now. */
  readonly cached: number | null;
  /** Milliseconds that it should take; null where no earlier run tells. */
  readonly expectedMs: number | null;
  /** Milliseconds of it because workers have to start; null where nobody knows how many. */
  readonly startMs: number | null;
  /**
   * Set where a swept number may change how long its call takes, which runs with other
   * numbers do not tell.
   */
  readonly isTimeOpen?: true;
  /** Set where calls are only known to have run with the loading of their packages. */
  readonly isMost?: true;
  /** Set where cells above need packages, and no earlier run tells how long that takes. */
  readonly isLoadOpen?: true;
}

/** Points of which it is asked whether the cache has them: a look must not take long. */
const MOST_ASKED = 256;

const AT_ONCE = 16;

interface IForetellOptions {
  readonly plan: ISweepPlan;
  readonly run: Pick<INotebookRun, 'plan' | 'states' | 'workers'>;
  /** Null while the kernel does something else: nobody wants to wait for a forecast. */
  readonly kernel: ISweepKernel | null;
  /** Aborted when the answer is not wanted any more. */
  readonly signal: { readonly aborted: boolean };
}

/** Counts what a sweep would compute, by the kernel's keys, and how long that takes. */
export async function foretell(options: IForetellOptions): Promise<IForecast> {
  const { plan, run, kernel } = options;
  const points = sweepPoints(plan).length;
  const calls = points * plan.calls.length;
  const above = await countAbove(plan, run);
  const done =
    kernel && above.cells === 0 && points <= MOST_ASKED
      ? await countCached(options, kernel)
      : null;
  const time = expected(options, points, done, above.warm);
  const cached = done && sum(done);
  if (!time) {
    return { points, calls, above: above.cells, cached, expectedMs: null, startMs: 0 };
  }
  const expectedMs = above.ms + time.ms + (time.startMs ?? 0);
  const isStartOpen = time.startMs === null || above.startMs === null;
  return {
    ...{ points, calls, above: above.cells, cached, expectedMs },
    startMs: isStartOpen ? null : time.startMs + above.startMs,
    ...(isNumeric(plan) && cached !== calls && { isTimeOpen: true }),
    ...(time.isMost && { isMost: true }),
    ...(above.isLoadOpen && { isLoadOpen: true })
  };
}

/** Whether a number is swept, such as how often something is done. */
function isNumeric({ axes }: ISweepPlan): boolean {
  return axes.some(({ values }) => {
    const numbers = values.filter(({ value }) => typeof value === 'number');
    return new Set(numbers.map(({ value }) => value)).size > 1;
  });
}

interface IAbove extends Pick<IRunPlan, 'startMs' | 'warm' | 'isLoadOpen'> {
  readonly cells: number;
  /** Milliseconds that they take, with those that workers need to start. */
  readonly ms: number;
}

/** Those that are not current, with what they need in turn. */
async function countAbove(
  plan: ISweepPlan,
  run: IForetellOptions['run']
): Promise<IAbove> {
  const needs = staleNeeds(plan, run);
  if (needs.length === 0) {
    return { cells: 0, ms: 0, startMs: 0, warm: run.workers?.warm ?? 0 };
  }
  const planned = await run.plan({ kind: 'to-here', cells: needs });
  const ran = [...planned.cells.values()].filter(({ action }) => action !== 'keep');
  return { ...planned, cells: ran.length, ms: planned.expectedMs };
}

/** By the number of a call, for how many points the cache has it; null without an answer. */
async function countCached(
  { plan, signal }: IForetellOptions,
  kernel: ISweepKernel
): Promise<readonly number[] | null> {
  const counts = plan.calls.map(() => 0);
  const points = sweepPoints(plan).map(values => ({ values, here: 0, isSlow: false }));
  try {
    await kernel.begin();
    for (let at = 0; at < points.length && !signal.aborted; at += AT_ONCE) {
      for (const answer of await kernel.advance(points.slice(at, at + AT_ONCE))) {
        const reached = answer.kind === 'done' ? counts.length : answer.at;
        counts.forEach((_, call) => {
          counts[call] = (counts[call] ?? 0) + (call < reached ? 1 : 0);
        });
      }
    }
    return counts;
  } catch {
    // No kernel that knows sweeps: then only running tells, and says why.
    return null;
  } finally {
    await kernel.end();
  }
}

interface ITime extends Pick<IAbove, 'ms' | 'startMs'> {
  readonly isMost: boolean;
}

/**
 * How long the calls take in started workers, or in the kernel where there are none, and
 * how much longer since workers have to start.
 */
function expected(
  { plan, run }: IForetellOptions,
  points: number,
  cached: readonly number[] | null,
  started: number
): ITime | null {
  const times: number[] = [];
  // Workers of skills that are not Python have nothing to start.
  let isPython = false;
  let isMost = false;
  for (const [at, { cell, skill }] of plan.calls.entries()) {
    const left = points - (cached?.[at] ?? 0);
    const state: ICellState | undefined = run.states.get(cell.id);
    const ms = state?.expectedMs ?? state?.mostMs;
    if (left > 0 && ms === undefined) {
      return null;
    }
    isPython ||= left > 0 && isPythonSkill(skill.type);
    isMost ||= left > 0 && state?.expectedMs === undefined;
    times.push(...Array.from({ length: left }, () => ms ?? 0));
  }
  const { workers } = run;
  if (!workers) {
    return { ms: sum(times), startMs: 0, isMost };
  }
  const { most } = workers;
  const warm = isPython ? started : most;
  const isOpen = workers.startMs === undefined && warm < Math.min(most, times.length);
  const told = withStart(times, { most, warm, startMs: workers.startMs ?? 0 });
  return { ...told, ...(isOpen && { startMs: null }), isMost };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
