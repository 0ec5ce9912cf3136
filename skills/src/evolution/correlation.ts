/** Inputs that people change together: one default alone may then mislead. */
import type { IObservation } from './parameters';

/** Another input whose values rise or fall with those of this one. */
export interface ICorrelation {
  /** `node.input` of the other. */
  readonly with: string;
  /** Spearman's rank correlation, from -1 to 1. */
  readonly rho: number;
  /** Successful runs that set both. */
  readonly n: number;
}

/** Runs below which any two inputs look correlated. */
const FEWEST = 5;
/** Weaker ones are of no use to whoever sets a value. */
const LEAST = 0.8;

/**
 * The pairs among inputs that were numbers, by name. Noted are those whose ranks agree in
 * more than two standard errors, so that few runs must agree wholly.
 *
 * @param runs by `node.input`, the observation of each run; undefined where it was not set
 */
export function findCorrelations(
  runs: ReadonlyMap<string, readonly (IObservation | undefined)[]>
): ReadonlyMap<string, readonly ICorrelation[]> {
  const numbers = [...runs].filter(([, list]) =>
    list.some(item => typeof item?.value === 'number')
  );
  const values = numbers.map(([, list]) => list.map(numberOf));
  // Most inputs are set in all runs: their ranks are the same beside each other one.
  const ranked = values.map(list => (isComplete(list) ? ranks(list) : null));
  const found = new Map<string, ICorrelation[]>();
  numbers.forEach(([a], at) => {
    for (let other = at + 1; other < numbers.length; other += 1) {
      const [b = ''] = numbers[other] ?? [];
      const [x, y] = [ranked[at], ranked[other]];
      const [first, second] = x && y ? [x, y] : bothSet(values[at], values[other]);
      const n = first.length;
      const rho = n < FEWEST ? 0 : rankCorrelation(first, second);
      if (Math.abs(rho) >= Math.max(LEAST, Math.min(1, 2 / Math.sqrt(n - 1)))) {
        const rounded = Number(rho.toFixed(3));
        found.set(a, [...(found.get(a) ?? []), { with: b, rho: rounded, n }]);
        found.set(b, [...(found.get(b) ?? []), { with: a, rho: rounded, n }]);
      }
    }
  });
  return found;
}

function numberOf(item: IObservation | undefined): number | undefined {
  return typeof item?.value === 'number' ? item.value : undefined;
}

function isComplete(list: readonly (number | undefined)[]): list is readonly number[] {
  return !list.includes(undefined);
}

/** Ranks of two inputs among the runs that set both. */
function bothSet(
  first: readonly (number | undefined)[] = [],
  second: readonly (number | undefined)[] = []
): readonly [readonly number[], readonly number[]] {
  const left: number[] = [];
  const right: number[] = [];
  first.forEach((x, run) => {
    const y = second[run];
    if (x !== undefined && y !== undefined) {
      left.push(x);
      right.push(y);
    }
  });
  return [ranks(left), ranks(right)];
}

/** Spearman's: Pearson's of the ranks; 0 where one side never varies. */
function rankCorrelation(x: readonly number[], y: readonly number[]): number {
  const middle = (x.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((rank, at) => {
    const [dx, dy] = [rank - middle, (y[at] ?? 0) - middle];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  // Rounding may carry a perfect agreement a trifle beyond 1.
  return xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : 0;
}

/** Places in sorted order from 0; equal values share the mean of theirs. */
function ranks(values: readonly number[]): readonly number[] {
  const places = new Map<number, { sum: number; count: number }>();
  [...values]
    .sort((a, b) => a - b)
    .forEach((value, place) => {
      const { sum, count } = places.get(value) ?? { sum: 0, count: 0 };
      places.set(value, { sum: sum + place, count: count + 1 });
    });
  return values.map(value => {
    const { sum, count } = places.get(value) ?? { sum: 0, count: 1 };
    return sum / count;
  });
}
