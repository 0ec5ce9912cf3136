/** A value and how much it counts. */
export interface IWeighted {
  readonly value: number;
  /** Above 0; 1 for a run of today. */
  readonly weight: number;
}

/**
 * Weighted quantiles by linear interpolation; with equal weights they are those of
 * Hyndman and Fan's definition 7, as in R and numpy ("Sample Quantiles in Statistical
 * Packages", 1996).
 *
 * @param share from 0 (minimum) to 1 (maximum)
 * @throws RangeError when there is no value
 * @example quantile([{ value: 1, weight: 1 }, { value: 3, weight: 1 }], 0.5) // 2
 */
export function quantile(values: readonly IWeighted[], share: number): number {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const last = sorted[sorted.length - 1];
  if (last === undefined) {
    throw new RangeError('No values to take a quantile of.');
  }
  // Where each value stands between 0 and 1, half of its own weight on either side.
  let sum = 0;
  const places = sorted.map(({ weight }, index) => {
    sum += index === 0 ? 0 : ((sorted[index - 1]?.weight ?? 0) + weight) / 2;
    return sum;
  });
  const target = share * sum;
  const above = places.findIndex(place => place >= target);
  const upper = sorted[above] ?? last;
  const lower = sorted[above - 1] ?? upper;
  const width = (places[above] ?? 0) - (places[above - 1] ?? 0);
  const part = width > 0 ? (target - (places[above - 1] ?? 0)) / width : 1;
  return lower.value + (upper.value - lower.value) * part;
}
