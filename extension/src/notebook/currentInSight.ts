import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';

/**
 * Makes a notebook that is in sight the current one where a hidden one is: restoring a
 * layout in which something else had the focus leaves the notebook opened last as the
 * tracker's current one, whichever tab is in front. What had the focus keeps it.
 */
export function makeCurrentInSight(
  shell: JupyterFrontEnd.IShell,
  notebooks: INotebookTracker
): void {
  const inSight = notebooks.find(panel => panel.isVisible);
  if (inSight && notebooks.currentWidget?.isVisible === false) {
    const front = shell.currentWidget;
    shell.activateById(inSight.id);
    if (front?.isVisible) {
      shell.activateById(front.id);
    }
  }
}
