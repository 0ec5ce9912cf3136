import type { Notebook } from '@jupyterlab/notebook';

/**
 * Has a notebook tell that its content has changed once its cells are in sight. JupyterLab
 * tells it before, so that the status bar counts the cells of before: "Cell 1/1" of a file
 * that was read anew.
 */
export function tellCells(content: Notebook): void {
  const { model } = content;
  // After the notebook's own slot, which shows the cells.
  model?.cells.changed.connect(() => {
    content['onModelContentChanged'](model, undefined);
  }, content);
}
