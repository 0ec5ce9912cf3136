import type { TranslationBundle } from '@jupyterlab/translation';
import type { IReplayReport, ReplayedRun } from '@llmos-lab/skills';
import * as React from 'react';

import { StatusIcon } from '../../graph/status/StatusIcon';

/** The verdict in a line, and each run below. */
export function ReplayReport({
  report,
  trans
}: {
  readonly report: IReplayReport;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const verdict = {
    accepted: trans.__('Verified'),
    rejected: trans.__('Disagrees'),
    review: trans.__('Needs your judgement')
  }[report.verdict];
  return (
    <details className={`llmos-Replay llmos-mod-${report.verdict}`}>
      <summary>
        <strong>{verdict}</strong>
        {'. '}
        {report.reason}
      </summary>
      <ul>
        {report.runs.map(run => (
          <li key={run.trace}>
            <StatusIcon status={STATUSES[run.kind]} trans={trans} />{' '}
            <code title={run.trace}>{run.trace.slice(-8)}</code> {runText(run, trans)}
          </li>
        ))}
      </ul>
    </details>
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
