import type { TranslationBundle } from '@jupyterlab/translation';
import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';

import { useFollow } from './follow';
import type { IRow } from './rows';

/** Height of a message that was never drawn, in pixels. */
const GUESS = 120;

interface IListProps {
  readonly rows: readonly IRow[];
  readonly draw: (row: IRow) => React.ReactNode;
  /** Changes whenever the last row may have grown. */
  readonly growth: unknown;
  /** Message to show; a new object each time. */
  readonly reveal: { readonly id: string } | null;
  readonly trans: TranslationBundle;
}

/** The conversation; only what is in sight is drawn. Follows the end while it is in sight. */
export function MessageList(props: IListProps): React.JSX.Element {
  const { rows, draw, growth, reveal, trans } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const follow = useFollow(host, rows.at(-1)?.message);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => host.current,
    estimateSize: () => GUESS,
    getItemKey: index => rows[index]?.key ?? index,
    // Every code block that scrolls is a layer of its own, also out of sight.
    overscan: 1
  });
  React.useLayoutEffect(follow.toEnd, [growth, rows.length, list.getTotalSize()]);
  React.useEffect(() => {
    const index = rows.findIndex(({ message }) => message === reveal?.id);
    if (index >= 0) {
      follow.leave();
      list.scrollToIndex(index, { align: 'center' });
    }
  }, [reveal]);
  const items = list.getVirtualItems();
  return (
    <div
      ref={host}
      className="llmos-MessageList"
      role="log"
      aria-live="polite"
      aria-label={trans.__('Conversation')}
      tabIndex={0}
      {...follow.handlers}
    >
      <div style={{ height: list.getTotalSize(), position: 'relative' }}>
        <div style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
          {items.map(({ key, index }) => {
            const row = rows[index];
            return (
              <div key={key} data-index={index} ref={list.measureElement}>
                {row && draw(row)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
