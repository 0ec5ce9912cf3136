import type { Notebook } from '@jupyterlab/notebook';

import { scrollToCell } from './scrollToCell';

/** Pixels of the last cell that are too few to be seen as one: less than a line of code. */
const LEAST = 16;

/**
 * Keeps a cell in sight when others vanish. Notebooks can be scrolled past their end, so that
 * one that was scrolled and lost most of its cells (by an edit of the graph, or taken back)
 * would show nothing but white.
 */
export function keepInSight(content: Notebook): void {
  const observer = new ResizeObserver(() => {
    const { outerNode, widgets, activeCellIndex } = content;
    const end = widgets.at(-1)?.node;
    const isWhite =
      outerNode.clientHeight > 0 &&
      end?.isConnected === true &&
      end.getBoundingClientRect().bottom <
        outerNode.getBoundingClientRect().top + LEAST;
    if (isWhite) {
      void scrollToCell(content, activeCellIndex, 'auto');
    }
  });
  observer.observe(content.viewportNode);
  content.disposed.connect(() => observer.disconnect());
}
