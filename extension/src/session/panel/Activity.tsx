import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { commitWords } from '../../history/commitWords';
import { volumeName } from '../../skills/skillText';
import type { ISessionActions } from './actions';
import { Ago } from './Ago';
import type { IActivity } from './model';

/** The newest commits of all volumes; each opens the history there. */
export function Activity(props: {
  readonly activity: readonly IActivity[];
  readonly actions: ISessionActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { activity, actions, trans } = props;
  if (activity.length === 0) {
    return null;
  }
  return (
    <details className="llmos-SessionActivity">
      <summary>{trans.__('Recent activity')}</summary>
      <ul>
        {activity.map(({ volume, entry }) => {
          const { title, done } = commitWords(entry, 'volume', trans);
          return (
            <li key={`${volume}:${entry.oid}`}>
              <button
                type="button"
                title={entry.message}
                onClick={() => actions.volumeHistory(volume, entry.oid)}
              >
                <span className="llmos-SessionActivity-subject">{title}</span>
                <span className="llmos-SessionDetails-note">
                  {volumeName(volume, trans)} · <Ago time={entry.author.time * 1000} />
                  {done !== '' && ` · ${done}`}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
