import { Dialog, InputDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { DialogBody } from '../../dialogBody';
import type { IKeepChoice } from '../../secrets/KeepFields';
import type { ISecretStore } from '../../secrets/tokens';
import { keyName, type KeyTest } from '../provider/netProvider';
import { DEFAULT_SERVERS, type AssistantSettings } from '../settings';
import { ModelForm, type IModelFields } from './ModelForm';

/** What the dialog works with. */
export interface IModelDialogOptions {
  readonly settings: AssistantSettings;
  readonly secrets: ISecretStore;
  /** Providers to choose from: id and name. */
  readonly providers: readonly (readonly [id: string, name: string])[];
  /** What tries a provider's key; null where that is the provider's own affair. */
  readonly tester: (provider: string) => KeyTest | null;
  readonly trans: TranslationBundle;
}

/** Asks for model, address and key; keeps them when the person says so. */
export async function chooseModel(options: IModelDialogOptions): Promise<void> {
  const { settings, secrets, trans } = options;
  const { provider, model } = settings.values;
  const body = new ModelBody(options, {
    ...{ provider, model, key: '' },
    server: settings.server
  });
  const { button } = await new Dialog({
    title: trans.__('Model and key'),
    body,
    focusNodeSelector: 'input[name="key"]',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Keep') })]
  }).launch();
  const { fields, keep } = body;
  // While a passphrase is missing the button is disabled.
  if (!button.accept || !keep) {
    return;
  }
  const isDefault = DEFAULT_SERVERS[fields.provider] === fields.server;
  await settings.change(async () => {
    await keepKey(secrets, keyName(fields.server), fields.key, keep);
    await settings.set({
      typesKey: keep.place === 'typed',
      server: isDefault ? '' : fields.server,
      ...{ provider: fields.provider, model: fields.model }
    });
  });
}

/**
 * Puts a key where the person wants it. Without a new one, the one that is held moves
 * there: out of the browser, under a passphrase, or away.
 */
export async function keepKey(
  secrets: ISecretStore,
  name: string,
  key: string,
  { place, passphrase }: IKeepChoice
): Promise<void> {
  const state = await secrets.state(name);
  if (place === 'typed') {
    if (state !== 'absent') {
      await secrets.forget(name);
    }
    return;
  }
  const isThere = place === 'kept' ? passphrase === undefined : state !== 'open';
  const wanted = key === '' && !isThere ? secrets.get(name) : key;
  if (wanted !== undefined && wanted !== '') {
    await secrets.keep(name, wanted, passphrase);
  }
}

/** Asks for the key of one turn; `undefined` when the person types none. */
export async function typeKey(
  server: string,
  trans: TranslationBundle
): Promise<string | undefined> {
  const { button, value } = await InputDialog.getPassword({
    title: trans.__('Key for this question'),
    label: trans.__('Key of %1; it is forgotten once the question is answered', server),
    okLabel: trans.__('Ask')
  });
  const key = value?.trim() ?? '';
  return button.accept && key !== '' ? key : undefined;
}

class ModelBody extends DialogBody {
  constructor(
    private readonly _options: IModelDialogOptions,
    public fields: IModelFields
  ) {
    super();
    this.addClass('llmos-ModelDialog');
  }

  keep: IKeepChoice | null = {};

  protected override render(): React.JSX.Element {
    return (
      <ModelForm
        {...this._options}
        typesKey={this._options.settings.values.typesKey}
        first={this.fields}
        change={fields => {
          this.fields = fields;
        }}
        changeKeep={keep => {
          this.keep = keep;
        }}
      />
    );
  }
}
