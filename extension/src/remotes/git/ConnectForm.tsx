import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { KeepFields, type IKeepChoice } from '../../secrets/KeepFields';
import { volumeName } from '../../skills/skillText';
import { takeSignIn } from './connection';

/** What stands in the fields. */
export interface IConnectFields {
  readonly volume: string;
  readonly url: string;
  readonly user: string;
  /** Or a token; empty where nobody signs in. */
  readonly password: string;
  readonly proxy: string;
  /** `null` while a passphrase is not right yet. */
  readonly keep: IKeepChoice | null;
}

interface IConnectFormProps {
  readonly fields: IConnectFields;
  /** Volumes that can be connected, by the name of their drive. */
  readonly volumes: readonly string[];
  /** Why the last attempt came to nothing. */
  readonly problem: string | null;
  readonly change: (fields: IConnectFields) => void;
  readonly trans: TranslationBundle;
}

/** Address, name, password and proxy of a Git server. */
export function ConnectForm(props: IConnectFormProps): React.JSX.Element {
  const { volumes, problem, trans } = props;
  const [fields, setFields] = React.useState(props.fields);
  const set = (part: Partial<IConnectFields>): void => {
    const next = takeSignIn({ ...fields, ...part });
    setFields(next);
    props.change(next);
  };
  return (
    <div className="llmos-GitConnect-view">
      {problem !== null && (
        <p role="alert" className="llmos-mod-problem">
          {problem}
        </p>
      )}
      {volumes.length > 1 && (
        <label>
          <span>{trans.__('Volume')}</span>
          <select
            className="jp-mod-styled"
            name="volume"
            value={fields.volume}
            onChange={event => set({ volume: event.target.value })}
          >
            {volumes.map(volume => (
              <option key={volume} value={volume}>
                {volumeName(volume, trans)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Field
        {...{ name: 'url', label: trans.__('Address of the repository'), fields, set }}
        hint={trans.__(
          'The one that you would clone; the server must let pages of other sites read it (CORS)'
        )}
        placeholder="https://git.example.org/ana/volume.git"
      />
      <Field
        {...{ name: 'user', label: trans.__('User name'), fields, set }}
        hint={trans.__('Empty where the server asks for a token only, or for nothing')}
      />
      <Field
        {...{ name: 'password', label: trans.__('Password or token'), fields, set }}
        hint={trans.__('Goes to this server only')}
      />
      {fields.password !== '' && (
        <KeepFields change={keep => set({ keep })} trans={trans} />
      )}
      <ProxyField {...{ fields, set, trans }} />
    </div>
  );
}

interface IFieldProps {
  readonly fields: IConnectFields;
  readonly set: (part: Partial<IConnectFields>) => void;
}

function Field(
  props: IFieldProps & {
    readonly name: 'url' | 'user' | 'password' | 'proxy';
    readonly label: string;
    readonly hint: string;
    readonly placeholder?: string;
  }
): React.JSX.Element {
  const { name, label, hint, placeholder, fields, set } = props;
  return (
    <label>
      <span>{label}</span>
      <input
        type={name === 'password' ? 'password' : 'text'}
        className="jp-mod-styled"
        name={`git-${name}`}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={fields[name]}
        onChange={event => set({ [name]: event.target.value })}
      />
      <small>{hint}</small>
    </label>
  );
}

/** Folded away, since hardly anybody should need it. */
function ProxyField(
  props: IFieldProps & { readonly trans: TranslationBundle }
): React.JSX.Element {
  const { fields, trans } = props;
  return (
    <details open={fields.proxy !== ''}>
      <summary>{trans.__('Through a proxy')}</summary>
      <Field
        {...props}
        name="proxy"
        label={trans.__('Address of the proxy')}
        hint={trans.__(
          'Only for a server without CORS, and only one that you trust: a proxy sees everything, your password or token too'
        )}
      />
    </details>
  );
}
