import * as React from 'react';

/**
 * Names the element of React Flow around a node's box. By its props a name can only be given
 * with all nodes anew, at each step of a run.
 */
export function useName(box: React.RefObject<HTMLElement>, name: string): void {
  React.useEffect(
    () => box.current?.parentElement?.setAttribute('aria-label', name),
    [box, name]
  );
}
