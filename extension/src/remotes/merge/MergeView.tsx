import type { TranslationBundle } from '@jupyterlab/translation';
import type { IMergeConflict, MergeChoice } from '@llmos-lab/skills';
import * as React from 'react';

import { FileDiffView } from '../../history/FileDiffView';
import type { IMergeRow, IMergeState } from './model';

/** The files that both sides changed, and what can be chosen. */
export interface IMergeViewProps {
  readonly state: IMergeState;
  /** Where the other side is, such as `ana/volume`. */
  readonly from: string;
  /** For one file, or for all where none is named. */
  readonly choose: (choice: MergeChoice, path?: string) => void;
  readonly open: (path: string) => void;
  readonly trans: TranslationBundle;
}

/** A row for each file with mine, theirs or both, and the difference of one of them. */
export function MergeView(props: IMergeViewProps): React.JSX.Element {
  const { state, from, trans } = props;
  const open = state.rows.find(({ conflict }) => conflict.path === state.open);
  const title = open?.title ?? state.open;
  return (
    <div className="llmos-Merge">
      <p>
        {trans._n(
          'One file was changed here and in %2. Both versions are kept until you choose one.',
          '%1 files were changed here and in %2. Both versions are kept until you choose one.',
          state.rows.length,
          from
        )}
        {state.others > 0 &&
          ` ${trans._n('%1 other change is taken as it is.', '%1 other changes are taken as they are.', state.others)}`}
      </p>
      <AllButtons {...props} />
      <ul className="llmos-Merge-files">
        {state.rows.map(row => (
          <Row key={row.conflict.path} {...props} row={row} />
        ))}
      </ul>
      <section
        className="llmos-Merge-diff"
        aria-label={trans.__('Difference of %1', title)}
      >
        <h4>{trans.__('%1: from mine to theirs', title)}</h4>
        {state.diffProblem === null ? (
          <FileDiffView path={state.open} diff={state.diff} trans={trans} />
        ) : (
          <p role="alert">{state.diffProblem}</p>
        )}
      </section>
    </div>
  );
}

function AllButtons(props: IMergeViewProps): React.JSX.Element | null {
  const { state, choose, trans } = props;
  if (state.rows.length < 2) {
    return null;
  }
  const all = [
    ['mine', trans.__('All mine')],
    ['theirs', trans.__('All theirs')],
    ['both', trans.__('Both of all')]
  ] as const;
  return (
    <div className="llmos-Merge-all">
      {all.map(([choice, label]) => (
        <button
          key={choice}
          type="button"
          className="jp-mod-styled"
          onClick={() => choose(choice)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Row(props: IMergeViewProps & { readonly row: IMergeRow }): React.JSX.Element {
  const { row, state, choose, open, trans } = props;
  const { conflict, choice, title } = row;
  const { path } = conflict;
  return (
    <li className={path === state.open ? 'llmos-mod-active' : undefined}>
      <button
        type="button"
        className="llmos-Merge-path"
        aria-pressed={path === state.open}
        title={path}
        onClick={() => open(path)}
      >
        {title}
      </button>
      <fieldset>
        <legend>{trans.__('Version of %1 to keep', title)}</legend>
        {choicesOf(conflict, trans).map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              name={`merge-${path}`}
              value={value}
              checked={choice === value}
              onChange={() => choose(value, path)}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <small>{consequence(row, trans)}</small>
    </li>
  );
}

/** Beside a deleted file nothing can stand: there is mine or theirs then. */
function choicesOf(
  { mine, theirs }: IMergeConflict,
  trans: TranslationBundle
): readonly (readonly [MergeChoice, string])[] {
  return [
    ['mine', mine === null ? trans.__('mine (deleted)') : trans.__('mine')],
    ['theirs', theirs === null ? trans.__('theirs (deleted)') : trans.__('theirs')],
    [
      'both',
      mine === null || theirs === null
        ? trans.__('the one that is left')
        : trans.__('both')
    ]
  ];
}

function consequence(
  { conflict: { mine, theirs }, choice, title, besideTitle }: IMergeRow,
  trans: TranslationBundle
): string {
  if (choice === 'both' && mine !== null && theirs !== null) {
    return trans.__('Theirs is kept beside mine as %1', besideTitle);
  }
  const isKept =
    choice === 'both' || (choice === 'mine' ? mine !== null : theirs !== null);
  return isKept
    ? trans.__('The other version stays in the history')
    : trans.__('%1 is deleted; it stays in the history', title);
}
