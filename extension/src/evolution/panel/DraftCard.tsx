import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IDraft } from '../tokens';
import type { IEvolutionActions } from './actions';
import { CardButton } from './CardButton';

interface IDraftProps {
  readonly draft: IDraft;
  readonly actions: IEvolutionActions;
  readonly trans: TranslationBundle;
}

/** A guide that a model drafted, shown as the text that it is. */
export function DraftCard({ draft, actions, trans }: IDraftProps): React.JSX.Element {
  const { skill, origin } = draft;
  const { commits, confidence, model } = origin;
  return (
    <li className="llmos-Candidate" data-draft={draft.id}>
      <h4>{skill.name}</h4>
      <div className="llmos-Candidate-id">{skill.id}</div>
      <p className="llmos-Candidate-facts">
        {trans.__(
          'Guide for the assistant, drafted by %1 from %2 with confidence %3 %',
          model,
          trans._n('%1 commit', '%1 commits', commits.length),
          Math.round(100 * confidence)
        )}
      </p>
      <p>{skill.description}</p>
      <details className="llmos-Candidate-draft">
        <summary>{trans.__('The text')}</summary>
        <pre>{skill.body}</pre>
      </details>
      <details>
        <summary>{trans.__('Commits with it')}</summary>
        <ul>
          {commits.map(oid => (
            <li key={oid}>
              <code>{oid.slice(0, 7)}</code>
            </li>
          ))}
        </ul>
      </details>
      <DraftButtons {...{ draft, actions, trans }} />
    </li>
  );
}

function DraftButtons({ draft, actions, trans }: IDraftProps): React.JSX.Element {
  const { name } = draft.skill;
  return (
    <div className="llmos-Candidate-buttons">
      <CardButton
        label={trans.__('Accept')}
        title={trans.__('Commit it to the volume as a skill')}
        of={name}
        onClick={() => actions.accept(draft)}
        isMain
      />
      <CardButton
        label={trans.__('Edit')}
        title={trans.__('Open its file')}
        of={name}
        onClick={() => actions.edit(draft)}
      />
      <CardButton
        label={trans.__('Reject…')}
        title={trans.__(
          'Take it away; these commits are not proposed until you press Propose again in the panel'
        )}
        of={name}
        onClick={() => actions.reject(draft)}
      />
    </div>
  );
}
