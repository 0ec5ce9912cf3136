import {
  ILabShell,
  ILayoutRestorer,
  LayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { INotebookCellExecutor, INotebookTracker } from '@jupyterlab/notebook';
import { ILatexTypesetter } from '@jupyterlab/rendermime';

import { makeCurrentInSight } from './currentInSight';
import { eachNotebook } from './eachNotebook';
import { keepClean } from './keepClean';
import { keepInSight } from './keepInSight';
import { keepRenamed } from './keepRenamed';
import { onlyFormulas } from './onlyFormulas';
import { runWhenReady } from './runWhenReady';
import { tellCells } from './tellCells';

/** Opening a notebook is no edit of it, its cells stay in sight and are counted. */
export const notebookPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:notebook',
  description:
    'Keeps a notebook clean while the kernel writes its language into it, and its cells in sight and counted.',
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_app: JupyterFrontEnd, notebooks: INotebookTracker) => {
    eachNotebook(notebooks, panel => {
      tellCells(panel.content);
      keepInSight(panel.content);
      void panel.context.ready.then(() => {
        if (panel.model) {
          keepClean(panel.model);
        }
      });
    });
  }
};

/** A notebook is where it was after a reload, under its new name too. */
export const renamedPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:renamed',
  description: 'Keeps the tab of a renamed notebook across a reload.',
  autoStart: true,
  requires: [INotebookTracker, ILabShell, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    notebooks: INotebookTracker,
    shell: ILabShell,
    restorer: ILayoutRestorer
  ) => {
    // Its interface does not say that it saves; another one may not.
    if (restorer instanceof LayoutRestorer) {
      void app.restored.then(() => keepRenamed(shell, restorer, notebooks));
    }
  }
};

/** What belongs to the current notebook belongs to one that is in sight. */
export const currentNotebookPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:current-notebook',
  description: 'Makes a notebook in sight the current one when the layout is restored.',
  autoStart: true,
  requires: [INotebookTracker],
  activate: (app: JupyterFrontEnd, notebooks: INotebookTracker) => {
    void app.restored.then(() => makeCurrentInSight(app.shell, notebooks));
  }
};

/** A text without a formula does not wait for MathJax. */
export const formulasPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:formulas',
  description: 'Loads MathJax with the first formula.',
  autoStart: true,
  requires: [ILatexTypesetter],
  activate: (_app: JupyterFrontEnd, typesetter: ILatexTypesetter) =>
    onlyFormulas(typesetter)
};

/** Takes the place of JupyterLab's own executor, which the site switches off. */
export const cellExecutorPlugin: JupyterFrontEndPlugin<INotebookCellExecutor> = {
  id: '@llmos-lab/extension:cell-executor',
  description: 'Runs cells when the kernel of their notebook is decided.',
  autoStart: true,
  provides: INotebookCellExecutor,
  activate: () => runWhenReady
};
