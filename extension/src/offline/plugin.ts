import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { NotebookActions } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { isOwnSite } from '@llmos-lab/kernel';

import { tellError } from '../addCommand';
import { reasonOf } from '../reasonOf';
import { CATEGORY, CommandIDs } from '../commands';
import { addOfflineCommands, tellKept, TOLD_MS } from './commands';
import { InstallPrompt } from './installPrompt';
import { OfflineSite } from './offlineSite';
import { precompileStart } from './precompile';

const PLUGIN_ID = '@llmos-lab/extension:offline';
const COMMANDS = [CommandIDs.keepOffline, CommandIDs.updateSite, CommandIDs.installApp];

/** The site without a network: keeps it, brings it up to date, installs it. */
export const offlinePlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Keeps the site in the browser, and tells of new versions.',
  autoStart: true,
  requires: [IDocumentManager, ISettingRegistry],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    registry: ISettingRegistry,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    // Absent in private windows of some browsers, and without HTTPS.
    const { serviceWorker } = navigator as Partial<Pick<Navigator, 'serviceWorker'>>;
    if (!serviceWorker || !isOwnSite()) {
      return;
    }
    const site = new OfflineSite(serviceWorker);
    const reload = (): void => window.location.reload();
    const install = new InstallPrompt(window);
    addOfflineCommands({ app, documents, site, install, trans, reload });
    COMMANDS.forEach(command => palette?.addItem({ command, category: CATEGORY }));
    tellChanges(app, site, trans, reload);
    const fault = (error: unknown): void =>
      tellError(trans, trans.__('Keeping the site'), error);
    site
      .start()
      .then(() => registry.load(PLUGIN_ID))
      .then(settings => {
        if (settings.get('automatic').composite === true) {
          keepOnceAtRest(site, trans);
        }
      })
      .catch(fault);
  }
};

/**
 * Tells of a new version: one that waits, one that took over, one on the server only, one
 * for which there is no room.
 */
function tellChanges(
  app: JupyterFrontEnd,
  site: OfflineSite,
  trans: TranslationBundle,
  reload: () => void
): void {
  let isTold = false;
  const tellOnce = (text: string, label: string, callback: () => void): void => {
    if (!isTold) {
      isTold = true;
      const actions = [{ label, callback }];
      Notification.info(text, { autoClose: false, actions });
    }
  };
  site.stateChanged.connect(() => {
    if (site.isUpdateReady) {
      tellOnce(
        trans.__('A new version of LLMos Lab is ready.'),
        trans.__('Update…'),
        () => void app.commands.execute(CommandIDs.updateSite)
      );
    }
  });
  site.noRoom.connect(() => {
    tellOnce(
      trans.__(
        'There is a new version of LLMos Lab, and no room for it in this browser: the one that is kept here stays. Make room, then reload.'
      ),
      trans.__('Storage…'),
      () => void app.commands.execute(CommandIDs.showStorage)
    );
  });
  const label = trans.__('Reload');
  site.replaced.connect(() => {
    isTold = false;
    tellOnce(
      trans.__('LLMos Lab was updated in another tab. Save your work, then reload.'),
      ...([label, reload] as const)
    );
  });
  site.outdated.connect(() => {
    tellOnce(
      trans.__(
        'The site has a new version since this page was opened. Save your work, then reload.'
      ),
      ...([label, reload] as const)
    );
  });
}

/**
 * Keeps the whole site once the page's own work is over, and has its start compiled: after
 * the first cell that a person ran, or when they turn to another tab. People who save data
 * are left alone.
 */
function keepOnceAtRest(site: OfflineSite, trans: TranslationBundle): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) {
    return;
  }
  const keep = (): void => {
    NotebookActions.executed.disconnect(keep);
    document.removeEventListener('visibilitychange', keep);
    keepWhole(site, trans).then(
      () => (site.isWhole ? precompileStart(navigator, document) : undefined),
      (error: unknown) => {
        Notification.warning(
          trans.__(
            'The site is not whole in this browser yet, and needs the network to open. The next visit goes on. (%1)',
            reasonOf(error)
          ),
          { autoClose: TOLD_MS }
        );
      }
    );
  };
  NotebookActions.executed.connect(keep);
  document.addEventListener('visibilitychange', keep);
}

/** Keeps what is missing, and says so once everything is here. */
async function keepWhole(site: OfflineSite, trans: TranslationBundle): Promise<void> {
  if (!site.isWhole) {
    await site.fill();
    if (site.isWhole) {
      tellKept(site, trans);
    }
  }
}
