import type { TranslationBundle } from '@jupyterlab/translation';
import { historyIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { ModelPanel } from '../ModelPanel';
import { volumeName } from '../skills/skillText';
import { BranchBar } from './BranchBar';
import { CommitDetails } from './CommitDetails';
import { CommitList } from './CommitList';
import type { HistoryModel, IHistoryRange, IHistoryState } from './model';

/** What can be done from a history; its adapter turns each into a command. */
export interface IHistoryActions {
  readonly openFile: (range: IHistoryRange, commit: string, path: string) => void;
  readonly restoreFile: (range: IHistoryRange, commit: string, path: string) => void;
  readonly restoreSession: (range: IHistoryRange, commit: string, id: string) => void;
  readonly rollBack: (range: IHistoryRange, commit: string) => void;
  readonly keepBranch: (range: IHistoryRange, commit: string) => void;
  readonly mergeBranch: (range: IHistoryRange, name: string) => void;
  readonly deleteBranch: (range: IHistoryRange, name: string) => void;
  /** Shows the history of something else. */
  readonly show: (range: IHistoryRange) => void;
}

/** A history as a widget: hands the model's state to React. */
export class HistoryPanel extends ModelPanel<HistoryModel> {
  constructor(
    model: HistoryModel,
    private readonly _actions: IHistoryActions,
    private readonly _trans: TranslationBundle
  ) {
    super(model);
    this.addClass('llmos-History');
    this.title.icon = historyIcon;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _trans.__('History'));
  }

  protected override draw(): React.JSX.Element {
    const { model } = this;
    return (
      <HistoryView
        state={model.state}
        actions={this._actions}
        setQuery={query => model.setQuery(query)}
        select={oid => void model.select(oid)}
        toggleFile={path => void model.toggleFile(path)}
        trans={this._trans}
      />
    );
  }
}

/** The history as its model has it; what is chosen is told, not kept here. */
export interface IHistoryViewProps {
  readonly state: IHistoryState;
  readonly actions: IHistoryActions;
  readonly setQuery: (query: string) => void;
  readonly select: (oid: string) => void;
  readonly toggleFile: (path: string) => void;
  readonly trans: TranslationBundle;
}

/** The commits at the left, the chosen one at the right. */
export function HistoryView(props: IHistoryViewProps): React.JSX.Element {
  const { state, actions, setQuery, trans } = props;
  const { range } = state;
  const isPart = range.session !== undefined || range.path !== undefined;
  return (
    <div className="llmos-History-view">
      <div className="llmos-History-left">
        <div className="llmos-History-top">
          <h2 title={range.session}>{rangeTitle(state, trans)}</h2>
          {isPart && (
            <button
              type="button"
              className="llmos-History-button"
              onClick={() => actions.show({ volume: range.volume })}
            >
              {trans.__('Whole volume')}
            </button>
          )}
          {!isPart && <BranchBar {...{ state, actions, trans }} />}
          <input
            type="search"
            className="jp-mod-styled"
            placeholder={trans.__('Search messages, authors, hashes')}
            aria-label={trans.__('Search commits')}
            value={state.query}
            onChange={event => setQuery(event.target.value)}
          />
          <span className="llmos-History-count" role="status">
            {countText(state, trans)}
          </span>
        </div>
        <CommitList {...props} />
      </div>
      <CommitDetails {...props} />
    </div>
  );
}

function countText(state: IHistoryState, trans: TranslationBundle): string {
  if (state.status === 'reading') {
    return trans.__('Reading…');
  }
  return state.query === ''
    ? trans._n('%1 commit', '%1 commits', state.total)
    : trans.__('%1 of %2 commits', state.entries.length, state.total);
}

function rangeTitle(
  { range, sessionName }: IHistoryState,
  trans: TranslationBundle
): string {
  const volume = volumeName(range.volume, trans);
  if (range.path !== undefined) {
    return trans.__('History of %1', range.path);
  }
  return range.session === undefined
    ? trans.__('History of "%1"', volume)
    : trans.__('History of the session %1', sessionName ?? range.session);
}
