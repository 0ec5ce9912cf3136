import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { MemoryStatus } from './MemoryStatus';
import { MemoryModel } from './model';

/** Shows in the status bar how much memory kernels and workers hold. */
export const memoryPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:memory',
  description: 'Shows the memory of kernels and workers in the status bar.',
  autoStart: true,
  requires: [IRuntimeHost, IStatusBar],
  optional: [ITranslator],
  activate: (
    app: JupyterFrontEnd,
    host: IRuntimeHost,
    statusBar: IStatusBar,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const { sessions } = app.serviceManager;
    const nameOf = (kernel: string): string => {
      const found = [...sessions.running()].find(each => each.kernel?.id === kernel);
      return found ? PathExt.basename(found.path) : trans.__('a closed notebook');
    };
    const model = new MemoryModel(host, nameOf);
    const item = new MemoryStatus(model, trans);
    statusBar.registerStatusItem('@llmos-lab/extension:memory', {
      item,
      align: 'right',
      rank: 90,
      isActive: () => model.holders.length > 0,
      activeStateChanged: model.stateChanged
    });
  }
};
