import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICellDiff, IDiffLine, INotebookDiff } from '@llmos-lab/skills';
import * as React from 'react';

/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;

/** A notebook's changes, cell by cell; runs of unchanged cells are one line. */
export function NotebookDiffView(props: {
  readonly diff: INotebookDiff;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { diff, trans } = props;
  return (
    <div className="llmos-NotebookDiff">
      <p className="llmos-NotebookDiff-counts">{countsText(diff, trans)}</p>
      {groups(diff.cells).map((group, index) =>
        Array.isArray(group) ? (
          <details key={index} className="llmos-NotebookDiff-same">
            <summary>
              {trans._n('%1 cell unchanged', '%1 cells unchanged', group.length)}
            </summary>
            {(group as readonly ICellDiff[]).map((cell, at) => (
              <Cell key={at} cell={cell} trans={trans} />
            ))}
          </details>
        ) : (
          <Cell key={index} cell={group as ICellDiff} trans={trans} />
        )
      )}
    </div>
  );
}

function countsText({ counts }: INotebookDiff, trans: TranslationBundle): string {
  const parts = [
    counts.changed > 0 &&
      trans._n('%1 cell changed', '%1 cells changed', counts.changed),
    counts.added > 0 && trans._n('%1 added', '%1 added', counts.added),
    counts.removed > 0 && trans._n('%1 removed', '%1 removed', counts.removed),
    counts.moved > 0 && trans._n('%1 moved', '%1 moved', counts.moved)
  ].filter(part => part !== false);
  return parts.length === 0 ? trans.__('The cells are the same.') : parts.join(' · ');
}

/** Changed cells each by itself, unchanged neighbours together. */
function groups(
  cells: readonly ICellDiff[]
): readonly (ICellDiff | readonly ICellDiff[])[] {
  const found: (ICellDiff | ICellDiff[])[] = [];
  for (const cell of cells) {
    const last = found.at(-1);
    if (cell.kind !== 'same' || cell.isMoved || cell.hasOtherOutputs) {
      found.push(cell);
    } else if (Array.isArray(last)) {
      last.push(cell);
    } else {
      found.push([cell]);
    }
  }
  return found;
}

interface ICellProps {
  readonly cell: ICellDiff;
  readonly trans: TranslationBundle;
}

function Cell({ cell, trans }: ICellProps): React.JSX.Element {
  const { kind, isMoved, parameters } = cell;
  return (
    <section className="llmos-CellDiff" data-change={isMoved ? 'moved' : kind}>
      <header>
        <span className="llmos-CellDiff-kind">{kindText(cell, trans)}</span>
        <span className="llmos-CellDiff-place">{placeText(cell, trans)}</span>
      </header>
      {parameters.length > 0 && (
        <ul className="llmos-CellDiff-parameters">
          {parameters.map(({ skill, input, from, to }) => (
            <li key={input}>
              <span>{skill}</span> <strong>{input}</strong>{' '}
              <del>{from ?? trans.__('default')}</del> →{' '}
              <ins>{to ?? trans.__('default')}</ins>
            </li>
          ))}
        </ul>
      )}
      <Source cell={cell} trans={trans} />
      {cell.hasOtherOutputs && kind !== 'same' && (
        <p className="llmos-CellDiff-outputs">{trans.__('Its outputs changed too.')}</p>
      )}
    </section>
  );
}

/** Source that is the same is not shown again: only where the cell stands matters. */
function Source({ cell, trans }: ICellProps): React.JSX.Element {
  const [showsAll, setShowsAll] = React.useState(false);
  const lines = showsAll ? cell.lines : cell.lines.filter(near(cell.lines));
  const hidden = cell.lines.length - lines.length;
  return (
    <>
      <pre className="llmos-CellDiff-source">
        {lines.map((line, index) => (
          <Line key={index} line={line} trans={trans} />
        ))}
      </pre>
      {hidden > 0 && (
        <button
          type="button"
          className="llmos-SessionDetails-link"
          onClick={() => setShowsAll(true)}
        >
          {trans._n('Show %1 unchanged line', 'Show %1 unchanged lines', hidden)}
        </button>
      )}
    </>
  );
}

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;

function Line(props: {
  readonly line: IDiffLine;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { line, trans } = props;
  const names = { same: '', added: trans.__('added'), removed: trans.__('removed') };
  return (
    <span className="llmos-CellDiff-line" data-change={line.kind}>
      <span className="llmos-CellDiff-sign" aria-label={names[line.kind] || undefined}>
        {SIGNS[line.kind]}
      </span>
      {line.text}
      {'\n'}
    </span>
  );
}

/** Whether a line is a change, or close to one. */
function near(lines: readonly IDiffLine[]): (line: IDiffLine, at: number) => boolean {
  const changes = lines.flatMap(({ kind }, at) => (kind === 'same' ? [] : [at]));
  return (_, at) =>
    changes.length === 0
      ? at < 2 * CONTEXT
      : changes.some(change => Math.abs(change - at) <= CONTEXT);
}

function kindText(cell: ICellDiff, trans: TranslationBundle): string {
  const { kind, isMoved, hasOtherOutputs } = cell;
  if (kind === 'same' && hasOtherOutputs) {
    return isMoved
      ? trans.__('moved, outputs changed')
      : trans.__('source unchanged, outputs changed');
  }
  const names = {
    same: trans.__('unchanged'),
    changed: trans.__('changed'),
    added: trans.__('added'),
    removed: trans.__('removed')
  };
  if (!isMoved) {
    return names[kind];
  }
  return kind === 'same' ? trans.__('moved') : trans.__('moved and changed');
}

function placeText(cell: ICellDiff, trans: TranslationBundle): string {
  const { beforeNumber: from, afterNumber: to } = cell;
  const type = (cell.after ?? cell.before)?.type;
  // Cells of both kinds are counted, as the notebook has them.
  const place = cell.isMoved ? `${from} → ${to}` : `${to ?? from}`;
  return type === 'code'
    ? trans.__('cell %1, code', place)
    : trans.__('cell %1, text', place);
}
