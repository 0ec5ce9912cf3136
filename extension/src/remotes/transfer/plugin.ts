import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { tellError } from '../../addCommand';
import { CATEGORY, CommandIDs } from '../../commands';
import { IProfile, ISessions, IVolumes } from '../../tokens';
import { IRemotes, ITransfers } from '../tokens';
import { addTransferCommands } from './commands';
import type { ITransferContext } from './context';
import { followQueue } from './pushQueue';
import { Transfers } from './transfers';

/** Pushes and pulls volumes, whatever their server. */
export const transfersPlugin: JupyterFrontEndPlugin<ITransfers> = {
  id: '@llmos-lab/extension:transfers',
  description: 'Pushes and pulls volumes, and shows how they stand to their servers.',
  autoStart: true,
  provides: ITransfers,
  requires: [IRemotes, IVolumes, IProfile, IDocumentManager],
  optional: [ISessions, IStateDB, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    remotes: IRemotes,
    volumes: IVolumes,
    profile: IProfile,
    documents: IDocumentManager,
    sessions: ISessions | null,
    state: IStateDB | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): ITransfers => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const transfers = new Transfers({ remotes, volumes, trans });
    const context: ITransferContext = {
      ...{ app, trans, remotes, volumes, transfers, documents, sessions },
      user: () => profile.id,
      author: () => profile.author(),
      isOnline: () => navigator.onLine
    };
    addTransferCommands(context);
    followQueue(context, state).catch((error: unknown) => {
      tellError(trans, trans.__('Pushes that wait'), error);
    });
    for (const command of COMMANDS) {
      palette?.addItem({ command, category: CATEGORY });
    }
    return transfers;
  }
};

const COMMANDS = [
  CommandIDs.push,
  CommandIDs.pull,
  CommandIDs.fetchRemote,
  CommandIDs.importVolume
];
