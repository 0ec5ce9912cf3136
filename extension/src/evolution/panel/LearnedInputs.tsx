import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICandidateFile, ILearnedValue, JsonValue } from '@llmos-lab/skills';
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
                  <span>
                    {learnedText(
                      value,
                      skill.inputs.find(p => p.name === value.input),
                      trans
                    )}
                  </span>{' '}
                  <Histogram value={value} trans={trans} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Together values={asked} trans={trans} />
      {fixed.length > 0 && <Fixed values={fixed} trans={trans} />}
    </>
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
  port: { readonly default?: JsonValue } | undefined,
  trans: TranslationBundle
): string {
  const usual = port?.default;
  if (kind !== 'learned') {
    return usual === undefined
      ? trans.__('to be given')
      : trans.__('%1, as the skill has it', short(usual));
  }
  return low === null || high === null
    ? trans.__('%1 (n = %2)', short(usual ?? null), n)
    : trans.__(
        '%1 (%2 to %3, n = %4)',
        short(usual ?? null),
        short(low),
        short(high),
        n
      );
}

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
