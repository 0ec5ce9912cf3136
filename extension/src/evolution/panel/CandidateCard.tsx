import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { USER_VOLUME } from '../../volumes/copyToUser';
import type { IReviewed } from '../tokens';
import type { IEvolutionActions } from './actions';
import { CardButton } from './CardButton';
import { LearnedInputs } from './LearnedInputs';
import { ReplayReport } from './ReplayReport';
import { SubGraph } from './SubGraph';
import { UpdateDiff } from './UpdateDiff';
import { volumeName } from './volumeName';

/** A learned skill with all that one needs to decide on it. */
export interface ICandidateCardProps {
  readonly candidate: IReviewed;
  readonly actions: IEvolutionActions;
  readonly trans: TranslationBundle;
}

/** What it does, where it was seen, what was learned, and how it was verified. */
export function CandidateCard(props: ICandidateCardProps): React.JSX.Element {
  const { candidate, trans } = props;
  const { skill, provenance, review, volume } = candidate;
  const { runs, users, sessions, success } = provenance;
  const percent = Math.round(100 * success);
  return (
    <li className="llmos-Candidate" data-candidate={candidate.id}>
      <h4>{skill.name}</h4>
      <div className="llmos-Candidate-id">{skill.id}</div>
      {(volume !== USER_VOLUME || review.updates !== undefined) && (
        <div className="llmos-Candidate-kind">
          {review.updates === undefined
            ? volumeName(volume, trans)
            : trans.__('Update in: %1', volumeName(volume, trans))}
        </div>
      )}
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
      <Suggestion {...props} />
      {review.note !== undefined && (
        <p className="llmos-Candidate-note">{review.note}</p>
      )}
      <UpdateDiff candidate={candidate} trans={trans} />
      <SubGraph code={skill.code} label={skill.name} />
      <LearnedInputs candidate={candidate} trans={trans} />
      <ReplayReport report={review.report} trans={trans} />
      <Examples {...props} />
      <Buttons {...props} />
    </li>
  );
}

/** A better name, as the model says; nothing changes unless it is taken. */
function Suggestion({
  candidate,
  actions,
  trans
}: ICandidateCardProps): React.JSX.Element | null {
  const { suggestion } = candidate.review;
  return suggestion ? (
    <p className="llmos-Candidate-note">
      {trans.__('The model suggests “%1”: %2', suggestion.name, suggestion.description)}{' '}
      <button
        type="button"
        className="llmos-Candidate-link"
        onClick={() => actions.takeName(candidate, suggestion)}
      >
        {trans.__('Take this name')}
      </button>
    </p>
  ) : null;
}

function Examples({
  candidate: { review, volume },
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
              onClick={() => actions.openSession(volume, id)}
            >
              {actions.sessionName(volume, id)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Buttons({
  candidate,
  actions,
  trans
}: ICandidateCardProps): React.JSX.Element {
  const { skill, volume, review } = candidate;
  const isOwn = volume === USER_VOLUME;
  const isNew = review.updates === undefined;
  return (
    <div className="llmos-Candidate-buttons">
      <CardButton
        label={trans.__('Accept')}
        title={
          isNew
            ? trans.__('Commit it to the volume as a skill')
            : trans.__('Commit the changes to the skill')
        }
        of={skill.name}
        onClick={() => actions.accept(candidate)}
        isMain
      />
      <CardButton
        label={isOwn ? trans.__('Edit') : trans.__('Open')}
        title={isOwn ? trans.__('Open its file') : trans.__('Open its file, read-only')}
        of={skill.name}
        onClick={() => actions.edit(candidate)}
      />
      <CardButton
        label={trans.__('Rename…')}
        title={trans.__('Give it another name and id')}
        of={skill.name}
        onClick={() => actions.rename(candidate)}
      />
      <CardButton
        label={trans.__('Reject…')}
        title={
          isNew
            ? trans.__('Take it away; this workflow is not proposed again')
            : trans.__('Keep the skill as it is until there are new runs')
        }
        of={skill.name}
        onClick={() => actions.reject(candidate)}
      />
    </div>
  );
}
