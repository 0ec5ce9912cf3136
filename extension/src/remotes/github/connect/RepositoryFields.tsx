import * as React from 'react';

import type { IConnectViewProps } from './ConnectView';

/** The repository: chosen, typed or created, and what the token may do with it. */
export function RepositoryFields(props: IConnectViewProps): React.JSX.Element {
  const { state, setPlace, checkPlace, trans } = props;
  return (
    <div className="llmos-GithubConnect-field">
      <label htmlFor="llmos-GithubConnect-repository">{trans.__('Repository')}</label>
      <span className="llmos-GithubConnect-row">
        <input
          type="text"
          className="jp-mod-styled"
          name="repository"
          id="llmos-GithubConnect-repository"
          list="llmos-GithubConnect-repositories"
          spellCheck={false}
          value={state.place}
          onChange={event => setPlace(event.target.value)}
        />
        <button
          type="button"
          className="jp-mod-styled"
          disabled={state.busy !== null}
          onClick={checkPlace}
        >
          {state.busy === 'place' ? trans.__('Checking…') : trans.__('Check')}
        </button>
      </span>
      <datalist id="llmos-GithubConnect-repositories">
        {state.repositories.map(({ owner, name }) => (
          <option key={`${owner}/${name}`} value={`${owner}/${name}`} />
        ))}
      </datalist>
      <Verdict {...props} />
    </div>
  );
}

function Verdict(props: IConnectViewProps): React.JSX.Element | null {
  const { state, createRepository, trans } = props;
  const { check, formUrl, busy } = state;
  switch (check?.repository) {
    case 'writable':
      return (
        <small role="status" className="llmos-GithubConnect-good">
          {trans.__('The token may read and write it.')}
        </small>
      );
    case 'readable':
      return (
        <small role="alert" className="llmos-GithubConnect-problem">
          {check.missing.length > 0
            ? trans.__(
                'The token may only read it: you can pull. To push it needs: %1.',
                check.missing.join(', ')
              )
            : trans.__('You may only read it: you can pull, and not push.')}
        </small>
      );
    case 'absent':
      return formUrl === null ? (
        <small role="status">
          {trans.__('There is none of this name, or the token may not see it. ')}
          <button
            type="button"
            className="jp-mod-styled"
            disabled={busy !== null}
            onClick={createRepository}
          >
            {busy === 'create' ? trans.__('Creating…') : trans.__('Create it, private')}
          </button>
        </small>
      ) : (
        <small role="alert" className="llmos-GithubConnect-problem">
          {trans.__('This token may not create repositories. ')}
          <a href={formUrl} target="_blank" rel="noreferrer noopener">
            {trans.__("Open GitHub's form, filled in")}
          </a>
          {trans.__(', let the token see the new repository, then check again.')}
        </small>
      );
    case undefined:
      return null;
  }
}
