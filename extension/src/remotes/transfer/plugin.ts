import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CATEGORY, CommandIDs } from '../../commands';
import { IProfile, ISessions, IVolumes } from '../../tokens';
import { IRemotes, ITransfers } from '../tokens';
import { addTransferCommands } from './commands';
import type { ITransferContext } from './context';
import { push } from './push';
import { Transfers } from './transfers';

/** Clocks differ: a server's time is over a little later, in ms. */
const GRACE = 1000;
/** Longest time that a page waits for by itself, in ms: browsers cut longer timers off. */
const MAX_WAIT = 24 * 3600 * 1000;

/** Pushes and pulls volumes, whatever their server. */
export const transfersPlugin: JupyterFrontEndPlugin<ITransfers> = {
  id: '@llmos-lab/extension:transfers',
  description: 'Pushes and pulls volumes, and shows how they stand to their servers.',
  autoStart: true,
  provides: ITransfers,
  requires: [IRemotes, IVolumes, IProfile, IDocumentManager],
  optional: [ISessions, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    remotes: IRemotes,
    volumes: IVolumes,
    profile: IProfile,
    documents: IDocumentManager,
    sessions: ISessions | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): ITransfers => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const transfers = new Transfers({ remotes, volumes });
    const context: ITransferContext = {
      ...{ app, trans, remotes, volumes, transfers, documents, sessions },
      user: () => profile.id,
      author: () => profile.author(),
      isOnline: () => navigator.onLine
    };
    addTransferCommands(context);
    pushWhatWaits(context);
    for (const command of [CommandIDs.push, CommandIDs.pull, CommandIDs.fetchRemote]) {
      palette?.addItem({ command, category: CATEGORY });
    }
    return transfers;
  }
};

/** Goes on with pushes when the network is back, or when a server's time is over. */
function pushWhatWaits(context: ITransferContext): void {
  const { transfers } = context;
  const go = (): void => {
    for (const volume of context.isOnline() ? transfers.due(Date.now()) : []) {
      void push(context, volume);
    }
  };
  globalThis.addEventListener('online', go);
  transfers.changed.connect((_, volume) => {
    const state = transfers.view(volume)?.transfer;
    if (state?.kind === 'waiting' && state.until !== null) {
      const wait = Math.max(state.until - Date.now(), 0) + GRACE;
      setTimeout(go, Math.min(wait, MAX_WAIT));
    }
  });
}
