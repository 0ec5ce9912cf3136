import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { linkIcon } from '@jupyterlab/ui-components';

import { addCommand, textArg, type CommandArgs } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { reasonOf } from '../../reasonOf';
import { STAYS } from '../../stays';
import type { IVolumes } from '../../tokens';
import { VOLUME_ARG, volumeOf } from '../volumeArg';
import { askConnection } from './connectDialog';
import type { IConnectFields } from './ConnectForm';
import type { GitConnections } from './connections';

/** What the commands of Git servers work with. */
export interface IGitContext {
  readonly app: JupyterFrontEnd;
  readonly trans: TranslationBundle;
  readonly volumes: IVolumes;
  readonly connections: GitConnections;
}

/** Adds the commands that connect a volume to a Git server. */
export function addGitCommands(context: IGitContext): void {
  const { app, trans, connections } = context;
  addCommand(
    { app, trans },
    CommandIDs.connectGit,
    {
      label: trans.__('Connect to a Git server…'),
      caption: trans.__('Push a volume to a repository anywhere, and pull from it'),
      icon: linkIcon,
      args: {
        ...VOLUME_ARG,
        url: { type: 'string', description: 'Address of the repository, filled in' },
        user: { type: 'string', description: 'User name, filled in' }
      }
    },
    args => connect(context, args)
  );
  addCommand(
    { app, trans },
    CommandIDs.disconnectGit,
    {
      label: trans.__('Disconnect from the Git server…'),
      caption: trans.__('Forget the server of a volume and its password'),
      icon: linkIcon,
      args: VOLUME_ARG,
      isEnabled: args => connections.get(volumeOf(args)) !== undefined
    },
    args => disconnect(context, volumeOf(args))
  );
}

async function connect(context: IGitContext, args: CommandArgs): Promise<void> {
  const { trans, volumes, connections } = context;
  const volume = volumeOf(args);
  const known = connections.get(volume);
  const first: IConnectFields = {
    volume,
    url: textArg(args, 'url') ?? known?.url ?? '',
    user: textArg(args, 'user') ?? known?.user ?? '',
    password: '',
    proxy: known?.proxy ?? '',
    keep: {}
  };
  let connected = first;
  const names = volumes.volumes.filter(each => each.repository).map(({ name }) => name);
  const isDone = await askConnection({
    ...{ first, trans, volumes: names },
    attempt: async fields => {
      const { url, user, password, proxy, keep } = fields;
      const connection = { url, user, proxy, signsIn: password !== '' };
      try {
        await connections.connect(
          fields.volume,
          connection,
          password,
          keep?.passphrase
        );
        connected = fields;
        return null;
      } catch (error) {
        return reasonOf(error);
      }
    }
  });
  if (isDone) {
    const text = trans.__(
      'The volume "%1" is connected to %2. Pull brings what is there, push sends what is here.',
      connected.volume,
      connected.url
    );
    Notification.success(text, { autoClose: STAYS.note });
  }
}

async function disconnect(
  { trans, connections }: IGitContext,
  volume: string
): Promise<void> {
  const url = connections.get(volume)?.url ?? '';
  const { button } = await showDialog({
    title: trans.__('Disconnect from the Git server?'),
    body: trans.__(
      'The address %1 and its password are forgotten here. Commits stay here and there.',
      url
    ),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Disconnect') })]
  });
  if (button.accept) {
    await connections.disconnect(volume);
  }
}
