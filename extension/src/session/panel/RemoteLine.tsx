import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IRemoteView, TransferState } from '../../remotes/transfer/transfers';
import type { ISessionActions } from './actions';
import type { IVolumeView } from './model';

interface IRemoteLineProps {
  readonly volume: IVolumeView;
  /** Name of the volume for people. */
  readonly title: string;
  readonly actions: ISessionActions;
  readonly trans: TranslationBundle;
}

/** Which server a volume is kept on, how it stands to it, and what is under way. */
export function RemoteLine(props: IRemoteLineProps): React.JSX.Element | null {
  const { volume, title, actions, trans } = props;
  const { remote, name } = volume;
  if (!remote) {
    return null;
  }
  const isIdle = remote.transfer.kind === 'idle';
  return (
    <div
      className="llmos-RemoteLine"
      role="group"
      aria-label={trans.__('Server of "%1"', title)}
    >
      <span className="llmos-RemoteLine-name" title={remote.name}>
        {remote.name}
      </span>
      <Standing remote={remote} trans={trans} />
      {isIdle ? (
        <>
          <button type="button" onClick={() => actions.push(name)}>
            {trans.__('Push')}
          </button>
          <button type="button" onClick={() => actions.pull(name)}>
            {trans.__('Pull')}
          </button>
        </>
      ) : (
        <button type="button" onClick={() => actions.stopTransfer(name)}>
          {trans.__('Stop')}
        </button>
      )}
      <Transfer state={remote.transfer} trans={trans} />
    </div>
  );
}

function Standing(props: {
  readonly remote: IRemoteView;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { status } = props.remote;
  const { trans } = props;
  if (!status) {
    return null;
  }
  const { ahead, behind } = status;
  const words = [
    ahead > 0 && trans._n('%1 commit to push', '%1 commits to push', ahead),
    behind > 0 && trans._n('%1 commit to pull', '%1 commits to pull', behind)
  ].filter(word => word !== false);
  const title = words.join(', ') || trans.__('Nothing to push or pull');
  return (
    <span className="llmos-RemoteLine-standing" title={title} aria-label={title}>
      {ahead > 0 && <span>↑{ahead}</span>}
      {behind > 0 && <span>↓{behind}</span>}
      {words.length === 0 && <span>✓</span>}
    </span>
  );
}

function Transfer(props: {
  readonly state: TransferState;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { state, trans } = props;
  switch (state.kind) {
    case 'idle':
      return null;
    case 'waiting':
      return (
        <span className="llmos-RemoteLine-state" role="status">
          {state.until === null
            ? trans.__('Push waits for the network')
            : trans.__(
                'Push waits until %1',
                new Date(state.until).toLocaleTimeString()
              )}
        </span>
      );
    case 'running': {
      const { direction, done, total } = state;
      const words = {
        push: trans.__('Pushing'),
        pull: trans.__('Pulling'),
        fetch: trans.__('Looking')
      }[direction];
      const text =
        total > 0 ? trans.__('%1: %2 of %3 objects', words, done, total) : `${words}…`;
      return (
        <span className="llmos-RemoteLine-state" role="status">
          <progress
            aria-label={words}
            max={total > 0 ? total : undefined}
            value={total > 0 ? done : undefined}
          />
          {text}
        </span>
      );
    }
  }
}
