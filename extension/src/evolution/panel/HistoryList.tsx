import type { TranslationBundle } from '@jupyterlab/translation';
import type { IEvolutionRun } from '@llmos-lab/skills';
import * as React from 'react';

import { StatusIcon } from '../../graph/status/StatusIcon';
import { Ago } from '../../session/panel/Ago';

/** Runs that are shown. */
const MOST = 10;

/** The last runs of jobs: what they read, found and rejected. */
export function HistoryList({
  history,
  trans
}: {
  readonly history: readonly IEvolutionRun[];
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  return (
    <ul className="llmos-Evolution-history">
      {history.slice(0, MOST).map(run => (
        <li key={run.id}>
          <StatusIcon status={STATUSES[run.status]} trans={trans} />{' '}
          <Ago time={run.started} />
          {': '}
          {run.error ?? found(run, trans)}
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
      ))}
    </ul>
  );
}

const STATUSES = { done: 'done', stopped: 'cancelled', failed: 'failed' } as const;

function found(
  { traces, patterns, candidates, verified }: IEvolutionRun,
  trans: TranslationBundle
): string {
  return trans.__(
    '%1, %2, %3 to review, %4 verified',
    trans._n('%1 run read', '%1 runs read', traces),
    trans._n('%1 pattern', '%1 patterns', patterns),
    candidates.length,
    verified
  );
}
