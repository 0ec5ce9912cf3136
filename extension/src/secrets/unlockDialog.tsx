import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { DialogBody } from '../dialogBody';
import { SecretError, type ISecretStore } from './tokens';

/** What to open, and how people call it. */
export interface IUnlockOptions {
  readonly secrets: ISecretStore;
  readonly name: string;
  /** Such as `token of github.com`. */
  readonly label: string;
  readonly trans: TranslationBundle;
}

/**
 * The secret, asking for its passphrase where it is locked. A wrong one is asked for
 * again; the person may also forget what is kept.
 *
 * @returns `undefined` when nothing is kept, the person cancels or forgets it
 */
export async function unlockSecret(
  options: IUnlockOptions
): Promise<string | undefined> {
  const { secrets, name } = options;
  if ((await secrets.state(name)) !== 'locked') {
    return secrets.get(name);
  }
  for (let problem: string | null = null; ;) {
    const answer = await askPassphrase(options, problem);
    if (answer === 'cancel') {
      return undefined;
    }
    if (answer === 'forget') {
      await secrets.forget(name);
      return undefined;
    }
    try {
      return await secrets.unlock(name, answer.passphrase);
    } catch (error) {
      if (!(error instanceof SecretError) || error.code !== 'wrong-passphrase') {
        throw error;
      }
      problem = error.message;
    }
  }
}

async function askPassphrase(
  { label, trans }: IUnlockOptions,
  problem: string | null
): Promise<'cancel' | 'forget' | { readonly passphrase: string }> {
  const body = new UnlockBody(label, problem, trans);
  const forget = Dialog.warnButton({ label: trans.__('Forget it') });
  const { button } = await new Dialog({
    title: trans.__('Passphrase'),
    body,
    focusNodeSelector: 'input',
    buttons: [
      forget,
      Dialog.cancelButton(),
      Dialog.okButton({ label: trans.__('Open') })
    ],
    defaultButton: 2
  }).launch();
  if (!button.accept) {
    return 'cancel';
  }
  return button.label === forget.label ? 'forget' : { passphrase: body.passphrase };
}

class UnlockBody extends DialogBody {
  constructor(
    private readonly _label: string,
    private readonly _problem: string | null,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-Unlock');
  }

  passphrase = '';

  protected override render(): React.JSX.Element {
    return (
      <label>
        <span>{this._trans.__('Passphrase of the %1', this._label)}</span>
        <input
          type="password"
          className="jp-mod-styled"
          autoComplete="current-password"
          aria-invalid={this._problem !== null}
          onChange={event => {
            this.passphrase = event.target.value;
          }}
        />
        <small role={this._problem === null ? undefined : 'alert'}>
          {this._problem ??
            this._trans.__('It is kept encrypted here, and opened for this tab.')}
        </small>
      </label>
    );
  }
}
