import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IEvolution } from '../tokens';
import type { IEvolutionActions } from './actions';
import { CandidateCard } from './CandidateCard';
import { DraftCard } from './DraftCard';
import { HistoryList } from './HistoryList';
import { JobRow } from './JobRow';
import { PromotionCard } from './PromotionCard';
import { RejectionList } from './RejectionList';

/** The evolution panel as a widget: hands what is learned to React. */
export class EvolutionPanel extends ReactWidget {
  constructor(
    private readonly _evolution: IEvolution,
    private readonly _actions: IEvolutionActions,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-Evolution');
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
            decisions={evolution.decisions}
            promotions={evolution.promotions}
            rejections={evolution.rejections}
            drafts={evolution.drafts}
            thresholds={evolution.thresholds}
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
  | 'jobs'
  | 'candidates'
  | 'drafts'
  | 'history'
  | 'decisions'
  | 'promotions'
  | 'rejections'
  | 'thresholds'
> {
  readonly actions: IEvolutionActions;
  readonly trans: TranslationBundle;
}

/** Jobs, what they have learned and what they did. */
export function EvolutionView(props: IEvolutionViewProps): React.JSX.Element {
  const { jobs, candidates, drafts, history, promotions, actions, trans } = props;
  const { decisions, rejections } = props;
  return (
    <div className="llmos-Evolution-view">
      <h2>{trans.__('Evolution')}</h2>
      {jobs.map(job => (
        <JobRow key={job.volume} state={job} actions={actions} trans={trans} />
      ))}
      <h3>
        {trans.__('To review')}
        <span className="llmos-Evolution-count">
          {' '}
          {candidates.length + drafts.length}
        </span>
      </h3>
      {candidates.length + drafts.length === 0 ? (
        <Empty {...props} />
      ) : (
        <ul className="llmos-Evolution-cards">
          {candidates.map(candidate => (
            <CandidateCard
              key={`${candidate.volume}/${candidate.id}`}
              candidate={candidate}
              actions={actions}
              trans={trans}
            />
          ))}
          {drafts.map(draft => (
            <DraftCard
              key={`${draft.volume}/${draft.id}`}
              {...{ draft, actions, trans }}
            />
          ))}
        </ul>
      )}
      {promotions.length > 0 && (
        <>
          <h3>{trans.__('To propose for everybody')}</h3>
          <ul className="llmos-Evolution-cards">
            {promotions.map(promotion => (
              <PromotionCard
                key={`${promotion.volume}/${promotion.id}`}
                {...{ promotion, actions, trans }}
              />
            ))}
          </ul>
        </>
      )}
      {history.length + decisions.length > 0 && (
        <>
          <h3>{trans.__('History')}</h3>
          <HistoryList {...{ history, decisions, actions, trans }} />
        </>
      )}
      <RejectionList {...{ rejections, actions, trans }} />
    </div>
  );
}

/** What to do next, by what the last run found. */
function Empty({ history, thresholds, trans }: IEvolutionViewProps): React.JSX.Element {
  const last = history[0];
  return (
    <p className="llmos-Evolution-empty">
      {last === undefined
        ? trans.__(
            'What you run again and again becomes a skill here: run a workflow of two or more skills at least three times by its graph, then press Run now.'
          )
        : last.traces === 0
          ? trans.__(
              'There were no runs to learn from. Run a notebook with skills by its graph, then press Run now.'
            )
          : trans.__(
              'Nothing waits for review. New skills come when a workflow of two or more skills was run by its graph at least %1 times, and %2 % of those runs or more went well.',
              thresholds.minCount,
              Math.round(100 * thresholds.minSuccess)
            )}
    </p>
  );
}
