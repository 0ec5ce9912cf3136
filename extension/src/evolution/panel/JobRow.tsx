import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Ago } from '../../session/panel/Ago';
import { until } from '../../session/panel/words';
import type { IEvolutionProgress, IJobState } from '../tokens';
import type { IEvolutionActions } from './actions';

/** A job: when it comes, how far it is, and the one button that fits. */
export function JobRow({
  state,
  actions,
  trans
}: {
  readonly state: IJobState;
  readonly actions: IEvolutionActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { progress } = state;
  return (
    <section className="llmos-EvolutionJob">
      <div className="llmos-EvolutionJob-head">
        <div>
          <strong>{trans.__('Your volume')}</strong>
          <div className="llmos-EvolutionJob-when" role="status">
            {progress ? progressText(progress, trans) : <When {...{ state, trans }} />}
          </div>
        </div>
        {progress ? (
          <button
            type="button"
            className="jp-mod-styled jp-mod-minimal"
            onClick={actions.stop}
          >
            {trans.__('Stop')}
          </button>
        ) : (
          <button
            type="button"
            className="jp-mod-styled jp-mod-accept"
            title={trans.__('Look for workflows that you have run again and again')}
            onClick={actions.run}
          >
            {trans.__('Run now')}
          </button>
        )}
      </div>
      {progress && (
        <progress
          className="llmos-EvolutionJob-bar"
          aria-label={trans.__('Progress of the job')}
          {...(progress.total > 0 && { value: progress.done, max: progress.total })}
        />
      )}
    </section>
  );
}

function When({
  state: { isOn, due },
  trans
}: {
  readonly state: IJobState;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  if (!isOn) {
    return <>{trans.__('Runs only when you say so (see settings)')}</>;
  }
  if (due === null) {
    return <>{trans.__('Begins with your first session')}</>;
  }
  return due <= Date.now() ? (
    <>{trans.__('Due now')}</>
  ) : (
    <>
      {trans.__('Next run')} <Ago time={due} words={until} />
    </>
  );
}

function progressText(
  { phase, done, total, name }: IEvolutionProgress,
  trans: TranslationBundle
): string {
  switch (phase) {
    case 'reading':
      return trans.__('Reading session %1 of %2…', done, total);
    case 'mining':
      return trans.__('Looking for what recurs…');
    case 'replaying':
      return trans.__('Replaying %1 of %2: %3', done, total, name ?? '');
  }
}
