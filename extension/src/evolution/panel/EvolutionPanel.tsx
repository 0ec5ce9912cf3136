import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import { evolutionIcon } from '../../icons';
import type { IEvolution } from '../tokens';
import type { IEvolutionActions } from './actions';
import { CandidateCard } from './CandidateCard';
import { HistoryList } from './HistoryList';
import { JobRow } from './JobRow';

/** Id of the panel in the right side bar. */
export const EVOLUTION_PANEL_ID = 'llmos-evolution-panel';

/** The evolution panel as a widget: hands what is learned to React. */
export class EvolutionPanel extends ReactWidget {
  constructor(
    private readonly _evolution: IEvolution,
    private readonly _actions: IEvolutionActions,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.id = EVOLUTION_PANEL_ID;
    this.addClass('llmos-Evolution');
    this.title.icon = evolutionIcon;
    this.title.caption = _trans.__('Evolution');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _trans.__('Evolution'));
  }

  protected override render(): React.JSX.Element {
    const { _evolution: evolution } = this;
    return (
      <UseSignal signal={evolution.changed}>
        {() => (
          <EvolutionView
            jobs={evolution.jobs}
            candidates={evolution.candidates}
            history={evolution.history}
            problem={evolution.problem}
            actions={this._actions}
            trans={this._trans}
          />
        )}
      </UseSignal>
    );
  }
}

/** The panel by props. */
export interface IEvolutionViewProps extends Pick<
  IEvolution,
  'jobs' | 'candidates' | 'history' | 'problem'
> {
  readonly actions: IEvolutionActions;
  readonly trans: TranslationBundle;
}

/** Jobs, what they have learned and what they did. */
export function EvolutionView(props: IEvolutionViewProps): React.JSX.Element {
  const { jobs, candidates, history, problem, actions, trans } = props;
  return (
    <div className="llmos-Evolution-view">
      <h2>{trans.__('Evolution')}</h2>
      {problem !== null && (
        <p className="llmos-Evolution-problem" role="alert">
          {trans.__('Your volume could not be read: %1', problem)}
        </p>
      )}
      {jobs.map(job => (
        <JobRow key={job.job} state={job} actions={actions} trans={trans} />
      ))}
      <h3>
        {trans.__('To review')}
        <span className="llmos-Evolution-count"> {candidates.length}</span>
      </h3>
      {candidates.length === 0 ? (
        <Empty {...props} />
      ) : (
        <ul className="llmos-Evolution-cards">
          {candidates.map(candidate => (
            <CandidateCard
              key={candidate.id}
              candidate={candidate}
              actions={actions}
              trans={trans}
            />
          ))}
        </ul>
      )}
      {history.length > 0 && (
        <>
          <h3>{trans.__('History')}</h3>
          <HistoryList history={history} trans={trans} />
        </>
      )}
    </div>
  );
}

/** What to do next, by what the last run found. */
function Empty({ history, trans }: IEvolutionViewProps): React.JSX.Element {
  const last = history[0];
  return (
    <p className="llmos-Evolution-empty">
      {last === undefined
        ? trans.__(
            'What you run again and again becomes a skill here: run a workflow of two or more skills at least three times, then press Run now.'
          )
        : last.traces === 0
          ? trans.__(
              'There were no runs to learn from. Run a notebook with skills, then press Run now.'
            )
          : trans.__(
              'Nothing waits for review. New skills come when a workflow of two or more skills was run three times with success.'
            )}
    </p>
  );
}
