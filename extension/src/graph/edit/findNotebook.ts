import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

interface IContext {
  readonly notebooks: INotebookTracker;
  readonly trans: TranslationBundle;
}

/** The open notebook of a path, else the one in front; throws when there is none. */
export function findNotebook(
  { notebooks, trans }: IContext,
  path: string | undefined
): NotebookPanel {
  const panel =
    path === undefined
      ? notebooks.currentWidget
      : (notebooks.find(each => each.context.path === path) ?? null);
  if (!panel) {
    throw new Error(
      path === undefined
        ? trans.__('No notebook is open. Open one and try again.')
        : trans.__('The notebook %1 is not open. Open it and try again.', path)
    );
  }
  return panel;
}
