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
  const found = new Map<string, ICorrelation[]>();
  numbers.forEach(([a, first], at) => {
    for (const [b, second] of numbers.slice(at + 1)) {
      const pairs = first.flatMap((item, run) => {
        const [x, y] = [item?.value, second[run]?.value];
        return typeof x === 'number' && typeof y === 'number' ? [[x, y] as const] : [];
      });
      const n = pairs.length;
      const rho = n < FEWEST ? 0 : rankCorrelation(pairs);
      if (Math.abs(rho) >= Math.max(LEAST, Math.min(1, 2 / Math.sqrt(n - 1)))) {
        const rounded = Number(rho.toFixed(3));
        found.set(a, [...(found.get(a) ?? []), { with: b, rho: rounded, n }]);
        found.set(b, [...(found.get(b) ?? []), { with: a, rho: rounded, n }]);
      }
    }
  });
  return found;
}

/** Spearman's: Pearson's of the ranks; 0 where one side never varies. */
function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
  const x = ranks(pairs.map(([value]) => value));
  const y = ranks(pairs.map(([, value]) => value));
  const middle = (pairs.length - 1) / 2;
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
