import * as React from 'react';

/** Whether something had the focus when it went. */
export type LostFocus = React.MutableRefObject<boolean>;

/**
 * Gives the focus of what goes to what comes in its place: browsers leave it nowhere, where
 * the next key, such as undo, would be lost.
 */
export function useKeptFocus(
  root: React.RefObject<HTMLElement>,
  lost: LostFocus
): void {
  React.useLayoutEffect(() => {
    const node = root.current;
    if (lost.current && document.activeElement === document.body) {
      // A tree has the focus in one of its rows.
      (
        node?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]') ?? node
      )?.focus();
    }
    lost.current = false;
    return () => {
      lost.current = node?.contains(document.activeElement) === true;
    };
  }, [root, lost]);
}
