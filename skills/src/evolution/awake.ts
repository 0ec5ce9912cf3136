/** Which ways to grow are worth a look, search after search of a history that grows. */
import type { ICandidate, IOccurring } from './occurring';

/** How far chance may drift before what it explains is looked at again. */
const HORIZON = 0.05;

/**
 * Judges the frequent ways to grow, in their order. Those that chance explains by far are
 * left out until it has drifted, or more occurrences have come.
 *
 * @param judge sets `wakes`
 */
export function judgeFrequent(
  occurring: IOccurring,
  drift: number,
  judge: (candidate: ICandidate) => void
): void {
  const { awake, frequent, listed } = occurring;
  if (awake.listed === listed && drift <= awake.until) {
    awake.list.forEach(judge);
    return;
  }
  frequent.forEach(judge);
  const until = drift + HORIZON;
  const list = frequent.filter(({ wakes }) => wakes <= until);
  occurring.awake = { listed, until, list };
}
