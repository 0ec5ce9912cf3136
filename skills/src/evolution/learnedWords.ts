/** What the card of a learned skill and the command line say of its inputs: the same words. */
import type { IPort, JsonValue } from '../skill/skill';
import type { IWording } from '../wording';
import type { ILearnedFrom, ILearnedValue, IProvenance } from './provenance';

/** What an input of the learned skill asks for. */
export type LearnedPort = Pick<IPort, 'default' | 'unit' | 'required'>;

/**
 * The default with its spread, or why there is none.
 *
 * @param port undefined where no skill has that input
 */
export function learnedText(
  { kind, low, high, n, reason = '' }: Omit<ILearnedValue, 'input' | 'of'>,
  port: LearnedPort | undefined,
  trans: IWording
): string {
  const usual = port?.default;
  const value = withUnit(shortValue(usual ?? null), port?.unit);
  if (kind !== 'learned') {
    const told =
      usual !== undefined
        ? trans.__("%1, its step's own default", value)
        : withoutDefault(port, trans);
    const why = whyFree(trans)[reason];
    return why === undefined ? told : `${told} (${why})`;
  }
  return low === null || high === null
    ? trans.__('%1 (n = %2)', value, n)
    : trans.__(
        '%1 (middle half %2 to %3, n = %4)',
        value,
        shortValue(low),
        shortValue(high),
        n
      );
}

function withoutDefault(port: LearnedPort | undefined, trans: IWording): string {
  if (!port) {
    return trans.__('no default');
  }
  return port.required ? trans.__('must be given') : trans.__('optional');
}

function withUnit(value: string, unit: string | undefined): string {
  return unit === undefined ? value : `${value} ${unit}`;
}

/** Why no default was learned, by the reason in the provenance. */
const whyFree = (trans: IWording): Readonly<Record<string, string>> => ({
  'wide-spread': trans.__('the values of runs lie too far apart'),
  secret: trans.__('its values look like secrets'),
  path: trans.__('its values are paths'),
  'not-kept': trans.__('it came from another step, or was too large to be kept'),
  'no-run': trans.__('no run tells a value'),
  mixed: trans.__('no value fits most runs'),
  optional: trans.__('some runs gave it, others did not')
});

/** Where the defaults come from: of how many of the runs, and why not of the others. */
export function learnedFromText(
  { runs, from }: Pick<IProvenance, 'runs' | 'from'>,
  objective: string | undefined,
  trans: IWording
): string {
  const told =
    objective === undefined
      ? trans.__('Defaults are what successful runs used; n says how many did.')
      : trans.__(
          'Defaults are what the runs with the best results used (%1); n says how many did.',
          objective
        );
  const others = from ? othersText(runs, from, trans) : [];
  return from && others.length > 0
    ? `${told} ${trans.__('Of %1 runs %2 count: %3.', runs, from.used, others.join(', '))}`
    : told;
}

/** The runs that do not count, by why. */
function othersText(
  runs: number,
  { unsuccessful, found, kept, used }: ILearnedFrom,
  trans: IWording
): readonly string[] {
  const partly = runs - unsuccessful - found;
  const poorer = found - kept - used;
  return [
    ...(unsuccessful > 0
      ? [trans._n('%1 did not succeed', '%1 did not succeed', unsuccessful)]
      : []),
    ...(partly > 0 ? [trans._n('%1 lacks a step', '%1 lack a step', partly)] : []),
    ...(kept > 0
      ? [
          trans._n(
            'the newest %1 is kept to verify with',
            'the newest %1 are kept to verify with',
            kept
          )
        ]
      : []),
    ...(poorer > 0
      ? [trans._n('%1 is not among the best', '%1 are not among the best', poorer)]
      : [])
  ];
}

/** Numbers in few digits, texts in quotes. */
export function shortValue(value: JsonValue): string {
  const text =
    typeof value === 'number'
      ? String(Number(value.toPrecision(5)))
      : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
