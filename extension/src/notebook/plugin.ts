import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';

import { eachNotebook } from './eachNotebook';
import { keepClean } from './keepClean';

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
