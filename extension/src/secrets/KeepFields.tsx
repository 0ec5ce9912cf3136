import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { MIN_PASSPHRASE } from './seal';

/** Where a person wants a secret to be: without a passphrase, in this tab only. */
export interface IKeepChoice {
  readonly passphrase?: string;
}

interface IKeepFieldsProps {
  /** Called with `null` while the passphrase is too short or not repeated. */
  readonly change: (choice: IKeepChoice | null) => void;
  readonly trans: TranslationBundle;
}

/** Asks whether a secret ends with this tab, or is kept under a passphrase. */
export function KeepFields({ change, trans }: IKeepFieldsProps): React.JSX.Element {
  const [isKept, setKept] = React.useState(false);
  const [phrases, setPhrases] = React.useState({ first: '', second: '' });
  const problem = isKept ? phraseProblem(phrases, trans) : null;
  React.useEffect(() => {
    const kept = problem === null ? { passphrase: phrases.first } : null;
    change(isKept ? kept : {});
  }, [isKept, problem, phrases.first]);
  const options = [
    [false, trans.__('This tab only: closing or reloading it forgets')],
    [true, trans.__('Kept in this browser, encrypted under a passphrase')]
  ] as const;
  return (
    <fieldset className="llmos-KeepFields">
      <legend>{trans.__('Where it is kept')}</legend>
      {options.map(([value, label]) => (
        <label key={String(value)}>
          <input
            type="radio"
            name="keep"
            checked={isKept === value}
            onChange={() => setKept(value)}
          />
          <span>{label}</span>
        </label>
      ))}
      {isKept && <Phrases {...{ phrases, setPhrases, problem, trans }} />}
    </fieldset>
  );
}

interface IPhrases {
  readonly first: string;
  readonly second: string;
}

function Phrases(props: {
  readonly phrases: IPhrases;
  readonly setPhrases: (phrases: IPhrases) => void;
  readonly problem: string | null;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { phrases, setPhrases, problem, trans } = props;
  const fields = [
    ['first', trans.__('Passphrase')],
    ['second', trans.__('Once more')]
  ] as const;
  return (
    <>
      {fields.map(([field, label]) => (
        <label key={field} className="llmos-KeepFields-phrase">
          <span>{label}</span>
          <input
            type="password"
            className="jp-mod-styled"
            name={`passphrase-${field}`}
            autoComplete="new-password"
            value={phrases[field]}
            onChange={event => setPhrases({ ...phrases, [field]: event.target.value })}
          />
        </label>
      ))}
      <small role="status">
        {problem ?? trans.__('Nobody can recover it. Forgotten means entering anew.')}
      </small>
    </>
  );
}

function phraseProblem(
  { first, second }: IPhrases,
  trans: TranslationBundle
): string | null {
  if (first.length < MIN_PASSPHRASE) {
    return trans.__('At least %1 characters; a few words are good.', MIN_PASSPHRASE);
  }
  return first === second ? null : trans.__('The two differ.');
}
