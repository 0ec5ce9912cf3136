/** From traces to patterns: the workflows that recur, with what their inputs were. */
import type { ITrace } from '../session/trace';
import { createAlone } from './alone';
import { createChance } from './chance';
import {
  createDescriber,
  describeFailing,
  type IFailingPattern,
  type IPattern
} from './describePattern';
import { createGrower } from './grow';
import type { ILearnOptions } from './learnInputs';
import type { IGrownPattern } from './pattern';
import { createSelect } from './select';
import { countPeople } from './traceFile';
import { compareTime, createHistory, inTime, type ITraceGraph } from './traceGraph';

/**
 * What counts as a pattern (R7.1); settings of the person, so every one has a default.
 */
export interface IMineOptions extends ILearnOptions {
  /** Least number of runs, retries and copies counted once; by default 3. */
  readonly minCount?: number;
  /** Least share of successful runs, by default 0.7. */
  readonly minSuccess?: number;
  /** Least number of people who work so, by default 1. */
  readonly minUsers?: number;
  /** Skills in a pattern at most, by default 8. */
  readonly maxSize?: number;
  /** Only runs from this time on (ISO 8601), by default all. */
  readonly since?: string;
}

/** Patterns keep this share of their parts' runs, or the parts are reported instead. */
const KEPT_SHARE = 0.3;
/** A pattern occurs at least this many times more often than chance would have it. */
const LEAST_LIFT = 3;
/** Occurrences of one pattern in one run that are followed. */
const MAX_EMBEDDINGS = 16;

/** What recurs in a history. */
export interface IRecurring {
  /** With success. */
  readonly patterns: readonly IPattern[];
  /** As often, but with too few successes to be a pattern. */
  readonly failing: readonly IFailingPattern[];
}

/** A history that is mined again and again while it grows. */
export interface IMiner {
  /**
   * Adds runs. Later ones than all that are there cost next to nothing; with an earlier
   * one all are read anew, since of copies of a run the earliest counts.
   */
  add(traces: readonly ITrace[]): void;
  /**
   * What recurs in all runs that were added; its patterns are what {@link mine} gives.
   *
   * @param learn how their inputs are learned, by default as the miner was told first
   */
  find(learn?: ILearnOptions): IRecurring;
}

/**
 * Finds the workflows that recur with success. The same runs in any order give the same
 * answer.
 */
export function mine(
  traces: readonly ITrace[],
  options: IMineOptions = {}
): readonly IPattern[] {
  const miner = createMiner(options);
  miner.add(traces);
  return miner.find().patterns;
}

/** As {@link mine}, for a history that grows. */
export function createMiner(options: IMineOptions = {}): IMiner {
  const { since } = options;
  let all: ITrace[] = [];
  let mining = begin(options);
  return {
    add(traces) {
      const more = inTime(
        since === undefined ? traces : traces.filter(({ started }) => started >= since)
      );
      const [last, first] = [all.at(-1), more[0]];
      const isOlder = last && first && compareTime(first, last) < 0;
      if (isOlder) {
        all = [...inTime([...all, ...more])];
        mining = begin(options);
        all.forEach(trace => mining.add(trace));
      } else {
        more.forEach(trace => {
          all.push(trace);
          mining.add(trace);
        });
      }
    },
    find: (learn = options) => mining.find(learn)
  };
}

interface IMining {
  /** A run that is later than all others. */
  add(trace: ITrace): void;
  find(learn: ILearnOptions): IRecurring;
}

function begin(options: IMineOptions): IMining {
  const { minCount = 3, minSuccess = 0.7, minUsers = 1, maxSize = 8 } = options;
  const history = createHistory();
  const chance = createChance(history);
  const grow = createGrower(history, chance, {
    minCount,
    maxSize: Math.min(8, maxSize),
    maxEmbeddings: MAX_EMBEDDINGS
  });
  const describe = createDescriber(history);
  const successes = createSuccesses(history.graphs);
  const alone = createAlone(history);
  const graphsOf = (runs: readonly number[]): readonly ITraceGraph[] =>
    runs.flatMap(index => history.graphs[index] ?? []);
  const peopleOf = (runs: readonly number[]): number =>
    countPeople(graphsOf(runs).map(({ trace }) => trace));
  return {
    add(trace) {
      const graph = history.add(trace);
      if (graph) {
        chance.add(graph);
      }
    },
    find(learn) {
      const { patterns, tests } = grow();
      const byCode = new Map(patterns.map(pattern => [pattern.code, pattern]));
      const runsOf = (pattern: IGrownPattern): readonly number[] =>
        supportOf(pattern, byCode);
      const select = createSelect(patterns, {
        keptShare: KEPT_SHARE,
        minLift: LEAST_LIFT,
        tests,
        ports: history.ports.names.length,
        alone
      });
      const recurring = (isSuccess: boolean): readonly IGrownPattern[] =>
        select(pattern => {
          const runs = runsOf(pattern);
          return (
            runs.length >= minCount &&
            successes(runs) / runs.length >= minSuccess === isSuccess &&
            (minUsers <= 1 || peopleOf(runs) >= minUsers)
          );
        });
      return {
        patterns: recurring(true).map(pattern =>
          describe(pattern, () => graphsOf(runsOf(pattern)), learn)
        ),
        failing: recurring(false).map(pattern => {
          const runs = runsOf(pattern);
          const unsuccessful = runs.length - successes(runs);
          return describeFailing(pattern, { runs: runs.length, unsuccessful }, history);
        })
      };
    }
  };
}

/** Graphs of the pattern, or of its parts where it is inferred from them. */
function supportOf(
  { inferred, support, parts }: IGrownPattern,
  byCode: ReadonlyMap<string, IGrownPattern>
): readonly number[] {
  if (!inferred) {
    return support;
  }
  const all = parts.flatMap(code => byCode.get(code)?.support ?? []);
  return [...new Set([...support, ...all])].sort((x, y) => x - y);
}

/** Counts the successful runs of lists that grow, and goes on where it ended. */
function createSuccesses(
  graphs: readonly ITraceGraph[]
): (runs: readonly number[]) => number {
  const known = new WeakMap<readonly number[], { read: number; count: number }>();
  return runs => {
    const counted = known.get(runs) ?? { read: 0, count: 0 };
    known.set(runs, counted);
    for (; counted.read < runs.length; counted.read += 1) {
      const run = graphs[runs[counted.read] as number];
      counted.count += run?.success === true ? 1 : 0;
    }
    return counted.count;
  };
}
