import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Ago } from '../../session/panel/Ago';
import { until } from '../../session/panel/words';
import type { IJobProgress, IJobState } from '../tokens';
import type { IEvolutionActions } from './actions';
import { volumeName } from './volumeName';

interface IJobRowProps {
  readonly state: IJobState;
  readonly actions: IEvolutionActions;
  readonly trans: TranslationBundle;
}

/** A job: when it comes, how far it is, what it may do, and the one button that fits. */
export function JobRow(props: IJobRowProps): React.JSX.Element {
  const { state, trans } = props;
  const { progress, volume, problem, failure } = state;
  const name = volumeName(volume, trans);
  return (
    <section className="llmos-EvolutionJob" aria-label={name} data-volume={volume}>
      <div className="llmos-EvolutionJob-head">
        <div>
          <strong>{name}</strong>
          <div className="llmos-EvolutionJob-when" role="status">
            {progress ? progressText(progress, trans) : <When {...{ state, trans }} />}
          </div>
        </div>
        <RunButton {...props} />
      </div>
      {progress && (
        <progress
          className="llmos-EvolutionJob-bar"
          aria-label={trans.__('Progress of the job')}
          {...(progress.total > 0 && { value: progress.done, max: progress.total })}
        />
      )}
      {problem !== null && (
        <p className="llmos-Evolution-problem" role="alert">
          {trans.__('Not all of the volume could be read: %1', problem)}
        </p>
      )}
      {failure !== null && (
        <p className="llmos-Evolution-problem" role="alert">
          {trans.__('The last run failed: %1', failure)}
        </p>
      )}
      <Options {...props} />
    </section>
  );
}

/** What the job may do, folded: what waits for review stands below all jobs. */
function Options(props: IJobRowProps): React.JSX.Element {
  const {
    state: { job, shares, asksModel },
    trans
  } = props;
  const isTeam = job === 'team';
  return (
    <details className="llmos-EvolutionJob-options">
      <summary>
        {!isTeam
          ? trans.__('Options')
          : shares
            ? trans.__('Options: your sessions are shared')
            : trans.__('Options: your sessions are not shared')}
      </summary>
      <ByItself {...props} />
      {isTeam && <Consent {...props} />}
      {asksModel !== undefined && <ModelConsent {...props} />}
    </details>
  );
}

function RunButton({ state, actions, trans }: IJobRowProps): React.JSX.Element {
  const { job, volume, progress } = state;
  return progress ? (
    <button
      type="button"
      className="jp-mod-styled jp-mod-minimal"
      onClick={() => actions.stop(volume)}
    >
      {trans.__('Stop')}
    </button>
  ) : (
    <button
      type="button"
      className={`jp-mod-styled ${job === 'user' ? 'jp-mod-accept' : ''}`}
      title={
        job === 'system'
          ? trans.__('Look for team skills that many use with success')
          : trans.__('Look for workflows that were run again and again')
      }
      onClick={() => actions.run(volume)}
    >
      {trans.__('Run now')}
    </button>
  );
}

/** Whether it runs without being told to, and how often. */
function ByItself({ state, actions, trans }: IJobRowProps): React.JSX.Element {
  const { job, isOn, hours } = state;
  const often =
    hours % 24 === 0
      ? trans._n('Run by itself every day', 'Run by itself every %1 days', hours / 24)
      : trans._n('Run by itself every hour', 'Run by itself every %1 hours', hours);
  return (
    <label className="llmos-EvolutionJob-choice">
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        onChange={event => actions.turn(job, event.target.checked)}
      />
      <span>
        {often}
        {job === 'team' && <small>{trans.__('For all teams that you are in.')}</small>}
      </span>
    </label>
  );
}

/** Says plainly what is copied where, before it is. */
function Consent({ state, actions, trans }: IJobRowProps): React.JSX.Element {
  const { volume, shares = false } = state;
  return (
    <label className="llmos-EvolutionJob-choice">
      <input
        type="checkbox"
        checked={shares}
        onChange={event => actions.share(volume, event.target.checked)}
      />
      <span>
        {trans.__('Share my sessions with the team')}
        <small>
          {trans.__(
            'Copies what you have committed (notebooks, conversations, records of runs, artifacts) into the volume of the team, where all members read it. What was copied stays when you turn this off.'
          )}
        </small>
      </span>
    </label>
  );
}

/** What goes to the model, before it goes. */
function ModelConsent({ state, actions, trans }: IJobRowProps): React.JSX.Element {
  return (
    <label className="llmos-EvolutionJob-choice">
      <input
        type="checkbox"
        checked={state.asksModel === true}
        onChange={event => actions.useModel(event.target.checked)}
      />
      <span>
        {trans.__('Ask the model too')}
        <small>
          {trans.__(
            'The model that is set for the assistant then gets the messages of your latest session commits (prompts, artifacts) and the names of steps, drafts guides and suggests names.'
          )}
        </small>
      </span>
    </label>
  );
}

function When({
  state: { isOn, due, job },
  trans
}: {
  readonly state: IJobState;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  if (!isOn) {
    return <>{trans.__('Off: runs only when you say so')}</>;
  }
  if (due === null) {
    return (
      <>
        {job === 'user'
          ? trans.__('Begins with your first session')
          : trans.__('Begins with the first session of a team')}
      </>
    );
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
  { phase, done, total, name }: IJobProgress,
  trans: TranslationBundle
): string {
  switch (phase) {
    case 'sharing':
      return trans.__('Copying session %1 of %2: %3', done, total, name ?? '');
    case 'reading':
      return trans.__('Reading session %1 of %2…', done, total);
    case 'mining':
      return trans.__('Looking for what recurs…');
    case 'replaying':
      return trans.__('Replaying %1 of %2: %3', done, total, name ?? '');
    case 'asking':
      return trans.__('Asking the model…');
  }
}
