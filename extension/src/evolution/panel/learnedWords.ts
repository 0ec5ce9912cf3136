/** What the card of a learned skill says of its inputs. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ILearnedValue, IPort, JsonValue } from '@llmos-lab/skills';

/** What an input of the learned skill asks for. */
export type Port = Pick<IPort, 'default' | 'unit' | 'required'>;

/** The default with its spread, or why there is none. */
export function learnedText(
  { kind, low, high, n, reason = '' }: ILearnedValue,
  port: Port | undefined,
  trans: TranslationBundle
): string {
  const usual = port?.default;
  const value = withUnit(short(usual ?? null), port?.unit);
  if (kind !== 'learned') {
    const told =
      usual !== undefined
        ? trans.__("%1, its step's own default", value)
        : port?.required
          ? trans.__('must be given')
          : trans.__('optional');
    const why = WHY_FREE(trans)[reason];
    return why === undefined ? told : `${told} (${why})`;
  }
  return low === null || high === null
    ? trans.__('%1 (n = %2)', value, n)
    : trans.__('%1 (middle half %2 to %3, n = %4)', value, short(low), short(high), n);
}

function withUnit(value: string, unit: string | undefined): string {
  return unit === undefined ? value : `${value} ${unit}`;
}

/** How the default came about, or what follows where none was learned. */
export function learnedTitle(
  { kind, low, high, n }: ILearnedValue,
  port: Port | undefined,
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
        short(low),
        short(high)
      );
}

/** Why no default was learned, by the reason in the provenance. */
const WHY_FREE = (trans: TranslationBundle): Readonly<Record<string, string>> => ({
  'wide-spread': trans.__('the values of runs lie too far apart'),
  secret: trans.__('its values look like secrets'),
  path: trans.__('its values are paths'),
  'not-kept': trans.__('it came from another step, or was too large to be kept'),
  'no-run': trans.__('no run tells a value'),
  mixed: trans.__('no value fits most runs'),
  optional: trans.__('some runs gave it, others did not')
});

/** Numbers in few digits, texts in quotes. */
export function short(value: JsonValue): string {
  const text =
    typeof value === 'number'
      ? String(Number(value.toPrecision(5)))
      : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
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
    : counts?.map(([value, runs]) => `${short(value)}: ${runs}`).join(', ');
}
