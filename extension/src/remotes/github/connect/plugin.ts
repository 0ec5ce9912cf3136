import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { URLExt } from '@jupyterlab/coreutils';

import { CATEGORY, CommandIDs } from '../../../commands';
import { ISecretStore } from '../../../secrets/tokens';
import { IVolumes } from '../../../tokens';
import { IGithub, IRemotes } from '../../tokens';
import { Github } from '../github';
import { signInByPopUp } from '../oauth/signIn';
import { addGithubCommands } from './commands';
import { GithubConnections } from './connections';
import { GithubSettings, type Settings } from './settings';

/** Whose schema has the settings and the menu items. */
const SETTINGS = '@llmos-lab/extension:github';

/** Connects volumes to GitHub, by a token that the person pastes. */
export const githubConnectPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:github-connect',
  description: 'Adds the dialog that connects a volume to GitHub.',
  autoStart: true,
  requires: [IGithub, IRemotes, IVolumes, ISecretStore],
  optional: [ISettingRegistry, ICommandPalette, ITranslator],
  activate: async (
    app: JupyterFrontEnd,
    github: IGithub,
    remotes: IRemotes,
    volumes: IVolumes,
    secrets: ISecretStore,
    registry: ISettingRegistry | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    if (!(github instanceof Github)) {
      // Another extension's GitHub brings a dialog of its own.
      return;
    }
    const trans = (translator ?? nullTranslator).load('llmos');
    const settings = new GithubSettings(await loadSettings(registry, trans));
    const connections = new GithubConnections({
      ...{ github, remotes, volumes, secrets, settings, trans },
      oauth: (server, signal) => oauth(app, settings, { server, signal })
    });
    connections.restore();
    addGithubCommands({ app, connections, trans });
    palette?.addItem({ command: CommandIDs.connectGithub, category: CATEGORY });
  }
};

/** On GitHub's own page, which returns to one of this site. */
async function oauth(
  { serviceManager }: JupyterFrontEnd,
  { exchange }: GithubSettings,
  { server, signal }: { readonly server: string; readonly signal: AbortSignal }
): Promise<string> {
  if (!exchange) {
    throw new Error('This site has no exchange for sign-ins. Paste a token.');
  }
  // At once, while the browser still counts it as what the person pressed.
  const popUp = globalThis.open('', '_blank', 'popup,width=640,height=800');
  const { startNet } = await import('../../../net/startNet');
  const redirect = URLExt.join(
    serviceManager.serverSettings.baseUrl,
    'llmos/oauth.html'
  );
  return signInByPopUp({
    ...{ server, exchange, redirect, signal, net: startNet() },
    open: url => {
      if (popUp) {
        popUp.location.href = url;
      } else {
        globalThis.open(url, '_blank', 'noopener');
      }
    }
  });
}

/** Without settings volumes can be connected all the same, for this page. */
async function loadSettings(
  registry: ISettingRegistry | null,
  trans: TranslationBundle
): Promise<Settings> {
  try {
    return registry ? await registry.load(SETTINGS) : null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    Notification.error(
      trans.__('The settings of GitHub could not be read: %1', reason)
    );
    return null;
  }
}
