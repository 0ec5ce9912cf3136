import type { ILabShell, LayoutRestorer } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';

/**
 * Keeps the tab of a renamed notebook across a reload: a layout names its tabs by path, and
 * JupyterLab saves it only when a tab is opened, moved or closed.
 */
export function keepRenamed(
  shell: Pick<ILabShell, 'saveLayout'>,
  restorer: Pick<LayoutRestorer, 'save'>,
  notebooks: Pick<INotebookTracker, 'widgetUpdated'>
): void {
  // Told when the tracker has its new name, which the layout takes from there.
  notebooks.widgetUpdated.connect(() => void restorer.save(shell.saveLayout()));
}
