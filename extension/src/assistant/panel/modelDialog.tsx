import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { ModelTest } from '../../net/model/types';
import { KeepFields, type IKeepChoice } from '../../secrets/KeepFields';
import type { ISecretStore, SecretState } from '../../secrets/tokens';
import { keyName } from '../provider/netProvider';
import { problemText } from '../provider/problems';
import { DEFAULT_SERVERS, type AssistantSettings } from '../settings';

/** What the dialog works with. */
export interface IModelDialogOptions {
  readonly settings: AssistantSettings;
  readonly secrets: ISecretStore;
  /** Providers to choose from: id and name. */
  readonly providers: readonly (readonly [id: string, name: string])[];
  /** Tries a key at an address, before either is kept. */
  readonly test: (provider: string, server: string, key: string) => Promise<ModelTest>;
  readonly trans: TranslationBundle;
}

interface IFields {
  readonly provider: string;
  readonly server: string;
  readonly model: string;
  readonly key: string;
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
  if (!button.accept) {
    return;
  }
  const { fields, keep } = body;
  const isDefault = DEFAULT_SERVERS[fields.provider] === fields.server;
  await settings.set({
    ...{ provider: fields.provider, model: fields.model },
    server: isDefault ? '' : fields.server
  });
  if (fields.key !== '' && keep) {
    await secrets.keep(keyName(fields.server), fields.key, keep.passphrase);
  }
}

class ModelBody extends ReactWidget {
  constructor(
    private readonly _options: IModelDialogOptions,
    public fields: IFields
  ) {
    super();
    this.addClass('llmos-ModelDialog');
  }

  keep: IKeepChoice | null = {};

  protected override render(): React.JSX.Element {
    return (
      <ModelForm
        {...this._options}
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

interface IFormProps extends IModelDialogOptions {
  readonly first: IFields;
  readonly change: (fields: IFields) => void;
  readonly changeKeep: (choice: IKeepChoice | null) => void;
}

function ModelForm(props: IFormProps): React.JSX.Element {
  const { first, providers, secrets, change, changeKeep, trans } = props;
  const [fields, setFields] = React.useState(first);
  const [state, setState] = React.useState<SecretState>('absent');
  const set = (some: Partial<IFields>): void => {
    const next = { ...fields, ...some };
    setFields(next);
    change(next);
  };
  const look = (): void => void secrets.state(keyName(fields.server)).then(setState);
  React.useEffect(look, [fields.server]);
  const words = {
    absent: trans.__('No key yet.'),
    tab: trans.__('A key is held in this tab.'),
    open: trans.__('A key is kept in this browser, and open.'),
    locked: trans.__('A key is kept in this browser, and locked.')
  };
  return (
    <div>
      <ProviderField {...{ fields, providers, set, trans }} />
      <Field
        name="server"
        label={trans.__('Base address')}
        value={fields.server}
        set={server => set({ server })}
      />
      <Field
        name="model"
        label={trans.__('Model')}
        value={fields.model}
        set={model => set({ model })}
      />
      <Field
        name="key"
        label={trans.__('Key')}
        type="password"
        value={fields.key}
        placeholder={words[state]}
        set={key => set({ key })}
      />
      <TestRow {...props} fields={fields} state={state} look={look} />
      {fields.key !== '' && <KeepFields change={changeKeep} trans={trans} />}
      <small>
        {trans.__(
          'The key goes to this address only. It is never in notebooks, settings, commits or exports.'
        )}
      </small>
    </div>
  );
}

/** Choosing a provider brings the address that it usually has. */
function ProviderField(
  props: Pick<IFormProps, 'providers' | 'trans'> & {
    readonly fields: IFields;
    readonly set: (some: Partial<IFields>) => void;
  }
): React.JSX.Element {
  const { fields, providers, set, trans } = props;
  return (
    <label>
      <span>{trans.__('Provider')}</span>
      <select
        className="jp-mod-styled"
        value={fields.provider}
        onChange={event => {
          const provider = event.target.value;
          set({ provider, server: DEFAULT_SERVERS[provider] ?? fields.server });
        }}
      >
        {providers.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function TestRow(
  props: IFormProps & {
    readonly fields: IFields;
    readonly state: SecretState;
    readonly look: () => void;
  }
): React.JSX.Element {
  const { fields, state, look, secrets, test, trans } = props;
  const [said, setSaid] = React.useState('');
  const tryIt = async (): Promise<void> => {
    setSaid(trans.__('Trying …'));
    const { provider, server } = fields;
    const key = fields.key === '' ? (secrets.get(keyName(server)) ?? '') : fields.key;
    const answer = await test(provider, server, key);
    setSaid(
      answer.ok
        ? trans.__('The key works. Models: %1', answer.models.slice(0, 12).join(', '))
        : problemText(answer.problem, server, trans)
    );
  };
  return (
    <>
      <span className="llmos-ModelDialog-buttons">
        <button type="button" className="jp-mod-styled" onClick={() => void tryIt()}>
          {trans.__('Test key')}
        </button>
        {state !== 'absent' && (
          <button
            type="button"
            className="jp-mod-styled jp-mod-warn"
            onClick={() => void secrets.forget(keyName(fields.server)).then(look)}
          >
            {trans.__('Forget key')}
          </button>
        )}
      </span>
      <p role="status">{said}</p>
    </>
  );
}

function Field(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type?: string;
  readonly placeholder?: string;
  readonly set: (value: string) => void;
}): React.JSX.Element {
  const { name, label, value, type = 'text', placeholder = '', set } = props;
  return (
    <label>
      <span>{label}</span>
      <input
        className="jp-mod-styled"
        {...{ name, type, value, placeholder }}
        autoComplete="off"
        spellCheck={false}
        onChange={event => set(event.target.value.trim())}
      />
    </label>
  );
}
