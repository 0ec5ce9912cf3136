import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookCellExecutor, INotebookTracker } from '@jupyterlab/notebook';
import { ILatexTypesetter } from '@jupyterlab/rendermime';

import { eachNotebook } from './eachNotebook';
import { keepClean } from './keepClean';
import { onlyFormulas } from './onlyFormulas';
import { runWhenReady } from './runWhenReady';

/** Opening a notebook is no edit of it. */
export const notebookPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:notebook',
  description: 'Keeps a notebook clean while the kernel writes its language into it.',
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_app: JupyterFrontEnd, notebooks: INotebookTracker) => {
    eachNotebook(notebooks, panel => {
      void panel.context.ready.then(() => {
        if (panel.model) {
          keepClean(panel.model);
        }
      });
    });
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
