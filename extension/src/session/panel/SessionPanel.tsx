import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISessionFilter } from '@llmos-lab/skills';
import * as React from 'react';

import { sessionsIcon } from '../../icons';
import { ModelPanel } from '../../ModelPanel';
import { Activity } from './Activity';
import { Filters } from './Filters';
import type { ISessionPanelState, SessionPanelModel } from './model';
import type { ISessionActions } from './actions';
import { VolumeSection } from './VolumeSection';

/** Id of the panel in the left side bar. */
export const SESSION_PANEL_ID = 'llmos-session-panel';

/** The sessions panel as a widget: hands the model's state to React. */
export class SessionPanel extends ModelPanel<SessionPanelModel> {
  constructor(
    model: SessionPanelModel,
    private readonly _actions: ISessionActions,
    private readonly _trans: TranslationBundle
  ) {
    super(model);
    this.id = SESSION_PANEL_ID;
    this.addClass('llmos-SessionPanel');
    this.title.icon = sessionsIcon;
    this.title.caption = _trans.__('Sessions');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _trans.__('Sessions'));
  }

  /** Puts the cursor in the search field once the panel is drawn. */
  async focusSearch(): Promise<void> {
    await this.focusOn('.llmos-SessionPanel-search');
  }

  protected override draw(): React.JSX.Element {
    const { model } = this;
    return (
      <SessionPanelView
        state={model.state}
        actions={this._actions}
        setFilter={filter => model.setFilter(filter)}
        clearFilter={() => model.clearFilter()}
        toggle={key => model.toggle(key)}
        toggleVolume={name => model.toggleVolume(name)}
        toggleStats={name => void model.toggleStats(name)}
        trans={this._trans}
      />
    );
  }
}

/** The panel by props: its model holds volume, search, filters and what is open. */
export interface ISessionPanelViewProps {
  readonly state: ISessionPanelState;
  readonly actions: ISessionActions;
  readonly setFilter: (filter: ISessionFilter) => void;
  readonly clearFilter: () => void;
  readonly toggle: (key: string) => void;
  readonly toggleVolume: (name: string) => void;
  readonly toggleStats: (name: string) => void;
  readonly trans: TranslationBundle;
}

/** Search and filters, the volumes with their sessions, and what happened lately. */
export function SessionPanelView(props: ISessionPanelViewProps): React.JSX.Element {
  const { state, actions, trans } = props;
  return (
    <div className="llmos-SessionPanel-view">
      <div className="llmos-SessionPanel-top">
        <div className="llmos-SessionPanel-bar">
          <h2>{trans.__('Sessions')}</h2>
          <button
            type="button"
            className="llmos-SessionPanel-commit"
            title={trans.__('Commit the session of the notebook in front (G C)')}
            onClick={() => actions.commitCurrent()}
          >
            {trans.__('Commit…')}
          </button>
        </div>
        <Filters {...props} />
      </div>
      <div className="llmos-SessionPanel-list">
        <Volumes {...props} />
        <Activity activity={state.activity} actions={actions} trans={trans} />
      </div>
    </div>
  );
}

function Volumes(props: ISessionPanelViewProps): React.JSX.Element {
  const { state, trans, clearFilter } = props;
  if (!state.isReady) {
    return (
      <p className="llmos-SessionPanel-empty" role="status">
        {trans.__('Reading the volumes…')}
      </p>
    );
  }
  const total = state.volumes.reduce((sum, volume) => sum + volume.total, 0);
  const shown = state.volumes.reduce((sum, { sessions }) => sum + sessions.length, 0);
  return (
    <>
      {state.volumes.map(volume => (
        <VolumeSection key={volume.name} volume={volume} {...props} />
      ))}
      {total > 0 && shown === 0 && (
        <div className="llmos-SessionPanel-empty">
          <p>
            {trans.__('No session matches. Try another word, or show all of them.')}
          </p>
          <button type="button" onClick={clearFilter}>
            {trans.__('Show all sessions')}
          </button>
        </div>
      )}
      {total === 0 && (
        <p className="llmos-SessionPanel-empty">
          {trans.__(
            'A session keeps a notebook with its runs, conversation and results. It begins with the first run: run a notebook, then commit it.'
          )}
        </p>
      )}
    </>
  );
}
