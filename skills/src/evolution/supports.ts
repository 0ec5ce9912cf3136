/** How often patterns occur, in one search, and what that says of larger ones. */
import { keeps, surprise, type IChance } from './chance';
import type { IPart } from './patternForm';

/** Runs of the patterns that one search has counted, by the numbers of their codes. */
export interface ISupports {
  clear(): void;
  set(id: number, runs: number): void;
  /** -1 for one that was not counted. */
  of(id: number): number;
}

/** Numbers of codes are dense, so that a list serves many searches. */
export function createSupports(): ISupports {
  const counts: number[] = [];
  return {
    clear: () => counts.fill(-1),
    set(id, runs) {
      while (counts.length <= id) {
        counts.push(-1);
      }
      counts[id] = runs;
    },
    of: id => counts[id] ?? -1
  };
}

/** A pattern beside its parts. */
export interface IJudgement {
  readonly surprise: number;
  readonly lift: number;
  readonly parts: readonly string[];
  /** Where it is backed by its parts: it keeps their runs, and is no chance of any. */
  readonly sure: boolean;
}

/** Compares a pattern with each part that has one node less. */
export function comparedWithParts(
  count: number,
  all: readonly IPart[],
  chance: IChance,
  supports: ISupports
): IJudgement {
  const parts: string[] = [];
  let [least, lift, fewest] = [Infinity, Infinity, Infinity];
  for (const { code, id, attached } of all) {
    const support = supports.of(id);
    if (support >= 0) {
      const expected = chance.expected(support, attached);
      parts.push(code);
      fewest = Math.min(fewest, support);
      least = Math.min(least, surprise(count, expected));
      lift = Math.min(lift, count / expected);
    }
  }
  const sure = keeps(count, fewest, 0.3) && least >= 6;
  return { surprise: least, lift, parts, sure };
}
