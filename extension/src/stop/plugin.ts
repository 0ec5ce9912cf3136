import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { offerRestart } from './offerRestart';

/** Offers a restart where a stop does not reach the Python that computes. */
export const stopPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:stop',
  description: 'Offers to restart Python where it cannot be interrupted.',
  autoStart: true,
  requires: [IRuntimeHost, INotebookTracker],
  optional: [ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    host: IRuntimeHost,
    notebooks: INotebookTracker,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const asking = new Set<string>();
    host.stuck.connect((_, { kernel, reason }) => {
      const panel = notebooks.find(
        ({ sessionContext }) => sessionContext.session?.kernel?.id === kernel
      );
      if (panel && !asking.has(kernel)) {
        asking.add(kernel);
        void offerRestart({ context: panel.sessionContext, reason, trans }).finally(
          () => asking.delete(kernel)
        );
      }
    });
  }
};
