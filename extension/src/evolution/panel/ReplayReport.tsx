import type { TranslationBundle } from '@jupyterlab/translation';
import { verdictOf, type ReplayedRun } from '@llmos-lab/skills';
import * as React from 'react';

import { StatusIcon } from '../../graph/status/StatusIcon';
import type { IReviewed } from '../tokens';
import type { IEvolutionActions } from './actions';
import { LinkButton } from './LinkButton';

interface IReplayProps {
  readonly candidate: IReviewed;
  readonly actions: IEvolutionActions;
  readonly trans: TranslationBundle;
}

/** The verdict in a line, and each run below. */
export function ReplayReport(props: IReplayProps): React.JSX.Element {
  const { candidate, trans } = props;
  const { report } = candidate.review;
  const verdict = verdictOf(candidate);
  if (verdict === 'edited') {
    return <Edited {...props} />;
  }
  const told = {
    accepted: trans.__('Verified'),
    rejected: trans.__('Disagrees'),
    review: trans.__('Needs your judgement')
  }[verdict];
  return (
    <details className={`llmos-Replay llmos-mod-${verdict}`}>
      <summary
        title={trans.__(
          'Runs were repeated and their outputs compared. The percentage is the least share that agrees, with 95 % confidence: few replays say little'
        )}
      >
        <strong>{told}</strong>
        {'. '}
        {report.reason}
      </summary>
      <ul>
        {report.runs.map(run => (
          <li key={run.trace}>
            <StatusIcon status={STATUSES[run.kind]} trans={trans} />{' '}
            <Run {...{ run, ...props }} /> {runText(run, trans)}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The run by the end of its id, with the way to its notebook. */
function Run({
  run: { trace, session },
  candidate: { volume },
  actions
}: IReplayProps & { readonly run: ReplayedRun }): React.JSX.Element {
  const id = <code title={trace}>{trace.slice(-8)}</code>;
  return session === undefined ? (
    id
  ) : (
    <LinkButton
      title={actions.sessionName(volume, session)}
      onClick={() => actions.openSession(volume, session)}
    >
      {id}
    </LinkButton>
  );
}

/** Its replays ran another text; a run of the job replays what waits. */
function Edited({
  candidate: { volume, isApplied },
  actions,
  trans
}: IReplayProps): React.JSX.Element {
  return (
    <p className="llmos-Replay llmos-mod-review">
      <strong>{trans.__('Edited since it was verified')}</strong>
      {'. '}
      {trans.__('Its replays ran another text.')}
      {!isApplied && (
        <>
          {' '}
          <LinkButton onClick={() => actions.run(volume)}>
            {trans.__('Replay it now')}
          </LinkButton>
        </>
      )}
    </p>
  );
}

const STATUSES = {
  agrees: 'done',
  differs: 'failed',
  failed: 'failed',
  'not-replayed': 'cancelled'
} as const;

function runText(run: ReplayedRun, trans: TranslationBundle): string {
  switch (run.kind) {
    case 'agrees':
      return trans.__('agrees');
    case 'differs':
      return trans.__(
        '%1: it gave %2, the replay %3',
        run.where,
        run.expected,
        run.found
      );
    case 'failed':
      return run.message;
    case 'not-replayed':
      return run.why;
  }
}
