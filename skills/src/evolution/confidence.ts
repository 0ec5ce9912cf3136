/** How sure one may be after some successes. */

/** Of the normal distribution, for 95 % between two bounds. */
const Z = 1.959963984540054;

/**
 * Lower bound of the 95 % interval of a share of which `successes` of `runs` were seen
 * (Wilson, "Probable inference, the law of succession, and statistical inference", 1927).
 * Unlike the share itself it stays modest where little was seen.
 *
 * @example lowerBound(5, 5) // 0.566
 */
export function lowerBound(successes: number, runs: number): number {
  if (runs <= 0) {
    return 0;
  }
  const share = successes / runs;
  const centre = share + Z ** 2 / (2 * runs);
  const spread = Z * Math.sqrt((share * (1 - share)) / runs + Z ** 2 / (4 * runs ** 2));
  // Rounding may put the bound of a share of nothing a trifle above it.
  return Math.min(share, Math.max(0, (centre - spread) / (1 + Z ** 2 / runs)));
}

/**
 * Confidence in a workflow that succeeded in a share of its runs: the lower bound of that
 * share, whose remaining doubt is divided among the people who work so. A heuristic for
 * ranking: habits of one person say less about a team than the same runs of several.
 *
 * @param success share from 0 to 1
 */
export function confidence(success: number, runs: number, people: number): number {
  const sure = lowerBound(Math.round(success * runs), runs);
  return 1 - (1 - sure) / Math.max(1, people);
}
