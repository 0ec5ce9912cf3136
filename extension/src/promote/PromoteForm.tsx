import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { diffBytes } from '../history/fileDiff';
import { FileDiffView } from '../history/FileDiffView';
import type { IFilePair } from './plan';

/** Something to choose between, with what it would change. */
export interface IPromoteChoice {
  readonly id: string;
  readonly label: string;
  /** What happens then, in a sentence. */
  readonly note: string;
  readonly files: readonly IFilePair[];
}

/** What the person left in the dialog. */
export interface IPromoteAnswer {
  /** Id of the choice. */
  readonly choice: string;
  readonly reason: string;
}

interface IPromoteFormProps {
  readonly choices: readonly IPromoteChoice[];
  readonly first: IPromoteAnswer;
  /** What kind of reason is asked for. */
  readonly placeholder: string;
  /** Shown at the reason, after an attempt without one. */
  readonly problem: string | null;
  readonly change: (answer: IPromoteAnswer) => void;
  readonly trans: TranslationBundle;
}

/** Where to, what would change there, and why: the review of a promotion. */
export function PromoteForm(props: IPromoteFormProps): React.JSX.Element {
  const { choices, problem, trans } = props;
  const [answer, setAnswer] = React.useState(props.first);
  const set = (part: Partial<IPromoteAnswer>): void => {
    const next = { ...answer, ...part };
    setAnswer(next);
    props.change(next);
  };
  const chosen = choices.find(({ id }) => id === answer.choice) ?? choices[0];
  return (
    <div className="llmos-Promote-view">
      {choices.length > 1 && (
        <fieldset>
          <legend>{trans.__('What to do')}</legend>
          {choices.map(({ id, label }) => (
            <label key={id}>
              <input
                type="radio"
                name="choice"
                checked={chosen?.id === id}
                onChange={() => set({ choice: id })}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      )}
      {choices.length === 1 && <strong>{chosen?.label}</strong>}
      <p>{chosen?.note}</p>
      <div className="llmos-Promote-files">
        {chosen?.files.length === 0 && (
          <p>{trans.__('Nothing differs: the volume has this version already.')}</p>
        )}
        {chosen?.files.map(file => (
          <ChangedFile key={`${chosen.id}:${file.path}`} file={file} trans={trans} />
        ))}
      </div>
      <label className="llmos-Promote-reason">
        <span>{trans.__('Reason')}</span>
        <textarea
          className="jp-mod-styled"
          rows={2}
          value={answer.reason}
          aria-invalid={problem !== null}
          placeholder={props.placeholder}
          onChange={event => set({ reason: event.target.value })}
        />
        {problem !== null && <small role="alert">{problem}</small>}
      </label>
    </div>
  );
}

function ChangedFile(props: {
  readonly file: IFilePair;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { file, trans } = props;
  const { path, before, after } = file;
  const word =
    before === null
      ? trans.__('added')
      : after === null
        ? trans.__('deleted')
        : trans.__('changed');
  return (
    <section>
      <h4>
        {path} <span>{word}</span>
      </h4>
      <FileDiffView {...{ path, trans }} diff={diffBytes(path, before, after)} />
    </section>
  );
}
