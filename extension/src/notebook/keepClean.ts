import type { INotebookModel } from '@jupyterlab/notebook';

/**
 * Keeps a notebook's state when the kernel tells its language: JupyterLab writes
 * `language_info` with the exact version of Python whenever a kernel starts, which would
 * mark every notebook that another Python has run as changed as soon as it opens. The
 * new value is saved with the next edit. The model's own end disconnects this.
 */
export function keepClean(model: INotebookModel): void {
  model.metadataChanged.connect((_, { key }) => {
    if (key === 'language_info' && !model.dirty) {
      // The mark is set after this signal, in the same turn.
      queueMicrotask(() => {
        model.dirty = false;
      });
    }
  });
}
