import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { addCommand } from '../../../addCommand';
import { CommandIDs } from '../../../commands';
import { cloudIcon } from '../../../icons';
import { volumeName } from '../../../skills/skillText';
import { VOLUME_ARG, volumeOf } from '../../volumeArg';
import type { GithubConnections } from './connections';

/** What the commands of GitHub work with. */
export interface IGithubContext {
  readonly app: JupyterFrontEnd;
  readonly connections: GithubConnections;
  readonly trans: TranslationBundle;
}

/** Adds the commands that connect a volume to GitHub and sign out again. */
export function addGithubCommands(context: IGithubContext): void {
  const { app, connections, trans } = context;
  addCommand(
    { app, trans },
    CommandIDs.connectGithub,
    {
      label: trans.__('Connect to GitHub…'),
      caption: trans.__('Keep a volume in a repository on GitHub too'),
      icon: cloudIcon,
      args: VOLUME_ARG
    },
    args => connect(context, volumeOf(args))
  );
  addCommand(
    { app, trans },
    CommandIDs.signOutGithub,
    {
      label: trans.__('Sign out of GitHub'),
      caption: trans.__('Forget the token, here and where it is kept'),
      icon: cloudIcon,
      args: VOLUME_ARG,
      isEnabled: args => connections.get(volumeOf(args)) !== undefined
    },
    async args => {
      await connections.signOut(volumeOf(args));
      Notification.info(
        trans.__('Signed out. The token of this volume is forgotten.'),
        {
          autoClose: 5000
        }
      );
    }
  );
  addCommand(
    { app, trans },
    CommandIDs.disconnectGithub,
    {
      label: trans.__('Disconnect from GitHub…'),
      caption: trans.__('Forget the repository and the token; nothing is deleted'),
      icon: cloudIcon,
      args: VOLUME_ARG,
      isEnabled: args => connections.get(volumeOf(args)) !== undefined
    },
    args => disconnect(context, volumeOf(args))
  );
}

async function connect(
  { app, connections, trans }: IGithubContext,
  volume: string
): Promise<void> {
  if (await connections.connect(volume)) {
    const push = (): void => void app.commands.execute(CommandIDs.push, { volume });
    const repository = connections.get(volume)?.name ?? '';
    Notification.success(
      trans.__('"%1" is connected to %2.', volumeName(volume, trans), repository),
      { autoClose: 8000, actions: [{ label: trans.__('Push now'), callback: push }] }
    );
    await app.commands.execute(CommandIDs.fetchRemote, { volume });
  }
}

async function disconnect(
  { connections, trans }: IGithubContext,
  volume: string
): Promise<void> {
  const { button } = await showDialog({
    title: trans.__('Disconnect from GitHub?'),
    body: trans.__(
      '"%1" is no longer pushed to %2, and the token is forgotten. Nothing is deleted, here or there.',
      volumeName(volume, trans),
      connections.get(volume)?.name ?? ''
    ),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Disconnect') })]
  });
  if (button.accept) {
    await connections.disconnect(volume);
  }
}
