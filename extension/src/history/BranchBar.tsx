import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { IHistoryActions } from './HistoryPanel';
import type { IHistoryState } from './model';

/** Which branch the history is of, where there are several, and what can be done with it. */
export function BranchBar(props: {
  readonly state: IHistoryState;
  readonly actions: IHistoryActions;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { state, actions, trans } = props;
  const { range, branches } = state;
  const { volume, branch } = range;
  if (branches.length === 0 && branch === undefined) {
    return null;
  }
  return (
    <div className="llmos-History-branches">
      <select
        aria-label={trans.__('Branch')}
        value={branch ?? ''}
        onChange={({ target }) =>
          actions.show({ volume, ...(target.value && { branch: target.value }) })
        }
      >
        <option value="">{trans.__('main (your files)')}</option>
        {branches.map(name => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {branch !== undefined && (
        <>
          <button
            type="button"
            className="llmos-History-button"
            onClick={() => actions.mergeBranch(range, branch)}
          >
            {trans.__('Merge "%1" into main…', branch)}
          </button>
          <button
            type="button"
            className="llmos-History-button"
            onClick={() => actions.deleteBranch(range, branch)}
          >
            {trans.__('Delete…')}
          </button>
        </>
      )}
    </div>
  );
}
