import type { Notebook } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

/**
 * Has a notebook tell that its content has changed once its cells are in sight. JupyterLab
 * 4.6 (`notebook/src/widget.ts`) hands on what the model tells, which is before it shows the
 * cells, so that the status bar counts those of before: "Cell 1/1" of a file that was read
 * anew. There is no command or method for that, but the signal that others hear is public; were
 * it none that can be sent, the count would be that of before.
 */
export function tellCells(content: Notebook): void {
  const { model, modelContentChanged: changed } = content;
  // After the notebook's own slot, which shows the cells.
  model?.cells.changed.connect(() => {
    if (changed instanceof Signal) {
      changed.emit(undefined);
    }
  }, content);
}
