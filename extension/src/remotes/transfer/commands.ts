import {
  closeIcon,
  fileUploadIcon,
  downloadIcon,
  refreshIcon
} from '@jupyterlab/ui-components';

import { addCommand, textArg, type CommandArgs } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { VOLUME_ARG, volumeOf } from '../volumeArg';
import { bringBack } from './bringBack';
import type { ITransferContext } from './context';
import { fetchRemote, pull } from './pull';
import { push } from './push';

/** Adds the commands that push and pull a volume. */
export function addTransferCommands(context: ITransferContext): void {
  addPush(context);
  addPull(context);
  addFetch(context);
  addCancel(context);
  addBringBack(context);
}

function addPush(context: ITransferContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.push,
    {
      label: trans.__('Push'),
      labelFor: longLabel(trans.__('Push my volume')),
      caption: trans.__('Send the commits of a volume to its server'),
      icon: fileUploadIcon,
      args: {
        ...VOLUME_ARG,
        asOne: {
          type: 'boolean',
          default: false,
          description: 'Send a backlog as one commit'
        }
      }
    },
    args => push(context, volumeOf(args), { asOne: args['asOne'] === true })
  );
}

function addPull(context: ITransferContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.pull,
    {
      label: trans.__('Pull'),
      labelFor: longLabel(trans.__('Pull my volume')),
      caption: trans.__('Fetch what others pushed, and merge it'),
      icon: downloadIcon,
      args: VOLUME_ARG
    },
    args => pull(context, volumeOf(args))
  );
}

function addFetch(context: ITransferContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.fetchRemote,
    {
      label: trans.__('Look for new commits'),
      labelFor: longLabel(trans.__('Look for new commits of my volume')),
      caption: trans.__('Ask the server what is new, without merging it'),
      icon: refreshIcon,
      args: VOLUME_ARG
    },
    args => fetchRemote(context, volumeOf(args))
  );
}

function addCancel(context: ITransferContext): void {
  const { trans, transfers } = context;
  addCommand(
    context,
    CommandIDs.cancelTransfer,
    {
      label: trans.__('Stop push or pull'),
      caption: trans.__('What has arrived is not sent again next time'),
      icon: closeIcon,
      args: VOLUME_ARG,
      isEnabled: args => {
        const kind = transfers.view(volumeOf(args))?.transfer.kind;
        return kind === 'running' || kind === 'waiting';
      }
    },
    args => Promise.resolve(transfers.cancel(volumeOf(args)))
  );
}

function addBringBack(context: ITransferContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.importVolume,
    {
      label: trans.__('Bring back a Git repository…'),
      caption: trans.__(
        'Merge an exported volume, and what git has made of it since, from a zip'
      ),
      icon: fileUploadIcon,
      args: {}
    },
    () => bringBack(context)
  );
}

/** In the palette nothing beside the label says which volume is meant. */
function longLabel(label: string): (args: CommandArgs) => string | undefined {
  return args => (textArg(args, 'volume') === undefined ? label : undefined);
}
