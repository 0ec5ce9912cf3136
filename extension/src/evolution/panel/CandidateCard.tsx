import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { USER_VOLUME } from '../../volumes/copyToUser';
import type { IReviewed } from '../tokens';
import type { IEvolutionActions } from './actions';
import { CardButton } from './CardButton';
import { LearnedInputs } from './LearnedInputs';
import { LinkButton } from './LinkButton';
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
  const { skill, provenance, review } = candidate;
  const { runs, users, sessions, success } = provenance;
  const percent = Math.round(100 * success);
  return (
    <li className="llmos-Candidate" data-candidate={candidate.id}>
      <h4>{skill.name}</h4>
      <div className="llmos-Candidate-id">{skill.id}</div>
      <Kind candidate={candidate} trans={trans} />
      <p className="llmos-Candidate-facts">
        {trans._n('%1 run', '%1 runs', runs)}
        {', '}
        {trans._n('%1 session', '%1 sessions', sessions)}
        {', '}
        {trans._n('%1 person', '%1 people', users)}
        {', '}
        {trans.__('%1 % successful', percent)}
        {', '}
        <span
          title={trans.__(
            'How sure it is that such runs succeed: it grows with their number and with the people who made them, and says nothing of the replays'
          )}
        >
          {trans.__('pattern confidence %1 %', Math.round(100 * review.confidence))}
        </span>
      </p>
      <Suggestion {...props} />
      {review.note !== undefined && (
        <p className="llmos-Candidate-note">{review.note}</p>
      )}
      <UpdateDiff candidate={candidate} trans={trans} />
      <SubGraph code={skill.code} label={skill.name} />
      <LearnedInputs candidate={candidate} trans={trans} />
      <ReplayReport {...props} />
      <Examples {...props} />
      <Buttons {...props} />
    </li>
  );
}

/** Where it is, unless it is a new one for the person's own volume. */
function Kind({
  candidate,
  trans
}: Pick<ICandidateCardProps, 'candidate' | 'trans'>): React.JSX.Element | null {
  const kind = kindOf(candidate, trans);
  return kind === null ? null : <div className="llmos-Candidate-kind">{kind}</div>;
}

function kindOf(
  { volume, review, isApplied }: IReviewed,
  trans: TranslationBundle
): string | null {
  const name = volumeName(volume, trans);
  if (isApplied) {
    return trans.__('Draft in: %1. Applied automatically, not reviewed yet.', name);
  }
  if (review.updates !== undefined) {
    return trans.__('Update in: %1', name);
  }
  return volume === USER_VOLUME ? null : name;
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
      <LinkButton onClick={() => actions.takeName(candidate, suggestion)}>
        {trans.__('Take this name')}
      </LinkButton>
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
            <LinkButton onClick={() => actions.openSession(volume, id)}>
              {actions.sessionName(volume, id)}
            </LinkButton>
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
  const { skill, volume, isApplied } = candidate;
  const isOwn = volume === USER_VOLUME;
  const { accept, reject } = titles(candidate, trans);
  return (
    <div className="llmos-Candidate-buttons">
      <CardButton
        label={trans.__('Accept')}
        title={accept}
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
      {!isApplied && (
        <CardButton
          label={trans.__('Rename…')}
          title={trans.__('Give it another name and id')}
          of={skill.name}
          onClick={() => actions.rename(candidate)}
        />
      )}
      <CardButton
        label={trans.__('Reject…')}
        title={reject}
        of={skill.name}
        onClick={() => actions.reject(candidate)}
      />
    </div>
  );
}

/** What the two decisions come to. */
function titles(
  { review, isApplied }: IReviewed,
  trans: TranslationBundle
): { readonly accept: string; readonly reject: string } {
  if (isApplied) {
    return {
      accept: trans.__('It is a draft no longer, and can be promoted'),
      reject: trans.__(
        'Take it out of the volume; this workflow is not proposed until you press Propose again in the panel'
      )
    };
  }
  return review.updates === undefined
    ? {
        accept: trans.__('Commit it to the volume as a skill'),
        reject: trans.__(
          'Take it away; this workflow is not proposed until you press Propose again in the panel'
        )
      }
    : {
        accept: trans.__('Commit the changes to the skill'),
        reject: trans.__('Keep the skill as it is until there are new runs')
      };
}
