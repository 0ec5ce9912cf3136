import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ICandidateFile } from '../evolutionFiles';
import type { IEvolutionActions } from './actions';
import { LearnedInputs } from './LearnedInputs';
import { ReplayReport } from './ReplayReport';
import { SubGraph } from './SubGraph';

/** A learned skill with all that one needs to decide on it. */
export interface ICandidateCardProps {
  readonly candidate: ICandidateFile;
  readonly actions: IEvolutionActions;
  readonly trans: TranslationBundle;
}

/** What it does, where it was seen, what was learned, and how it was verified. */
export function CandidateCard(props: ICandidateCardProps): React.JSX.Element {
  const { candidate, trans } = props;
  const { skill, provenance, review } = candidate;
  const { runs, users, sessions, success } = provenance;
  const percent = Math.round(100 * success);
  return (
    <li className="llmos-Candidate" data-candidate={candidate.id}>
      <h4>{skill.name}</h4>
      <div className="llmos-Candidate-id">{skill.id}</div>
      <p className="llmos-Candidate-facts">
        {trans._n('%1 run', '%1 runs', runs)}
        {', '}
        {trans._n('%1 session', '%1 sessions', sessions)}
        {', '}
        {trans._n('%1 person', '%1 people', users)}
        {', '}
        {trans.__('%1 % successful', percent)}
        {', '}
        {trans.__('confidence %1 %', Math.round(100 * review.confidence))}
      </p>
      <SubGraph code={skill.code} label={skill.name} />
      <LearnedInputs candidate={candidate} trans={trans} />
      <ReplayReport report={review.report} trans={trans} />
      <Examples {...props} />
      <Buttons {...props} />
    </li>
  );
}

function Examples({
  candidate: { review },
  actions,
  trans
}: ICandidateCardProps): React.JSX.Element {
  return (
    <details className="llmos-Candidate-examples">
      <summary>{trans.__('Sessions with it')}</summary>
      <ul>
        {review.sessions.map(id => (
          <li key={id}>
            <button
              type="button"
              className="llmos-Candidate-link"
              onClick={() => actions.openSession(id)}
            >
              {actions.sessionName(id)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Buttons({
  candidate: { id, path, skill },
  actions,
  trans
}: ICandidateCardProps): React.JSX.Element {
  const button = (
    label: string,
    title: string,
    onClick: () => void,
    look = ''
  ): React.JSX.Element => (
    <button
      type="button"
      className={`jp-mod-styled ${look}`}
      title={title}
      aria-label={`${label}: ${skill.name}`}
      onClick={onClick}
    >
      {label}
    </button>
  );
  return (
    <div className="llmos-Candidate-buttons">
      {button(
        trans.__('Accept'),
        trans.__('Commit it to your volume as a skill'),
        () => actions.accept(id),
        'jp-mod-accept'
      )}
      {button(trans.__('Edit'), trans.__('Open its file'), () => actions.edit(path))}
      {button(trans.__('Rename…'), trans.__('Give it another name and id'), () =>
        actions.rename(id)
      )}
      {button(
        trans.__('Reject…'),
        trans.__('Take it away; this workflow is not proposed again'),
        () => actions.reject(id)
      )}
    </div>
  );
}
