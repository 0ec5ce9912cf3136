import { sweepPoints, type ISweepPlan } from '@llmos-lab/skills';

import type { ICellState, INotebookRun } from '../run/tokens';
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
}

/** Points of which it is asked whether the cache has them: a look must not take long. */
const MOST_ASKED = 256;

const AT_ONCE = 16;

interface IForetellOptions {
  readonly plan: ISweepPlan;
  readonly run: Pick<INotebookRun, 'plan' | 'states'>;
  /** Null while the kernel does something else: nobody wants to wait for a forecast. */
  readonly kernel: ISweepKernel | null;
  /** How many calls run at once. */
  readonly workers: number;
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
    kernel && above === 0 && points <= MOST_ASKED
      ? await countCached(options, kernel)
      : null;
  const expectedMs = expected(options, points, done);
  return { points, calls, above, cached: done && sum(done), expectedMs };
}

/** Those that are not current, with what they need in turn. */
async function countAbove(
  plan: ISweepPlan,
  run: Pick<INotebookRun, 'plan' | 'states'>
): Promise<number> {
  const needs = staleNeeds(plan, run);
  if (needs.length === 0) {
    return 0;
  }
  const { cells } = await run.plan({ kind: 'to-here', cells: needs });
  return [...cells.values()].filter(({ action }) => action !== 'keep').length;
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

function expected(
  { plan, run, workers }: IForetellOptions,
  points: number,
  cached: readonly number[] | null
): number | null {
  let total = 0;
  for (const [at, { cell }] of plan.calls.entries()) {
    const left = points - (cached?.[at] ?? 0);
    const ms: ICellState['expectedMs'] = run.states.get(cell.id)?.expectedMs;
    if (left > 0 && ms === undefined) {
      return null;
    }
    total += left * (ms ?? 0);
  }
  return total / Math.max(1, Math.min(workers, points));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
