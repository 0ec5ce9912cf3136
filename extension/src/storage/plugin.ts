import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { tellError } from '../addCommand';
import { CATEGORY, CommandIDs } from '../commands';
import { IVolumes } from '../tokens';
import { addStorageCommands } from './commands';
import { followStorage } from './followStorage';
import { StorageModel } from './model';
import { StorageItem } from './StorageItem';
import { volumesInBrowser } from './storedVolumes';

/** Storage health: how full it is, whether it is kept, backups of everything. */
export const storagePlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:storage',
  description: 'Shows how full the browser storage is, and backs everything up.',
  autoStart: true,
  requires: [IVolumes, IDocumentManager],
  optional: [IStatusBar, ICommandPalette, ITranslator, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    volumes: IVolumes,
    documents: IDocumentManager,
    statusBar: IStatusBar | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
    settings: ISettingRegistry | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const { contents, serverSettings } = app.serviceManager;
    const stored = volumesInBrowser(serverSettings.baseUrl, trans);
    const { storage = {} } = navigator as Partial<Pick<Navigator, 'storage'>>;
    const model = new StorageModel(storage);
    addStorageCommands({
      ...{ app, volumes, contents, stored, settings, documents, model, trans }
    });
    for (const command of COMMANDS) {
      palette?.addItem({ command, category: CATEGORY });
    }
    const open = (): void => void app.commands.execute(CommandIDs.showStorage);
    statusBar?.registerStatusItem('@llmos-lab/extension:storage', {
      item: new StorageItem(model, trans, open),
      align: 'right',
      rank: 95,
      isActive: () => model.room > 0,
      activeStateChanged: model.stateChanged
    });
    warnOnce(model, trans, open);
    followStorage({
      ...{ volumes, contents, model },
      onError: error => tellError(trans, trans.__('Storage'), error)
    });
    app.restored
      .then(() => model.refresh())
      .catch((error: unknown) => tellError(trans, trans.__('Storage'), error));
  }
};

const COMMANDS = [CommandIDs.showStorage, CommandIDs.backUp, CommandIDs.restoreBackup];

/** Says it when the room becomes short, not at every commit after. */
function warnOnce(
  model: StorageModel,
  trans: TranslationBundle,
  open: () => void
): void {
  let isTold = false;
  model.stateChanged.connect(() => {
    if (model.isNearlyFull && !isTold) {
      Notification.warning(
        trans.__(
          'The browser has little room left for this site (%1 % used). Make a backup, then delete what you no longer need.',
          Math.round(100 * model.share)
        ),
        { autoClose: false, actions: [{ label: trans.__('Storage…'), callback: open }] }
      );
    }
    isTold = model.isNearlyFull;
  });
}
