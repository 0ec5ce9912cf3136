import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { MIN_PASSPHRASE } from './seal';

/** Until the tab ends, in this browser under a passphrase, or nowhere: typed each time. */
export type KeepPlace = 'tab' | 'kept' | 'typed';

/** Where a person wants a secret to be: without a passphrase, in this tab only. */
export interface IKeepChoice {
  readonly passphrase?: string;
  /** What was chosen, where more than a passphrase tells it. */
  readonly place?: KeepPlace;
}

interface IKeepFieldsProps {
  /** Chosen at first; this tab where nothing is said. */
  readonly first?: KeepPlace;
  /** Offers the third choice, for what can be typed each time that it is needed. */
  readonly offersTyped?: boolean;
  /** It is kept under a passphrase already, and stays so: none is asked for. */
  readonly isSealed?: boolean;
  /** Called with `null` while the passphrase is too short or not repeated. */
  readonly change: (choice: IKeepChoice | null) => void;
  readonly trans: TranslationBundle;
}

/** Asks whether a secret ends with this tab, or is kept under a passphrase. */
export function KeepFields(props: IKeepFieldsProps): React.JSX.Element {
  const { first = 'tab', offersTyped = false, isSealed = false, change, trans } = props;
  const [place, setPlace] = React.useState<KeepPlace>(first);
  const [phrases, setPhrases] = React.useState({ first: '', second: '' });
  const host = React.useRef<HTMLFieldSetElement>(null);
  const needsPhrase = place === 'kept' && !isSealed;
  const problem = needsPhrase ? phraseProblem(phrases, trans) : null;
  React.useEffect(() => setPlace(first), [first]);
  React.useEffect(() => {
    const phrase = needsPhrase ? { passphrase: phrases.first } : {};
    change(problem === null ? { place, ...phrase } : null);
    // A dialog around it looks whether its fields are valid when one tells of a change.
    host.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [place, needsPhrase, problem, phrases.first]);
  const options: readonly (readonly [KeepPlace, string])[] = [
    ['tab', trans.__('This tab only: closing or reloading it forgets')],
    ['kept', trans.__('Kept in this browser, encrypted under a passphrase')],
    ...(offersTyped
      ? [['typed', trans.__('Typed each time: asked for, and never kept')] as const]
      : [])
  ];
  return (
    <fieldset className="llmos-KeepFields" ref={host}>
      <legend>{trans.__('Where it is kept')}</legend>
      {options.map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name="keep"
            value={value}
            checked={place === value}
            onChange={() => setPlace(value)}
          />
          <span>{label}</span>
        </label>
      ))}
      {needsPhrase && <Phrases {...{ phrases, setPhrases, problem, trans }} />}
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
            ref={input => input?.setCustomValidity(problem ?? '')}
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
