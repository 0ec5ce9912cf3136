import type { Notebook } from '@jupyterlab/notebook';

import { scrollToCell } from './scrollToCell';

/** What a person does next. */
const ACTS = ['keydown', 'pointerdown', 'wheel'] as const;

/**
 * Brings a cell into sight that has just come, and keeps it there while it and those above
 * grow, as by their editors and forms, which come later: until a person does something.
 */
export function followCell(
  content: Pick<Notebook, 'isDisposed' | 'scrollToItem' | 'viewportNode' | 'widgets'>,
  index: number
): void {
  const cell = content.widgets[index];
  const done = new AbortController();
  const observer = new ResizeObserver(() => {
    const at = cell && !content.isDisposed ? content.widgets.indexOf(cell) : -1;
    if (at < 0) {
      done.abort();
    } else {
      void scrollToCell(content, at, 'auto');
    }
  });
  const { signal } = done;
  signal.addEventListener('abort', () => observer.disconnect());
  for (const act of ACTS) {
    addEventListener(act, () => done.abort(), { capture: true, signal });
  }
  // Tells of the size as it is now too.
  observer.observe(content.viewportNode);
}
