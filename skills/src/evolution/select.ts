/** Which of the grown patterns to report: those that nothing else explains. */
import { bar, keeps } from './chance';
import type { IGrownPattern } from './pattern';

/** When a pattern says more than the larger or likelier ones around it. */
export interface ISelectOptions {
  /** A pattern is explained by a larger one that keeps this share of its runs. */
  readonly keptShare: number;
  /** Least lift over chance. */
  readonly minLift: number;
  /** How many ways to grow were looked at in all. */
  readonly tests: number;
  /** How many pairs of an output and an input are connected at all. */
  readonly ports: number;
  /** Runs of the pattern with nothing else connected to it. */
  readonly alone: (pattern: IGrownPattern) => number;
}

/**
 * Patterns worth reporting of those that are accepted for their runs, success and the like,
 * the one that shortens the history most first.
 */
export type Select = (
  accepts: (pattern: IGrownPattern) => boolean
) => readonly IGrownPattern[];

/** Compares patterns once, for any number of selections. */
export function createSelect(
  grown: readonly IGrownPattern[],
  options: ISelectOptions
): Select {
  const least = (pattern: IGrownPattern): number =>
    bar(options.tests, 6) + ringBar(pattern, options.ports);
  const { explained, explaining } = compareSizes(grown, options);
  const isOwn = (pattern: IGrownPattern): boolean =>
    options.alone(pattern) >= options.keptShare * pattern.support.length;
  const telling = grown.filter(
    pattern =>
      pattern.lift >= options.minLift &&
      (explaining.has(pattern.code) || pattern.surprise >= least(pattern))
  );
  return accepts => {
    const candidates = telling
      .filter(
        pattern => accepts(pattern) && (!explained.has(pattern.code) || isOwn(pattern))
      )
      .sort((a, b) => gain(b) - gain(a) || (a.code < b.code ? -1 : 1));
    const kept: IGrownPattern[] = [];
    for (const pattern of candidates) {
      if (!kept.some(other => isDamagedCopy(pattern, other))) {
        kept.push(pattern);
      }
    }
    return kept;
  };
}

/**
 * A connection beyond those that hold the pattern together could have been between any of
 * its nodes, by any ports: as many more chances to look surprising.
 */
function ringBar({ labels, edges }: IGrownPattern, ports: number): number {
  const rings = edges.length - (labels.length - 1);
  return 2 * rings * Math.log(Math.max(1, labels.length * ports));
}

/** Bits saved when each occurrence is written as one node, less those of the definition. */
export function gain(pattern: IGrownPattern): number {
  const size = pattern.labels.length + pattern.edges.length;
  return (pattern.support.length - 1) * (size - 1);
}

/**
 * Patterns that larger ones explain, step by step: one with one node more keeps a good
 * share of their runs, or several of them together keep most.
 */
function compareSizes(
  grown: readonly IGrownPattern[],
  { keptShare, minLift }: ISelectOptions
): {
  readonly explained: ReadonlySet<string>;
  readonly explaining: ReadonlySet<string>;
} {
  const larger = new Map<string, IGrownPattern[]>();
  for (const pattern of grown) {
    if (pattern.lift >= minLift) {
      for (const part of pattern.parts) {
        const list = larger.get(part);
        if (list) {
          list.push(pattern);
        } else {
          larger.set(part, [pattern]);
        }
      }
    }
  }
  const explained = new Set<string>();
  const explaining = new Set<string>();
  for (const { code, support } of grown) {
    const wholes = larger.get(code) ?? [];
    const keeping = wholes.filter(whole =>
      keeps(whole.support.length, support.length, keptShare)
    );
    keeping.forEach(whole => explaining.add(whole.code));
    if (keeping.length > 0 || isMostly(support.length, wholes)) {
      explained.add(code);
    }
  }
  return { explained, explaining };
}

/** Whether half of so many runs are runs of some of these patterns. */
function isMostly(runs: number, patterns: readonly IGrownPattern[]): boolean {
  const most = patterns.reduce((sum, { support }) => sum + support.length, 0);
  return (
    2 * most >= runs &&
    2 * new Set(patterns.flatMap(({ support }) => support)).size >= runs
  );
}

/**
 * A rarer pattern with the same skills but for at most one, and no connection of its own:
 * what is left of `whole` where an edge or a node was lost or replaced.
 */
function isDamagedCopy(pattern: IGrownPattern, whole: IGrownPattern): boolean {
  const shared = commonCount(pattern.labels, whole.labels);
  const foreign = pattern.labels.length - shared;
  const smallest = foreign === 0 ? 2 : 4;
  if (pattern.labels.length < smallest || foreign > 1) {
    return false;
  }
  const own = commonCount(edgeKeys(pattern), edgeKeys(whole));
  return pattern.edges.length - own <= (foreign === 0 ? 0 : 1);
}

function edgeKeys({ labels, edges }: IGrownPattern): readonly string[] {
  return edges.map(([from, port, to]) => `${labels[from]}.${port}.${labels[to]}`);
}

/** Size of the intersection of two multisets. */
function commonCount<T>(a: readonly T[], b: readonly T[]): number {
  const left = [...b];
  return a.filter(item => {
    const at = left.indexOf(item);
    if (at >= 0) {
      left.splice(at, 1);
    }
    return at >= 0;
  }).length;
}
