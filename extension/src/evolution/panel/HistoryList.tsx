import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { StatusIcon } from '../../graph/status/StatusIcon';
import { Ago } from '../../session/panel/Ago';
import type { IRunOfVolume } from '../tokens';
import { volumeName } from './volumeName';

/** Runs that are shown. */
const MOST = 10;

/** The last runs of jobs: what they read, found and rejected. */
export function HistoryList({
  history,
  trans
}: {
  readonly history: readonly IRunOfVolume[];
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  return (
    <ul className="llmos-Evolution-history">
      {history.slice(0, MOST).map(run => (
        <li key={`${run.volume}/${run.id}`}>
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
      ))}
    </ul>
  );
}

const STATUSES = { done: 'done', stopped: 'cancelled', failed: 'failed' } as const;

function found(
  { job, traces, patterns, candidates, verified, shared, promotions }: IRunOfVolume,
  trans: TranslationBundle
): string {
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
      '%1, %2, %3 to review, %4 verified',
      trans._n('%1 run read', '%1 runs read', traces),
      trans._n('%1 pattern', '%1 patterns', patterns),
      candidates.length,
      verified
    )
  );
}
