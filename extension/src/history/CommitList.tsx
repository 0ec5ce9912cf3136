import type { TranslationBundle } from '@jupyterlab/translation';
import type { IGraphRow, ILogEntry } from '@llmos-lab/skills';
import * as React from 'react';

import { Ago } from '../session/panel/Ago';
import { CommitGraph } from './CommitGraph';
import { commitWords } from './commitWords';
import type { IHistoryViewProps } from './HistoryPanel';

/** Height of a row in pixels, as the style sheet has it. */
export const ROW_HEIGHT = 44;
/** Rows drawn above and below what is seen, so that scrolling shows no gap. */
const MARGIN_ROWS = 8;

/**
 * The log: only the rows that are seen are drawn, so that ten thousand commits scroll as
 * ten do. One tab stop; arrow keys, Home and End move the choice.
 */
export function CommitList(props: IHistoryViewProps): React.JSX.Element {
  const { state, select, trans } = props;
  const list = React.useRef<HTMLDivElement>(null);
  const [top, setTop] = React.useState(0);
  const [height, setHeight] = React.useState(600);
  React.useLayoutEffect(() => {
    const node = list.current;
    if (!node || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(() => setHeight(node.clientHeight));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  const at = state.entries.findIndex(({ oid }) => oid === state.selected);
  React.useLayoutEffect(() => reveal(list.current, at), [at]);
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - MARGIN_ROWS);
  const last = Math.ceil((top + height) / ROW_HEIGHT) + MARGIN_ROWS;
  const width = columns(state.rows.slice(first, last));
  return (
    <div
      className="llmos-CommitList"
      ref={list}
      role="listbox"
      aria-label={trans.__('Commits')}
      aria-activedescendant={at < 0 ? undefined : rowId(state.selected)}
      tabIndex={0}
      onScroll={event => setTop(event.currentTarget.scrollTop)}
      onKeyDown={event => {
        const next = state.entries[stepOf(event.key, at, state.entries.length)];
        if (next) {
          event.preventDefault();
          select(next.oid);
        }
      }}
    >
      <div style={{ height: state.entries.length * ROW_HEIGHT, position: 'relative' }}>
        {state.entries.slice(first, last).map((entry, index) => (
          <CommitRow
            key={entry.oid}
            entry={entry}
            row={state.rows[first + index]}
            top={(first + index) * ROW_HEIGHT}
            columns={width}
            within={state.range.session === undefined ? 'volume' : 'session'}
            isSelected={entry.oid === state.selected}
            select={select}
            trans={trans}
          />
        ))}
      </div>
      {state.status === 'ready' && state.entries.length === 0 && (
        <Nothing total={state.total} trans={trans} />
      )}
    </div>
  );
}

/** Why no commit is listed, and what to do. */
function Nothing({
  total,
  trans
}: {
  readonly total: number;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  return (
    <p className="llmos-History-empty">
      {total === 0
        ? trans.__(
            'Nothing is committed here yet. Run a notebook, then press Commit… in the Sessions panel (or G C on a cell).'
          )
        : trans.__('No commit matches. Try another word, or empty the search.')}
    </p>
  );
}

function rowId(oid: string | undefined): string {
  return `llmos-commit-${oid}`;
}

function reveal(node: HTMLDivElement | null, at: number): void {
  if (!node || at < 0) {
    return;
  }
  const start = at * ROW_HEIGHT;
  if (start < node.scrollTop) {
    node.scrollTop = start;
  } else if (start + ROW_HEIGHT > node.scrollTop + node.clientHeight) {
    node.scrollTop = start + ROW_HEIGHT - node.clientHeight;
  }
}

/** Index that a key leads to; -1 for other keys. */
function stepOf(key: string, at: number, count: number): number {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + 10,
    PageUp: at - 10,
    Home: 0,
    End: count - 1
  };
  const next = steps[key];
  return next === undefined ? -1 : Math.min(Math.max(next, 0), count - 1);
}

function columns(rows: readonly IGraphRow[]): number {
  return rows.reduce(
    (most, { column, passing, below }) => Math.max(most, column, ...passing, ...below),
    0
  );
}

function CommitRow(props: {
  readonly entry: ILogEntry;
  readonly row: IGraphRow | undefined;
  readonly top: number;
  readonly columns: number;
  readonly within: 'session' | 'volume';
  readonly isSelected: boolean;
  readonly select: (oid: string) => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { entry, row, top, within, isSelected, select, trans } = props;
  const { oid, author } = entry;
  const { title, done } = commitWords(entry, within, trans);
  return (
    <div
      id={rowId(oid)}
      className={`llmos-CommitList-row${isSelected ? ' llmos-mod-active' : ''}`}
      role="option"
      aria-selected={isSelected}
      style={{ top, height: ROW_HEIGHT }}
      onClick={() => select(oid)}
    >
      {row && <CommitGraph row={row} columns={props.columns} height={ROW_HEIGHT} />}
      <div className="llmos-CommitList-text">
        <span className="llmos-CommitList-subject" title={title}>
          {title}
        </span>
        <span className="llmos-CommitList-note">
          <Ago time={author.time * 1000} />
          {done !== '' && <span title={done}> · {done}</span>}
          {' · '}
          {author.name} · <code>{oid.slice(0, 7)}</code>
        </span>
      </div>
    </div>
  );
}
