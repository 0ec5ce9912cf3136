import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { assetUrl } from '@llmos-lab/kernel';

import { CATEGORY, CommandIDs } from '../../../commands';
import { loadSettings } from '../../../loadSettings';
import { ISecretStore } from '../../../secrets/tokens';
import { IVolumes } from '../../../tokens';
import { IGithub, IRemotes } from '../../tokens';
import { Github } from '../github';
import { signInByPopUp, type IOauthOptions } from '../oauth/signIn';
import { addGithubCommands } from './commands';
import { GithubConnections } from './connections';
import { GithubSettings } from './settings';

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
    const settings = new GithubSettings(
      await loadSettings(registry, SETTINGS, reason =>
        trans.__('The settings of GitHub could not be read: %1', reason)
      )
    );
    const connections = new GithubConnections({
      ...{ github, remotes, volumes, secrets, settings, trans },
      oauth: (server, signal) => oauth(settings, { server, signal, trans })
    });
    connections.restore();
    addGithubCommands({ app, connections, trans });
    palette?.addItem({ command: CommandIDs.connectGithub, category: CATEGORY });
  }
};

/** On GitHub's own page, which returns to one of this site. */
async function oauth(
  { exchange }: GithubSettings,
  {
    server,
    signal,
    trans
  }: Required<Pick<IOauthOptions, 'server' | 'signal' | 'trans'>>
): Promise<string> {
  if (!exchange) {
    throw new Error(trans.__('This site has no exchange for sign-ins. Paste a token.'));
  }
  // At once, while the browser still counts it as what the person pressed.
  const popUp = globalThis.open('', '_blank', 'popup,width=640,height=800');
  const { startNet } = await import('../../../net/startNet');
  const redirect = assetUrl('oauth.html');
  return signInByPopUp({
    ...{ server, exchange, redirect, signal, trans, net: startNet(trans) },
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
