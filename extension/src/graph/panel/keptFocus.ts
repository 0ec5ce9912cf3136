import { useStore } from '@xyflow/react';
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
      focusPart(node);
    }
    lost.current = false;
    return () => {
      lost.current = node?.contains(document.activeElement) === true;
    };
  }, [root, lost]);
}

/** Gives a part of the panel the focus; a tree has it in one of its rows. */
export function focusPart(part: HTMLElement | null): void {
  (
    part?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]') ?? part
  )?.focus();
}

/** Gives the node or row of a cell the focus; where it has none, the part that it is in. */
export function focusCell(part: HTMLElement | null, id: string | undefined): void {
  const cells = part?.querySelectorAll<HTMLElement>(
    '.react-flow__node, [role="treeitem"]'
  );
  const cell = [...(cells ?? [])].find(
    ({ dataset }) => id !== undefined && (dataset.id ?? dataset.key) === id
  );
  focusPart(cell ?? part);
}

/**
 * Gives the focus of a node or edge that goes to the canvas: the next key, such as undo, would
 * be lost. Browsers tell no blur where an element is removed.
 */
export function useHeldFocus(
  root: React.RefObject<HTMLElement>
): Pick<React.DOMAttributes<HTMLElement>, 'onFocusCapture' | 'onBlurCapture'> {
  const held = React.useRef<Element | null>(null);
  // What is drawn, which is later than it is given.
  const nodes = useStore(store => store.nodes);
  const edges = useStore(store => store.edges);
  React.useEffect(() => {
    if (held.current?.isConnected !== false) {
      return;
    }
    // A section's button has another one in its place.
    const isOfSection = held.current.matches('[data-section]');
    held.current = null;
    if (!isOfSection && document.activeElement === document.body) {
      root.current?.focus({ preventScroll: true });
    }
  }, [root, nodes, edges]);
  return {
    onFocusCapture: ({ target }) => {
      held.current = target;
    },
    onBlurCapture: () => {
      held.current = null;
    }
  };
}

/**
 * Gives the focus of a section's button to the one in its place: folded and open it is another
 * node.
 */
export function useFocusOfFold(
  root: React.RefObject<HTMLElement>
): Pick<React.DOMAttributes<HTMLElement>, 'onClickCapture'> {
  const turned = React.useRef<string>();
  // The nodes as they are drawn, which is later than they are given.
  const nodes = useStore(store => store.nodes);
  React.useEffect(() => {
    if (turned.current !== undefined && document.activeElement === document.body) {
      const buttons =
        root.current?.querySelectorAll<HTMLElement>('[data-section]') ?? [];
      const isTurned = ({ dataset }: HTMLElement): boolean =>
        dataset.section === turned.current;
      const button = [...buttons].find(isTurned);
      if (button) {
        button.focus({ preventScroll: true });
        turned.current = undefined;
      }
    }
  }, [root, nodes]);
  return {
    onClickCapture: ({ target }) => {
      const button =
        target instanceof Element && target.closest<HTMLElement>('[data-section]');
      turned.current = button ? button.dataset.section : undefined;
    }
  };
}
