import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Ago } from '../../session/panel/Ago';
import type { IRejectionOfVolume } from '../tokens';
import { volumeName } from './volumeName';

/** What people have turned down, folded up; nothing where they have not. */
export function RejectionList({
  rejections,
  trans
}: {
  readonly rejections: readonly IRejectionOfVolume[];
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  return rejections.length === 0 ? null : (
    <details className="llmos-Evolution-rejections">
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
            {reason !== '' && `: ${reason}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
