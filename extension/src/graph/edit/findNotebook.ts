import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

interface IContext {
  readonly notebooks: INotebookTracker;
  readonly trans: TranslationBundle;
}

/** The open notebook of a path, else the one in front; null when there is none. */
export function notebookAt(
  notebooks: INotebookTracker,
  path: string | undefined
): NotebookPanel | null {
  return path === undefined
    ? notebooks.currentWidget
    : (notebooks.find(each => each.context.path === path) ?? null);
}

/** The same, for what cannot do without: throws when there is none. */
export function findNotebook(
  { notebooks, trans }: IContext,
  path: string | undefined
): NotebookPanel {
  const panel = notebookAt(notebooks, path);
  if (!panel) {
    throw new Error(
      path === undefined
        ? trans.__('No notebook is open. Open one and try again.')
        : trans.__('The notebook %1 is not open. Open it and try again.', path)
    );
  }
  return panel;
}
