import type { TranslationBundle } from '@jupyterlab/translation';
import { HTMLSelect } from '@jupyterlab/ui-components';
import * as React from 'react';

import { reasonOf } from '../../reasonOf';
import { KeepFields, type IKeepChoice } from '../../secrets/KeepFields';
import type { ISecretStore, SecretState } from '../../secrets/tokens';
import { keyName, type KeyTest } from '../provider/netProvider';
import { problemText } from '../provider/problems';
import { DEFAULT_SERVERS } from '../settings';

/** What the dialog asks for. */
export interface IModelFields {
  readonly provider: string;
  readonly server: string;
  readonly model: string;
  /** A new one; empty leaves what is held. */
  readonly key: string;
}

interface IFormProps {
  readonly first: IModelFields;
  /** The key is typed at each turn now. */
  readonly typesKey: boolean;
  readonly secrets: ISecretStore;
  /** Providers to choose from: id and name. */
  readonly providers: readonly (readonly [id: string, name: string])[];
  /** What tries a provider's key; null where that is the provider's own affair. */
  readonly tester: (provider: string) => KeyTest | null;
  readonly change: (fields: IModelFields) => void;
  readonly changeKeep: (choice: IKeepChoice | null) => void;
  readonly trans: TranslationBundle;
}

/** Provider, address, model, key, and where the key is kept. */
export function ModelForm(props: IFormProps): React.JSX.Element {
  const { first, providers, secrets, change, changeKeep, trans } = props;
  const [fields, setFields] = React.useState(first);
  const [state, setState] = React.useState<SecretState>('absent');
  // What the settings say, and what is chosen now.
  const [wasTyped, setWasTyped] = React.useState(props.typesKey);
  const [isTyped, setTyped] = React.useState(props.typesKey);
  const set = (some: Partial<IModelFields>): void => {
    const next = { ...fields, ...some };
    setFields(next);
    change(next);
  };
  const [fault, setFault] = React.useState('');
  const tell = (error: unknown): void => setFault(reasonOf(error));
  const look = (): void =>
    void secrets.state(keyName(fields.server)).then(setState, tell);
  React.useEffect(look, [fields.server]);
  const isSealed = state === 'open' || state === 'locked';
  const forget = async (): Promise<void> => {
    await secrets.forget(keyName(fields.server));
    setWasTyped(false);
    set({ key: '' });
    look();
  };
  return (
    <div>
      <ProviderField {...{ fields, providers, set, trans }} />
      <TextFields
        {...{ fields, set, trans }}
        placeholder={keyText(state, isTyped, trans)}
      />
      <TestRow
        {...props}
        fields={fields}
        fault={fault}
        forget={
          state !== 'absent' || wasTyped || fields.key !== ''
            ? () => void forget().catch(tell)
            : null
        }
      />
      <KeepFields
        {...{ first: wasTyped ? 'typed' : isSealed ? 'kept' : 'tab', trans }}
        offersTyped
        isSealed={isSealed && fields.key === ''}
        change={choice => {
          setTyped(choice?.place === 'typed');
          changeKeep(choice);
        }}
      />
      <small>
        {trans.__(
          'The key goes to this address only. It is never in notebooks, settings, commits or exports.'
        )}
      </small>
    </div>
  );
}

/** What stands in the empty field of the key. */
function keyText(
  state: SecretState,
  isTyped: boolean,
  trans: TranslationBundle
): string {
  const words = {
    absent: isTyped ? trans.__('Typed each time.') : trans.__('No key yet.'),
    tab: trans.__('A key is held in this tab.'),
    open: trans.__('A key is kept in this browser, and open.'),
    locked: trans.__('A key is kept in this browser, and locked.')
  };
  return words[state];
}

/** Address, model and key. */
function TextFields(
  props: Pick<IFormProps, 'trans'> & {
    readonly fields: IModelFields;
    readonly placeholder: string;
    readonly set: (some: Partial<IModelFields>) => void;
  }
): React.JSX.Element {
  const { fields, placeholder, set, trans } = props;
  return (
    <>
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
        placeholder={placeholder}
        set={key => set({ key })}
      />
    </>
  );
}

/** Choosing a provider brings the address that it usually has. */
function ProviderField(
  props: Pick<IFormProps, 'providers' | 'trans'> & {
    readonly fields: IModelFields;
    readonly set: (some: Partial<IModelFields>) => void;
  }
): React.JSX.Element {
  const { fields, providers, set, trans } = props;
  return (
    <label>
      <span>{trans.__('Provider')}</span>
      <HTMLSelect
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
      </HTMLSelect>
    </label>
  );
}

/** Tries the key that was typed, or the one that is held; forgets both. */
function TestRow(
  props: Pick<IFormProps, 'secrets' | 'tester' | 'trans'> & {
    readonly fields: IModelFields;
    /** What failed in the store of keys; may be empty. */
    readonly fault: string;
    /** Null where there is nothing to forget. */
    readonly forget: (() => void) | null;
  }
): React.JSX.Element {
  const { fields, fault, forget, secrets, tester, trans } = props;
  const test = tester(fields.provider);
  const [said, setSaid] = React.useState('');
  const tryWith = async (tryKey: KeyTest): Promise<void> => {
    setSaid(trans.__('Trying …'));
    const { server } = fields;
    const key = fields.key === '' ? (secrets.get(keyName(server)) ?? '') : fields.key;
    const answer = await tryKey(server, key);
    setSaid(
      answer.ok
        ? trans.__('The key works. Models: %1', answer.models.slice(0, 12).join(', '))
        : problemText(answer.problem, server, trans)
    );
  };
  return (
    <>
      <span className="llmos-ModelDialog-buttons">
        <button
          type="button"
          className="jp-mod-styled"
          disabled={test === null}
          title={
            test === null ? trans.__('This provider is set up in its own way.') : ''
          }
          onClick={() =>
            void (test && tryWith(test).catch(error => setSaid(reasonOf(error))))
          }
        >
          {trans.__('Test key')}
        </button>
        <button
          type="button"
          className="jp-mod-styled"
          disabled={forget === null}
          onClick={() => {
            setSaid(trans.__('Forgotten here. It stays valid at the provider.'));
            forget?.();
          }}
        >
          {trans.__('Forget key')}
        </button>
      </span>
      <p role="status">{fault === '' ? said : fault}</p>
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
