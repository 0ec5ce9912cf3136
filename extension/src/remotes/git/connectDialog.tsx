import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { DialogBody } from '../../dialogBody';
import { ConnectForm, type IConnectFields } from './ConnectForm';
import { isAddress, takeSignIn, tidyAddress } from './connection';

/** What the dialog asks about. */
export interface IConnectQuestion {
  readonly first: IConnectFields;
  readonly volumes: readonly string[];
  readonly trans: TranslationBundle;
  /** Tries what was entered; the reason when it does not work. */
  readonly attempt: (fields: IConnectFields) => Promise<string | null>;
}

/**
 * Asks for a Git server until one answers.
 *
 * @returns false when the person cancels
 */
export async function askConnection(question: IConnectQuestion): Promise<boolean> {
  const { trans, attempt, volumes } = question;
  let fields = takeSignIn(question.first);
  for (let problem: string | null = null; ;) {
    const body = new ConnectBody(fields, { volumes, problem, trans });
    const { button } = await new Dialog({
      title: trans.__('Connect to a Git server'),
      body,
      focusNodeSelector: 'input[name=git-url]',
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Connect') })]
    }).launch();
    if (!button.accept) {
      return false;
    }
    ({ fields } = body);
    fields = takeSignIn({
      ...fields,
      url: tidyAddress(fields.url),
      proxy: tidyAddress(fields.proxy)
    });
    problem =
      fields.url === ''
        ? trans.__('Enter the address of a repository.')
        : !isAddress(fields.url)
          ? trans.__('This is no address. Enter one such as https://host/name.git.')
          : fields.keep === null
            ? trans.__('The passphrase is too short, or was not repeated.')
            : await attempt(fields);
    if (problem === null) {
      return true;
    }
  }
}

class ConnectBody extends DialogBody {
  constructor(
    public fields: IConnectFields,
    private readonly _rest: {
      readonly volumes: readonly string[];
      readonly problem: string | null;
      readonly trans: TranslationBundle;
    }
  ) {
    super();
    this.addClass('llmos-GitConnect');
  }

  protected override render(): React.JSX.Element {
    return (
      <ConnectForm
        {...this._rest}
        fields={this.fields}
        change={fields => {
          this.fields = fields;
        }}
      />
    );
  }
}
