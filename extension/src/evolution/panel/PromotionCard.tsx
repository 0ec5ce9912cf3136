import type { TranslationBundle } from '@jupyterlab/translation';
import type { IPromotable } from '@llmos-lab/skills';
import * as React from 'react';

import type { IEvolutionActions } from './actions';
import { CardButton } from './CardButton';
import { volumeName } from './volumeName';

/** A team's skill that has earned a place for everybody, and what speaks for it. */
export function PromotionCard({
  promotion,
  actions,
  trans
}: {
  readonly promotion: IPromotable;
  readonly actions: IEvolutionActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { id, volume, users, runs, success } = promotion;
  const reason = trans.__(
    'Used by %1 people of %2 in %3 runs, %4 % of them successful.',
    users,
    volumeName(volume, trans),
    runs,
    Math.round(100 * success)
  );
  return (
    <li className="llmos-Candidate" data-promotion={id}>
      <h4>{id}</h4>
      <p className="llmos-Candidate-facts">{reason}</p>
      <div className="llmos-Candidate-buttons">
        <CardButton
          label={trans.__('Propose…')}
          title={trans.__('A pull request, or a file to send; nothing is sent unasked')}
          of={id}
          onClick={() => actions.promote(promotion, reason)}
          isMain
        />
        <CardButton
          label={trans.__('Not this one')}
          title={trans.__(
            'This version is not proposed until you press Propose again in the panel'
          )}
          of={id}
          onClick={() => actions.dismiss(promotion)}
        />
      </div>
    </li>
  );
}
