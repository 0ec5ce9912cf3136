import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

/** Calls `follow` with every notebook that is open, and with those opened later. */
export function eachNotebook(
  notebooks: INotebookTracker,
  follow: (panel: NotebookPanel) => void
): void {
  notebooks.forEach(follow);
  notebooks.widgetAdded.connect((_, panel) => follow(panel));
}
