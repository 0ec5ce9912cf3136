import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { sizeText } from '../../size';
import { uncommittedText } from '../uncommitted';
import type { IVolumeView } from './model';

/** Commits and what is not committed; more numbers when they are asked for. */
export function VolumeStats(props: {
  readonly volume: IVolumeView;
  readonly toggleStats: (name: string) => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { volume, toggleStats, trans } = props;
  const { stats, commits } = volume;
  const uncommitted = uncommittedText(volume.uncommitted, volume.edited, trans);
  return (
    <div className="llmos-SessionPanel-stats">
      <button
        type="button"
        aria-expanded={stats !== undefined}
        title={trans.__('Count files, skills and sizes')}
        onClick={() => toggleStats(volume.name)}
      >
        {trans._n('%1 commit', '%1 commits', commits)}
        {uncommitted !== '' && ` · ${uncommitted}`}
      </button>
      {stats === 'counting' && <span role="status">{trans.__('Counting…')}</span>}
      {typeof stats === 'object' && 'problem' in stats && (
        <span role="alert">{trans.__('It cannot be counted: %1', stats.problem)}</span>
      )}
      {typeof stats === 'object' && 'files' in stats && (
        <span>
          {trans._n('%1 session', '%1 sessions', volume.total)}
          {' · '}
          {trans._n('%1 skill', '%1 skills', stats.skills)}
          {' · '}
          {trans._n('%1 file', '%1 files', stats.files)}
          {', '}
          {sizeText(stats.size)}
        </span>
      )}
    </div>
  );
}
