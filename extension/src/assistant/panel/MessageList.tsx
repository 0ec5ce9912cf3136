import type { TranslationBundle } from '@jupyterlab/translation';
import { useVirtualizer } from '@tanstack/react-virtual';
import * as React from 'react';

/** Height of a message that was never drawn, in pixels. */
const GUESS = 120;
/** Distance from the end, in pixels, within which the list follows what is written. */
const NEAR_END = 80;

interface IListProps {
  /** Keys of the rows, oldest first. */
  readonly ids: readonly string[];
  readonly row: (id: string) => React.ReactNode;
  /** Changes whenever the last row may have grown. */
  readonly growth: unknown;
  /** Row to show; a new object each time. */
  readonly reveal: { readonly id: string } | null;
  readonly trans: TranslationBundle;
}

/** The conversation; only what is in sight is drawn. Follows the end while it is in sight. */
export function MessageList(props: IListProps): React.JSX.Element {
  const { ids, row, growth, reveal, trans } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const follows = React.useRef(true);
  const list = useVirtualizer({
    count: ids.length,
    getScrollElement: () => host.current,
    estimateSize: () => GUESS,
    getItemKey: index => ids[index] ?? index,
    overscan: 4
  });
  React.useLayoutEffect(() => {
    const element = host.current;
    if (element && follows.current) {
      element.scrollTop = element.scrollHeight;
    }
  }, [growth, ids.length, list.getTotalSize()]);
  React.useEffect(() => {
    const index = reveal ? ids.indexOf(reveal.id) : -1;
    if (index >= 0) {
      follows.current = false;
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
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      <div style={{ height: list.getTotalSize(), position: 'relative' }}>
        <div style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
          {items.map(({ key, index }) => (
            <div key={key} data-index={index} ref={list.measureElement}>
              {row(ids[index] ?? '')}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
