import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import { changedAt, type ISessionSummary } from '@llmos-lab/skills';
import * as React from 'react';

import { Ago } from './Ago';
import { sessionKey, type ISessionPanelState } from './model';
import type { ISessionActions } from './actions';
import { SessionDetails } from './SessionDetails';
import { commitText, STATUS_SIGNS, statusName } from './words';

/** A session in the list, with what can be done with it. */
export interface ISessionRowProps {
  readonly summary: ISessionSummary;
  readonly isOpen: boolean;
  readonly state: ISessionPanelState;
  readonly actions: ISessionActions;
  readonly toggle: (key: string) => void;
  readonly trans: TranslationBundle;
}

/** One session: closed its name and state, open what is in it. */
export function SessionRow(props: ISessionRowProps): React.JSX.Element {
  const { summary, isOpen, actions, toggle, trans } = props;
  const { session } = summary;
  const status = statusName(session.status, trans);
  const more = trans.__('More for %1', session.name);
  return (
    <li
      className={`llmos-SessionRow${isOpen ? ' llmos-mod-open' : ''}`}
      data-session={session.id}
    >
      <div className="llmos-SessionRow-head">
        <button
          type="button"
          className="llmos-SessionRow-title"
          aria-expanded={isOpen}
          title={`${session.name} · ${session.path}`}
          onClick={() => toggle(sessionKey(summary))}
          onDoubleClick={() => actions.open(summary)}
        >
          <span
            className="llmos-SessionRow-sign"
            data-status={session.status}
            title={status}
          >
            {STATUS_SIGNS[session.status]}
          </span>
          <span className="llmos-SessionRow-name">{session.name}</span>
        </button>
        <button
          type="button"
          className="llmos-SessionPanel-icon"
          aria-haspopup="menu"
          aria-label={more}
          title={more}
          onClick={event => actions.showMenu(summary, event.currentTarget)}
        >
          <ellipsesIcon.react tag="span" />
        </button>
      </div>
      <div className="llmos-SessionRow-state">
        <span>{status}</span>
        <span className={summary.isCommitted ? undefined : 'llmos-mod-uncommitted'}>
          {commitText(summary, trans)}
        </span>
        <Ago time={changedAt(summary)} />
      </div>
      {isOpen && <SessionDetails {...props} />}
    </li>
  );
}
