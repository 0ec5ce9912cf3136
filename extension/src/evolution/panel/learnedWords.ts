/** What the card of a learned skill says of an input where the pointer rests on it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import { shortValue, type ILearnedValue, type LearnedPort } from '@llmos-lab/skills';

/** How the default came about, or what follows where none was learned. */
export function learnedTitle(
  { kind, low, high, n }: ILearnedValue,
  port: LearnedPort | undefined,
  trans: TranslationBundle
): string {
  if (kind !== 'learned') {
    return port?.default !== undefined
      ? trans.__('No other default was learned; a call can give another value')
      : port?.required
        ? trans.__('No default was learned, so that each call gives a value')
        : trans.__('No default was learned; the step can do without a value');
  }
  return low === null || high === null
    ? trans.__('The commonest value of %1 runs', n)
    : trans.__(
        'The median of %1 runs; half of their values lie from %2 to %3',
        n,
        shortValue(low),
        shortValue(high)
      );
}

/** What the bars stand for. */
export function barsTitle(
  { counts, histogram }: ILearnedValue,
  trans: TranslationBundle
): string | undefined {
  return histogram
    ? trans.__(
        'Runs by value, from the smallest to the largest: %1',
        histogram.join(', ')
      )
    : counts?.map(([value, runs]) => `${shortValue(value)}: ${runs}`).join(', ');
}
