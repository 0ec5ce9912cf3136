import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { KeepFields } from '../../../secrets/KeepFields';
import { volumeName } from '../../../skills/skillText';
import { GITHUB, webAddress } from '../client';
import type { IConnectOptions, IConnectState, IOtherSignIn } from './model';
import { RepositoryFields } from './RepositoryFields';

/** What the dialog shows and what can be done in it. */
export interface IConnectViewProps {
  readonly state: IConnectState;
  readonly options: IConnectOptions;
  readonly setServer: (server: string) => void;
  readonly setToken: (token: string) => void;
  readonly setPlace: (place: string) => void;
  readonly setKeep: (keep: IConnectState['keep']) => void;
  readonly checkToken: () => void;
  readonly checkPlace: () => void;
  readonly createRepository: () => void;
  readonly signInByPopUp: () => void;
  readonly useOther: (other: IOtherSignIn) => void;
  readonly trans: TranslationBundle;
}

/** Token, repository, and where the token is kept. */
export function ConnectView(props: IConnectViewProps): React.JSX.Element {
  const { state, options, setKeep, trans } = props;
  return (
    <div className="llmos-GithubConnect-view">
      <p>
        {trans.__(
          '"%1" is pushed to a repository of yours and pulled from there. Nothing is sent before you push.',
          volumeName(options.volume, trans)
        )}
      </p>
      <Others {...props} />
      <TokenFields {...props} />
      {state.account && (
        <>
          <p role="status" className="llmos-GithubConnect-good">
            {state.account.scopes === null
              ? trans.__(
                  'Signed in as %1 with a fine-grained token.',
                  state.account.login
                )
              : trans.__(
                  'Signed in as %1; scopes of the token: %2.',
                  state.account.login,
                  state.account.scopes.join(', ') || trans.__('none')
                )}
          </p>
          <RepositoryFields {...props} />
          <KeepFields change={setKeep} trans={trans} />
        </>
      )}
      {state.problem !== null && (
        <p role="alert" className="llmos-GithubConnect-problem">
          {state.problem}
        </p>
      )}
    </div>
  );
}

/** Ways to sign in without pasting a token. */
function Others(props: IConnectViewProps): React.JSX.Element | null {
  const { state, options, signInByPopUp, useOther, trans } = props;
  const { others, oauth } = options;
  if (state.account || (others.length === 0 && !oauth)) {
    return null;
  }
  return (
    <div className="llmos-GithubConnect-row">
      {oauth && (
        <button
          type="button"
          className="jp-mod-styled"
          disabled={state.busy !== null && state.busy !== 'pop-up'}
          onClick={signInByPopUp}
        >
          {state.busy === 'pop-up'
            ? trans.__('Waiting for GitHub… Stop')
            : trans.__('Sign in with GitHub…')}
        </button>
      )}
      {others.map(other => (
        <button
          key={other.volume}
          type="button"
          className="jp-mod-styled"
          onClick={() => useOther(other)}
        >
          {trans.__(
            'Use the token of "%1" (%2)',
            volumeName(other.volume, trans),
            other.account.login
          )}
        </button>
      ))}
    </div>
  );
}

function TokenFields(props: IConnectViewProps): React.JSX.Element {
  const { state, setToken, setServer, checkToken, trans } = props;
  return (
    <>
      <div className="llmos-GithubConnect-field">
        <label htmlFor="llmos-GithubConnect-token">{trans.__('Token')}</label>
        <span className="llmos-GithubConnect-row">
          <input
            type="password"
            className="jp-mod-styled"
            name="token"
            id="llmos-GithubConnect-token"
            autoComplete="off"
            spellCheck={false}
            value={state.token}
            onChange={event => setToken(event.target.value)}
          />
          <button
            type="button"
            className="jp-mod-styled"
            disabled={state.token.trim() === '' || state.busy !== null}
            onClick={checkToken}
          >
            {state.busy === 'token' ? trans.__('Checking…') : trans.__('Check')}
          </button>
        </span>
        <small>
          {trans.__('For one repository, with "Contents: Read and write". ')}
          <TokenLink server={state.server} trans={trans} />
        </small>
      </div>
      <details open={state.server !== GITHUB}>
        <summary>{trans.__('GitHub Enterprise')}</summary>
        <label className="llmos-GithubConnect-field">
          <span>{trans.__('Address of the API')}</span>
          <input
            type="url"
            className="jp-mod-styled"
            name="server"
            value={state.server}
            onChange={event => setServer(event.target.value)}
          />
          <small>
            {trans.__('Only this host is asked, and only what you do here.')}
          </small>
        </label>
      </details>
    </>
  );
}

/** GitHub's own form for a token, filled in. */
function TokenLink(props: {
  readonly server: string;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { server, trans } = props;
  if (!URL.canParse(server)) {
    return null;
  }
  const url = new URL('/settings/personal-access-tokens/new', webAddress(server));
  url.search = new URLSearchParams({
    ...{ name: 'LLMos Lab', description: 'Push and pull volumes of LLMos Lab' },
    ...{ expires_in: '90', contents: 'write' }
  }).toString();
  return (
    <a href={url.href} target="_blank" rel="noreferrer noopener">
      {trans.__('Make one on GitHub')}
    </a>
  );
}
