import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  ICandidateFile,
  ILearnedValue,
  IPort,
  JsonValue
} from '@llmos-lab/skills';
import * as React from 'react';

/** The inputs of a learned skill: default, spread and how often each value came. */
export function LearnedInputs({
  candidate: { provenance, skill },
  trans
}: {
  readonly candidate: Pick<ICandidateFile, 'provenance' | 'skill'>;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const asked = provenance.values.filter(({ input }) => input !== null);
  const fixed = provenance.values.filter(({ kind }) => kind === 'constant');
  if (asked.length + fixed.length === 0) {
    return null;
  }
  return (
    <>
      {asked.length > 0 && (
        <table className="llmos-Learned">
          <caption>{trans.__('Inputs')}</caption>
          <tbody>
            {asked.map(value => (
              <tr key={value.of}>
                <th scope="row" title={value.of}>
                  {value.input}
                </th>
                <td>
                  <span title={learnedTitle(value, trans)}>
                    {learnedText(
                      value,
                      skill.inputs.find(p => p.name === value.input),
                      trans
                    )}
                  </span>{' '}
                  <span title={barsTitle(value, trans)}>
                    <Histogram value={value} trans={trans} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asked.some(({ kind }) => kind === 'learned') && (
        <LearnedFrom objective={skill.objective} trans={trans} />
      )}
      <Together values={asked} trans={trans} />
      {fixed.length > 0 && <Fixed values={fixed} trans={trans} />}
    </>
  );
}

/** What the numbers of the table count. */
function LearnedFrom({
  objective,
  trans
}: {
  readonly objective: string | undefined;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  return (
    <p className="llmos-Candidate-facts">
      {objective === undefined
        ? trans.__(
            'Learned from n successful runs: of eight or more, without those kept to verify it.'
          )
        : trans.__(
            'Learned from the n best runs (%1): of eight or more, without those kept to verify it.',
            objective
          )}
    </p>
  );
}

/** Inputs that people changed together: one default alone may mislead. */
function Together({
  values,
  trans
}: {
  readonly values: readonly ILearnedValue[];
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const nameOf = (of: string): string =>
    values.find(value => value.of === of)?.input ?? of;
  const notes = values.flatMap(({ of, correlated = [] }) =>
    correlated
      .filter(other => of < other.with)
      .map(({ with: other, rho }) =>
        rho > 0
          ? trans.__('%1 rises with %2', nameOf(of), nameOf(other))
          : trans.__('%1 falls as %2 rises', nameOf(of), nameOf(other))
      )
  );
  return notes.length === 0 ? null : (
    <p className="llmos-Candidate-note">
      {trans.__('Changed together: %1.', notes.join(', '))}
    </p>
  );
}

/** What never varied and is written into the code. */
function Fixed({
  values,
  trans
}: {
  readonly values: readonly ILearnedValue[];
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  return (
    <details>
      <summary>
        {trans._n('%1 input is fixed', '%1 inputs are fixed', values.length)}
      </summary>
      <ul className="llmos-Learned-fixed">
        {values.map(({ of, default: value }) => (
          <li key={of}>
            {of} = {short(value)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function learnedText(
  { kind, low, high, n }: ILearnedValue,
  port: Pick<IPort, 'default' | 'unit' | 'required'> | undefined,
  trans: TranslationBundle
): string {
  const usual = port?.default;
  const value = withUnit(short(usual ?? null), port?.unit);
  if (kind !== 'learned') {
    return usual !== undefined
      ? trans.__('%1, as the skill has it', value)
      : port?.required
        ? trans.__('to be given')
        : trans.__('may be left out');
  }
  return low === null || high === null
    ? trans.__('%1 (n = %2)', value, n)
    : trans.__('%1 (middle half %2 to %3, n = %4)', value, short(low), short(high), n);
}

function withUnit(value: string, unit: string | undefined): string {
  return unit === undefined ? value : `${value} ${unit}`;
}

/** How the default came about, or why none was learned. */
function learnedTitle(
  { kind, low, high, n, reason = '' }: ILearnedValue,
  trans: TranslationBundle
): string | undefined {
  if (kind !== 'learned') {
    return WHY_FREE(trans)[reason];
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

/** By the reason in the provenance. */
const WHY_FREE = (trans: TranslationBundle): Readonly<Record<string, string>> => ({
  'wide-spread': trans.__('Its values lie too far apart for a learned default'),
  secret: trans.__('Its values look like secrets: none is learned'),
  path: trans.__('Its values are paths: none is learned'),
  'not-kept': trans.__('Its values were too large to be kept'),
  'no-run': trans.__('No run tells a value'),
  mixed: trans.__('Runs gave values of several kinds'),
  optional: trans.__('Some runs gave it, others did not')
});

/** Numbers in few digits, texts in quotes. */
function short(value: JsonValue): string {
  const text =
    typeof value === 'number'
      ? String(Number(value.toPrecision(5)))
      : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

const HEIGHT = 18;
const BAR = 5;

/** Runs by value: bins of numbers from the smallest to the largest, or choices. */
function Histogram({
  value: { histogram, counts },
  trans
}: {
  readonly value: ILearnedValue;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const bars = histogram ?? counts?.map(([, runs]) => runs);
  if (!bars) {
    return null;
  }
  const most = Math.max(1, ...bars);
  return (
    <svg
      className="llmos-Learned-histogram"
      width={bars.length * (BAR + 1)}
      height={HEIGHT}
      role="img"
      aria-label={trans.__('Runs by value: %1', bars.join(', '))}
    >
      {bars.map((runs, at) => {
        const height = runs === 0 ? 1 : Math.max(2, (HEIGHT * runs) / most);
        return (
          <rect
            key={at}
            x={at * (BAR + 1)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
          />
        );
      })}
    </svg>
  );
}

/** What the bars stand for. */
function barsTitle(
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
