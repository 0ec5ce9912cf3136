/** Statistics of a few values of which some may lie far from the others. */
import { quantile, type IWeighted } from './quantile';

/** From so many runs on, those far from the others are left out of the centre. */
const RUNS_TO_JUDGE_BY = 10;
/** How far: in standard deviations of a normal distribution with the same spread. */
const FAR = 3;
/** The median absolute deviation of a normal distribution, in standard deviations. */
const DEVIATION = 0.6745;

/**
 * The median; with enough runs that of those near it. Outliers seldom lie evenly on both
 * sides, and each one beyond pulls the plain median along by half a run.
 */
export function robustCentre(values: readonly IWeighted[]): number {
  let kept = values;
  for (;;) {
    const centre = quantile(kept, 0.5);
    const limit = (FAR / DEVIATION) * (robustSpread(kept) / 2);
    const near = kept.filter(({ value }) => Math.abs(value - centre) <= limit);
    if (
      values.length < RUNS_TO_JUDGE_BY ||
      limit === 0 ||
      near.length === kept.length
    ) {
      return centre;
    }
    kept = near;
  }
}

/**
 * The distance between the quartiles of a normal distribution with the same median
 * absolute deviation: unlike the quartiles' own, half of the values may be outliers.
 */
export function robustSpread(values: readonly IWeighted[]): number {
  const centre = quantile(values, 0.5);
  const deviations = values.map(({ value, weight }) => ({
    value: Math.abs(value - centre),
    weight
  }));
  return 2 * quantile(deviations, 0.5);
}

/** True when the middle four fifths of the values lie two decades or more apart. */
export function spansDecades(values: readonly IWeighted[]): boolean {
  return (
    values.every(({ value }) => value > 0) &&
    quantile(values, 0.9) >= 100 * quantile(values, 0.1)
  );
}

/** How many values are in each of ten equal bins from the smallest to the largest. */
export function histogram(values: readonly number[]): readonly number[] {
  const low = Math.min(...values);
  const width = Math.max(...values) - low;
  const bins = Array<number>(10).fill(0);
  for (const value of values) {
    const bin = width > 0 ? Math.min(9, Math.floor((10 * (value - low)) / width)) : 0;
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}
