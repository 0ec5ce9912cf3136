import type { IFailingPattern } from '@llmos-lab/skills';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { StatusIcon } from '../../graph/status/StatusIcon';
import { Ago } from '../../session/panel/Ago';
import type { IDecisionOfVolume, IRunOfVolume } from '../tokens';
import type { IEvolutionActions } from './actions';
import { LinkButton } from './LinkButton';
import { volumeName } from './volumeName';

/** Rows that are in sight at once; the older ones are folded up. */
const MOST = 10;

interface IHistoryProps {
  readonly history: readonly IRunOfVolume[];
  readonly decisions: readonly IDecisionOfVolume[];
  readonly actions: Pick<IEvolutionActions, 'showCommit'>;
  readonly trans: TranslationBundle;
}

/** What jobs read, found and rejected, and what people decided, newest first. */
export function HistoryList(props: IHistoryProps): React.JSX.Element {
  const { history, decisions, trans } = props;
  const [isOpen, setOpen] = React.useState(false);
  const all = [
    ...history.map(run => ({ time: Date.parse(run.started), run })),
    ...decisions.map(decision => ({ time: Date.parse(decision.at), decision }))
  ].sort((a, b) => b.time - a.time);
  const rowsOf = (part: typeof all): readonly React.JSX.Element[] =>
    part.map(each =>
      'run' in each ? (
        <RunRow
          key={`${each.run.volume}/${each.run.id}`}
          {...{ run: each.run, trans }}
        />
      ) : (
        <DecisionRow
          key={`${each.decision.volume}/${each.decision.commit}`}
          {...{ decision: each.decision, actions: props.actions, trans }}
        />
      )
    );
  const older = all.length - MOST;
  return (
    <>
      <ul className="llmos-Evolution-history">{rowsOf(all.slice(0, MOST))}</ul>
      {older > 0 && (
        <details onToggle={event => setOpen(event.currentTarget.open)}>
          <summary>{trans._n('%1 older', '%1 older', older)}</summary>
          {isOpen && (
            <ul className="llmos-Evolution-history">{rowsOf(all.slice(MOST))}</ul>
          )}
        </details>
      )}
    </>
  );
}

/** What a person has made of a skill, with the commit. */
function DecisionRow({
  decision: { volume, kind, id, who, at, commit },
  actions,
  trans
}: {
  readonly decision: IDecisionOfVolume;
} & Pick<IHistoryProps, 'actions' | 'trans'>): React.JSX.Element {
  const told = {
    accepted: trans.__('%1 accepted %2', who, id),
    updated: trans.__('%1 accepted the update of %2', who, id),
    rejected: trans.__('%1 rejected %2', who, id),
    undone: trans.__('%1 brought %2 back', who, id),
    allowed: trans.__('%1 let %2 be proposed again', who, id)
  }[kind];
  return (
    <li data-decision={kind}>
      {volumeName(volume, trans)}
      {', '}
      <Ago time={at} />
      {': '}
      {told}{' '}
      <LinkButton
        title={trans.__('Show the commit')}
        onClick={() => actions.showCommit(volume, commit)}
      >
        <code>{commit.slice(0, 7)}</code>
      </LinkButton>
    </li>
  );
}

/** A run of a job: what it read, found and rejected. */
function RunRow({
  run,
  trans
}: {
  readonly run: IRunOfVolume;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  return (
    <li data-run={run.id}>
      <StatusIcon status={STATUSES[run.status]} trans={trans} />{' '}
      {volumeName(run.volume, trans)}
      {', '}
      <Ago time={run.started} />
      {': '}
      {run.error ?? found(run, trans)}
      {run.detected?.map(({ name, description, confidence }) => (
        <div key={name} title={description}>
          {trans.__('The model: %1 (%2 %)', name, Math.round(100 * confidence))}
        </div>
      ))}
      {run.applied?.map(({ id, reason }) => (
        <div key={id} title={reason}>
          {trans.__('Applied as a draft: %1', id)}
        </div>
      ))}
      {run.failing?.map((pattern, _, all) => (
        <div key={pattern.signature}>
          {trans._n(
            'Not proposed: %2 (in %3 of %1 run these or other cells failed or were stopped)',
            'Not proposed: %2 (in %3 of %1 runs these or other cells failed or were stopped)',
            pattern.runs,
            nameAmong(pattern, all),
            pattern.unsuccessful
          )}
        </div>
      ))}
      {run.notes?.map(note => (
        <div key={note}>{note}</div>
      ))}
      {run.rejected.length > 0 && (
        <details>
          <summary>
            {trans._n('%1 rejected', '%1 rejected', run.rejected.length)}
          </summary>
          <ul>
            {run.rejected.map(({ id, reason }) => (
              <li key={id}>
                <strong>{id}</strong>
                {'. '}
                {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** Its skills; how they are connected where another one has the same. */
function nameAmong(pattern: IFailingPattern, all: readonly IFailingPattern[]): string {
  const skills = pattern.skills.join(' → ');
  return all.every(each => each === pattern || each.skills.join(' → ') !== skills)
    ? skills
    : pattern.edges
        .map(([from, output, to, input]) => `${from}.${output} → ${to}.${input}`)
        .join(', ');
}

const STATUSES = { done: 'done', stopped: 'cancelled', failed: 'failed' } as const;

function found(run: IRunOfVolume, trans: TranslationBundle): string {
  const { job, traces, candidates, verified, shared, promotions } = run;
  const copied =
    shared === undefined
      ? ''
      : `${trans._n('%1 session copied', '%1 sessions copied', shared)}, `;
  if (job === 'system') {
    return trans.__(
      '%1, %2 to propose',
      trans._n('%1 run read', '%1 runs read', traces),
      promotions?.length ?? 0
    );
  }
  return (
    copied +
    trans.__(
      '%1, %2, %3 new to review, %4 verified',
      trans._n('%1 run read', '%1 runs read', traces),
      recurring(run, trans),
      candidates.length,
      verified
    )
  );
}

/** How many patterns there are, and which of them come to nothing new. */
function recurring(
  { patterns, turnedDown = 0, known = 0 }: IRunOfVolume,
  trans: TranslationBundle
): string {
  return [
    trans._n('%1 pattern', '%1 patterns', patterns),
    ...(turnedDown > 0
      ? [trans._n('%1 turned down before', '%1 turned down before', turnedDown)]
      : []),
    ...(known > 0 ? [trans._n('%1 known', '%1 known', known)] : [])
  ].join(', ');
}
