import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, InputDialog } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { CATEGORY, CommandIDs } from '../../commands';
import { loadSettings } from '../../loadSettings';
import { ISecretStore } from '../../secrets/tokens';
import { unlockSecret } from '../../secrets/unlockDialog';
import { IVolumes } from '../../tokens';
import { IRemotes } from '../tokens';
import { addGitCommands } from './commands';
import { passwordName, type IGitConnection } from './connection';
import { GitConnections } from './connections';

const ID = '@llmos-lab/extension:git-servers';

/** Volumes on any Git server that speaks smart HTTP. */
export const gitServersPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Connects volumes to Git servers over smart HTTP.',
  autoStart: true,
  requires: [IVolumes, IRemotes, ISecretStore],
  optional: [ISettingRegistry, ICommandPalette, ITranslator],
  activate: async (
    app: JupyterFrontEnd,
    volumes: IVolumes,
    remotes: IRemotes,
    secrets: ISecretStore,
    registry: ISettingRegistry | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): Promise<void> => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const connections = new GitConnections({
      ...{ volumes, remotes, secrets, trans },
      settings: await loadSettings(registry, ID, reason =>
        trans.__('Your Git servers could not be read: %1', reason)
      ),
      startNet: async () => (await import('../../net/startNet')).startNet(trans),
      askPassword: (connection, wasRefused) =>
        askPassword(secrets, connection, wasRefused, trans)
    });
    addGitCommands({ app, trans, volumes, connections });
    for (const command of [CommandIDs.connectGit, CommandIDs.disconnectGit]) {
      palette?.addItem({ command, category: CATEGORY });
    }
    connections.restore();
  }
};

/** A password that the server refused is forgotten, not tried again. */
async function askPassword(
  secrets: ISecretStore,
  connection: IGitConnection,
  wasRefused: boolean,
  trans: TranslationBundle
): Promise<string | undefined> {
  const name = passwordName(connection);
  if (wasRefused) {
    await secrets.forget(name);
  } else if ((await secrets.state(name)) !== 'absent') {
    const label = trans.__('password of %1', connection.url);
    return unlockSecret({ secrets, name, label, trans });
  }
  const { button, value } = await InputDialog.getPassword({
    title: trans.__('Password or token'),
    label: wasRefused
      ? trans.__(
          '%1 does not take the password it was given. The right one:',
          connection.url
        )
      : trans.__('For %1; it ends with this tab.', connection.url),
    okLabel: trans.__('Sign in')
  });
  if (!button.accept || value === null || value === '') {
    return undefined;
  }
  await secrets.keep(name, value);
  return value;
}
