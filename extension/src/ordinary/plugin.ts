import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { eachNotebook } from '../notebook/eachNotebook';
import { serveNotebook } from './serveNotebook';

/** Skills in ordinary Jupyter, whose kernels are not the site's. */
export const ordinaryPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:ordinary',
  description: 'Gives skills and other runtimes to notebooks with an ordinary kernel.',
  autoStart: true,
  requires: [IRuntimeHost, INotebookTracker],
  optional: [ITranslator],
  activate: (
    { serviceManager }: JupyterFrontEnd,
    host: IRuntimeHost,
    notebooks: INotebookTracker,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const { contents } = serviceManager;
    eachNotebook(notebooks, panel => serveNotebook(panel, { host, contents, trans }));
  }
};
