import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Ago } from '../../session/panel/Ago';
import type { IRejectionOfVolume } from '../tokens';
import type { IEvolutionActions } from './actions';
import { LinkButton } from './LinkButton';
import { volumeName } from './volumeName';

/** What people have turned down, folded up; nothing where they have not. */
export function RejectionList({
  rejections,
  actions,
  trans
}: {
  readonly rejections: readonly IRejectionOfVolume[];
  readonly actions: Pick<IEvolutionActions, 'allow'>;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  // Outlives the list, which goes away when it is empty and comes back with a rejection.
  const [isOpen, setOpen] = React.useState(false);
  return rejections.length === 0 ? null : (
    <details
      className="llmos-Evolution-rejections"
      open={isOpen}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary>
        {trans._n('%1 turned down', '%1 turned down', rejections.length)}
      </summary>
      <ul>
        {rejections.map(({ volume, id, at, reason }) => (
          <li key={`${volume}/${id}/${at}`}>
            <strong>{id}</strong>
            {', '}
            {volumeName(volume, trans)}
            {', '}
            <Ago time={at} />
            {reason !== '' && `: ${reason}`}{' '}
            <LinkButton
              title={trans.__('Take the rejection back, so that it can be proposed')}
              label={trans.__('Propose %1 again', id)}
              onClick={() => actions.allow({ volume, id })}
            >
              {trans.__('Propose again')}
            </LinkButton>
          </li>
        ))}
      </ul>
    </details>
  );
}
