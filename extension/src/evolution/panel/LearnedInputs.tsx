import type { TranslationBundle } from '@jupyterlab/translation';
import {
  learnedFromText,
  learnedText,
  shortValue,
  type ICandidateFile,
  type ILearnedValue,
  type LearnedPort
} from '@llmos-lab/skills';
import * as React from 'react';

import { barsTitle, learnedTitle } from './learnedWords';

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
              <Asked
                key={value.of}
                value={value}
                port={skill.inputs.find(({ name }) => name === value.input)}
                trans={trans}
              />
            ))}
          </tbody>
        </table>
      )}
      {asked.some(({ kind }) => kind === 'learned') && (
        <p className="llmos-Candidate-facts" title={whichRuns(skill, trans)}>
          {learnedFromText(provenance, skill.objective, trans)}
        </p>
      )}
      <Together values={asked} trans={trans} />
      {fixed.length > 0 && <Fixed values={fixed} trans={trans} />}
    </>
  );
}

/** An input with its default, or why a call gives a value. */
function Asked({
  value,
  port,
  trans
}: {
  readonly value: ILearnedValue;
  readonly port: LearnedPort | undefined;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  return (
    <tr>
      <th scope="row" title={value.of}>
        {value.input}
      </th>
      <td>
        <span title={learnedTitle(value, port, trans)}>
          {learnedText(value, port, trans)}
        </span>{' '}
        <span title={barsTitle(value, trans)}>
          <Histogram value={value} trans={trans} />
        </span>
      </td>
    </tr>
  );
}

/** Which runs count, whatever their numbers are here. */
function whichRuns(
  { objective }: Pick<ICandidateFile['skill'], 'objective'>,
  trans: TranslationBundle
): string {
  const kept = trans.__(
    'Where there are eight runs or more, the newest are not counted here: the skill is verified with them.'
  );
  return objective === undefined
    ? kept
    : `${trans.__('The best of each problem, and those that came close to it.')} ${kept}`;
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
            {of} = {shortValue(value)}
          </li>
        ))}
      </ul>
    </details>
  );
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
