import type { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { DialogBody } from '../dialogBody';
import type { IFileStatus } from '../volumes/fileStatus';

/** What a person chose in the dialog. */
export interface ICommitChoice {
  readonly paths: readonly string[];
  readonly message: string;
}

interface ICommitFormProps extends ICommitChoice {
  readonly files: readonly IFileStatus[];
  readonly trans: TranslationBundle;
  readonly onChange: (choice: ICommitChoice) => void;
}

/** Files to choose from, and the commit's message. */
function CommitForm(props: ICommitFormProps): JSX.Element {
  const { files, paths, message, trans, onChange } = props;
  const words = {
    added: trans.__('added'),
    changed: trans.__('changed'),
    deleted: trans.__('deleted')
  };
  const toggle = (path: string, chosen: boolean): void => {
    const rest = paths.filter(each => each !== path);
    onChange({ message, paths: chosen ? [...rest, path] : rest });
  };
  return (
    <div className="llmos-CommitForm">
      <label className="llmos-CommitForm-message">
        <span>{trans.__('Message')}</span>
        <textarea
          className="jp-mod-styled"
          rows={3}
          value={message}
          placeholder={trans.__('What this commit does, in a line')}
          onChange={event => onChange({ paths, message: event.target.value })}
        />
      </label>
      <fieldset>
        <legend>{trans.__('Files')}</legend>
        {files.map(({ path, change }) => (
          <label key={path} className="llmos-CommitForm-file">
            <input
              type="checkbox"
              checked={paths.includes(path)}
              onChange={event => toggle(path, event.target.checked)}
            />
            <span className="llmos-CommitForm-path">{path}</span>
            <span className="llmos-CommitForm-change" data-change={change}>
              {words[change]}
            </span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

/** The dialog's body; `getValue` is what the person left in it. */
export class CommitBody
  extends DialogBody
  implements Dialog.IBodyWidget<ICommitChoice>
{
  constructor(
    private readonly _files: readonly IFileStatus[],
    private readonly _trans: TranslationBundle
  ) {
    super();
    this._choice = { paths: _files.map(({ path }) => path), message: '' };
  }

  getValue(): ICommitChoice {
    return this._choice;
  }

  protected override render(): JSX.Element {
    return (
      <CommitForm
        {...this._choice}
        files={this._files}
        trans={this._trans}
        onChange={choice => {
          this._choice = choice;
          this.update();
        }}
      />
    );
  }

  private _choice: ICommitChoice;
}
