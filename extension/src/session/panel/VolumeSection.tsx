import * as React from 'react';
import { caretDownIcon, caretRightIcon, historyIcon } from '@jupyterlab/ui-components';

import { cloudIcon } from '../../icons';
import { volumeName } from '../../skills/skillText';
import { RemoteLine } from './RemoteLine';
import { sessionKey, type IVolumeView } from './model';
import { SessionRow } from './SessionRow';
import type { ISessionPanelViewProps } from './SessionPanel';
import { VolumeStats } from './VolumeStats';

type IVolumeSectionProps = ISessionPanelViewProps & { readonly volume: IVolumeView };

/** One volume of the tree, with its sessions. */
export function VolumeSection(props: IVolumeSectionProps): React.JSX.Element {
  const { volume, state, trans } = props;
  const title = volumeName(volume.name, trans);
  return (
    <section aria-label={title} data-volume={volume.name}>
      <Heading {...props} title={title} />
      <RemoteLine {...props} title={title} />
      {volume.problem !== null && (
        <p className="llmos-SessionPanel-problem" role="alert">
          {trans.__('This volume cannot be read: %1', volume.problem)}
        </p>
      )}
      {volume.isOpen && (
        <>
          <VolumeStats {...props} />
          {volume.problems.map(({ id, message }) => (
            <p key={id} className="llmos-SessionPanel-problem">
              {id}: {message}
            </p>
          ))}
          <ul className="llmos-SessionPanel-sessions">
            {volume.sessions.map(summary => (
              <SessionRow
                key={summary.session.id}
                {...props}
                summary={summary}
                isOpen={state.open === sessionKey(summary)}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Heading(
  props: IVolumeSectionProps & { readonly title: string }
): React.JSX.Element {
  const { volume, title, actions, toggleVolume, trans } = props;
  const Caret = volume.isOpen ? caretDownIcon : caretRightIcon;
  const history = trans.__('History of "%1"', title);
  const server = trans.__('Server of "%1"', title);
  return (
    <h3 className="llmos-SessionPanel-volume">
      <button
        type="button"
        className="llmos-SessionPanel-caret"
        aria-expanded={volume.isOpen}
        onClick={() => toggleVolume(volume.name)}
      >
        <Caret.react tag="span" />
        <span>{title}</span>
      </button>
      <span className="llmos-SessionPanel-count">{volume.sessions.length}</span>
      <button
        type="button"
        className="llmos-SessionPanel-icon"
        title={server}
        aria-label={server}
        aria-haspopup="menu"
        onClick={event => actions.showRemoteMenu(volume.name, event.currentTarget)}
      >
        <cloudIcon.react tag="span" />
      </button>
      <button
        type="button"
        className="llmos-SessionPanel-icon"
        title={history}
        aria-label={history}
        onClick={() => actions.volumeHistory(volume.name)}
      >
        <historyIcon.react tag="span" />
      </button>
    </h3>
  );
}
