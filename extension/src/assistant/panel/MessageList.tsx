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
  const follow = useFollow(host, ids.length);
  const list = useVirtualizer({
    count: ids.length,
    getScrollElement: () => host.current,
    estimateSize: () => GUESS,
    getItemKey: index => ids[index] ?? index,
    overscan: 4
  });
  React.useLayoutEffect(follow.toEnd, [growth, ids.length, list.getTotalSize()]);
  React.useEffect(() => {
    const index = reveal ? ids.indexOf(reveal.id) : -1;
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
      onScroll={follow.onScroll}
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

/**
 * Keeps the end in sight until the person scrolls up, and again once they are back. The
 * list scrolls by itself too, when rows turn out higher or lower than guessed: only a way
 * up while it does not shrink is theirs. A new row is always shown.
 */
function useFollow(
  host: React.RefObject<HTMLDivElement | null>,
  count: number
): {
  readonly toEnd: () => void;
  readonly leave: () => void;
  readonly onScroll: () => void;
} {
  const state = React.useRef({ follows: true, top: 0, height: 0, count });
  const toEnd = (): void => {
    const element = host.current;
    if (count > state.current.count) {
      state.current.follows = true;
    }
    state.current.count = count;
    if (element && state.current.follows) {
      element.scrollTop = element.scrollHeight;
    }
  };
  const latest = React.useRef(toEnd);
  latest.current = toEnd;
  React.useEffect(() => {
    const element = host.current;
    // The space changes too, such as when a question of the assistant comes below.
    const observer = new ResizeObserver(() => latest.current());
    if (element) {
      observer.observe(element);
    }
    return () => observer.disconnect();
  }, []);
  return {
    toEnd,
    leave: () => {
      state.current.follows = false;
    },
    onScroll: () => {
      const element = host.current;
      if (element) {
        const { scrollTop: top, scrollHeight: height, clientHeight } = element;
        const before = state.current;
        if (height - top - clientHeight < NEAR_END) {
          before.follows = true;
        } else if (top < before.top && height >= before.height) {
          before.follows = false;
        }
        before.top = top;
        before.height = height;
      }
    }
  };
}
