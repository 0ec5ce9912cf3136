import { Dialog } from '@jupyterlab/apputils';
import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import { DialogBody } from '../../../dialogBody';
import { ConnectView } from './ConnectView';
import type { ConnectModel } from './model';

/** Asks for token and repository; false when the person cancels. */
export async function askGithub(model: ConnectModel): Promise<boolean> {
  const { trans } = model.options;
  const dialog = new ConnectDialog(model, {
    title: trans.__('Connect to GitHub'),
    body: new ConnectBody(model),
    focusNodeSelector: 'input[name=token]',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Connect') })]
  });
  dialog.addClass('llmos-GithubConnectDialog');
  return (await dialog.launch()).button.accept;
}

/** Connects only what was checked; Enter in a field checks it. */
class ConnectDialog extends Dialog<unknown> {
  constructor(
    private readonly _model: ConnectModel,
    options: Partial<Dialog.IOptions<unknown>>
  ) {
    super(options);
    _model.stateChanged.connect(this._follow, this);
    this._follow();
  }

  override handleEvent(event: Event): void {
    const { target } = event;
    const isEnter =
      event.type === 'keydown' && (event as KeyboardEvent).key === 'Enter';
    const isInside =
      target instanceof HTMLElement && target.closest('.llmos-GithubConnect') !== null;
    if (!isEnter || !isInside) {
      super.handleEvent(event);
    } else if (target instanceof HTMLInputElement) {
      event.preventDefault();
      event.stopPropagation();
      void this._model.next();
    }
  }

  private _follow(): void {
    const accept = this.node.querySelector<HTMLButtonElement>('.jp-mod-accept');
    if (accept) {
      accept.disabled = !this._model.isReady;
    }
  }
}

class ConnectBody extends DialogBody {
  constructor(private readonly _model: ConnectModel) {
    super();
    this.addClass('llmos-GithubConnect');
  }

  protected override render(): React.JSX.Element {
    const model = this._model;
    return (
      <UseSignal signal={model.stateChanged}>
        {() => (
          <ConnectView
            state={model.state}
            options={model.options}
            setServer={server => model.setServer(server)}
            setToken={token => model.setToken(token)}
            setPlace={place => model.setPlace(place)}
            setKeep={keep => model.setKeep(keep)}
            checkToken={() => void model.checkToken()}
            checkPlace={() => void model.checkPlace()}
            createRepository={() => void model.createRepository()}
            signInByPopUp={() => void model.signInByPopUp()}
            useOther={other => void model.useOther(other)}
            trans={model.options.trans}
          />
        )}
      </UseSignal>
    );
  }
}
