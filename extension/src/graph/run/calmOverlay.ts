import type { CodeCell } from '@jupyterlab/cells';

/**
 * Lets a cell look at the height of its outputs once a frame, when the page is laid out
 * anyway. It looks at each change of them, which lays the page out each time: several
 * times a cell, longer than many a cell takes to run.
 */
export function calmOverlay(cell: CodeCell): void {
  const update = cell.updatePromptOverlayIcon.bind(cell);
  let isAwaited = false;
  cell.updatePromptOverlayIcon = () => {
    if (!isAwaited) {
      isAwaited = true;
      requestAnimationFrame(() => {
        isAwaited = false;
        if (!cell.isDisposed) {
          update();
        }
      });
    }
  };
}
