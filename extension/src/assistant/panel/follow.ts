import * as React from 'react';

/** Distance from the end, in pixels, within which a list follows what is written. */
const NEAR_END = 80;

/** How a list keeps its end in sight. */
export interface IFollow {
  /** Goes to the end, where the list follows it. */
  readonly toEnd: () => void;
  /** Stays where it is from now on. */
  readonly leave: () => void;
  /** To be put on the element that scrolls. */
  readonly handlers: Pick<
    React.DOMAttributes<HTMLElement>,
    'onScroll' | 'onWheel' | 'onTouchMove' | 'onKeyDown' | 'onPointerDown'
  >;
}

/**
 * Keeps the end in sight until the person scrolls away, and again once they are back. The
 * list scrolls by itself too, when rows turn out higher or lower than guessed, and no
 * scroll event says whose it was: only what comes with a wheel, a finger, a key or a held
 * pointer is theirs. A new message is always shown.
 *
 * @param newest Id of the newest message
 */
export function useFollow(
  host: React.RefObject<HTMLElement | null>,
  newest: string | undefined
): IFollow {
  const state = React.useRef({ follows: true, isByPerson: false, newest });
  const toEnd = (): void => {
    const element = host.current;
    if (newest !== state.current.newest) {
      Object.assign(state.current, { follows: true, isByPerson: false, newest });
    }
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
  const takeOver = (): void => {
    state.current.isByPerson = true;
  };
  const letGo = (): void => {
    state.current.isByPerson = false;
  };
  return {
    toEnd,
    leave: () => {
      state.current.follows = false;
    },
    handlers: {
      onWheel: takeOver,
      onTouchMove: takeOver,
      onKeyDown: takeOver,
      onPointerDown: () => {
        takeOver();
        document.addEventListener('pointerup', letGo, { once: true });
      },
      onScroll: () => {
        const element = host.current;
        if (!element) {
          return;
        }
        const { scrollTop, scrollHeight, clientHeight } = element;
        if (scrollHeight - scrollTop - clientHeight < NEAR_END) {
          Object.assign(state.current, { follows: true, isByPerson: false });
        } else if (state.current.isByPerson) {
          state.current.follows = false;
        }
      }
    }
  };
}
