import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookCellExecutor, INotebookTracker } from '@jupyterlab/notebook';

import { eachNotebook } from './eachNotebook';
import { keepClean } from './keepClean';
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

/** Takes the place of JupyterLab's own executor, which the site switches off. */
export const cellExecutorPlugin: JupyterFrontEndPlugin<INotebookCellExecutor> = {
  id: '@llmos-lab/extension:cell-executor',
  description: 'Runs cells when the kernel of their notebook is decided.',
  autoStart: true,
  provides: INotebookCellExecutor,
  activate: () => runWhenReady
};
