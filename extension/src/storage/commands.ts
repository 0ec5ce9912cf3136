import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { downloadIcon, fileUploadIcon, tableRowsIcon } from '@jupyterlab/ui-components';

import { addCommand } from '../addCommand';
import { showProgress } from '../archive/longWork';
import { CommandIDs } from '../commands';
import { download } from '../download';
import { pickFile } from '../pickFile';
import { sizeText } from '../size';
import { volumeName } from '../skills/skillText';
import { STAYS } from '../stays';
import type { IBackupParts, IRestored } from './backupAll';
import type { StorageModel } from './model';
import { renewOpen, type IOpenParts } from './renewOpen';

/** What the commands work with. */
export interface IStorageContext extends IBackupParts, IOpenParts {
  readonly app: JupyterFrontEnd;
  readonly model: StorageModel;
}

/** Adds the commands that tell of the storage, back it up and put a backup back. */
export function addStorageCommands(context: IStorageContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.showStorage,
    {
      label: trans.__('Storage…'),
      caption: trans.__('How much room this site takes in the browser, and backups'),
      icon: tableRowsIcon
    },
    () => showStorage(context)
  );
  addCommand(
    context,
    CommandIDs.backUp,
    {
      label: trans.__('Back up everything'),
      caption: trans.__(
        'Download all volumes with their history, all files and your settings as a zip'
      ),
      icon: downloadIcon
    },
    () => backUp(context)
  );
  addCommand(
    context,
    CommandIDs.restoreBackup,
    {
      label: trans.__('Restore a backup…'),
      caption: trans.__('Put back all volumes, files and settings of a backup'),
      icon: fileUploadIcon
    },
    () => restore(context)
  );
}

async function showStorage({ app, model, trans }: IStorageContext): Promise<void> {
  await model.keep();
  const { used, room, share, isKept } = model;
  const usage =
    room > 0
      ? trans.__(
          'This site uses %1 of %2 (%3 %).',
          sizeText(used),
          sizeText(room),
          Math.round(100 * share)
        )
      : trans.__('This browser does not say how much room there is.');
  const kept = isKept
    ? trans.__('The browser keeps it until you clear it yourself.')
    : trans.__(
        'The browser may clear it when the disk is short: make a backup now and then.'
      );
  const { button } = await showDialog({
    title: trans.__('Storage'),
    body: `${usage} ${kept}`,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Close') }),
      Dialog.createButton({ label: trans.__('Restore…'), actions: ['restore'] }),
      Dialog.okButton({ label: trans.__('Back up'), actions: ['backup'] })
    ]
  });
  const [action] = button.actions;
  if (action === 'backup') {
    await app.commands.execute(CommandIDs.backUp);
  } else if (action === 'restore') {
    await app.commands.execute(CommandIDs.restoreBackup);
  }
}

async function backUp(context: IStorageContext): Promise<void> {
  const { makeBackup } = await import('./backupAll');
  const { trans } = context;
  const now = new Date();
  const zip = await showProgress(trans.__('Backing up…'), trans, watch =>
    makeBackup(context, now, watch)
  );
  if (zip) {
    const name = `llmos-backup-${now.toISOString().slice(0, 10)}.zip`;
    download(zip, name);
    const size = sizeText(zip.size);
    const isWhole = (await context.stored.names()) !== null;
    const text = isWhole
      ? trans.__(
          'Saved %1 (%2): all volumes with their history, all files, your profile and settings; no keys, and no connections to servers. "Restore a backup…" puts it back.',
          name,
          size
        )
      : trans.__(
          'Saved %1 (%2): your volumes and those of your teams with their history, all files, your profile and settings; no keys, and no connections to servers. Volumes of teams that you have left are not in it, as this browser does not list them. "Restore a backup…" puts it back.',
          name,
          size
        );
    Notification.success(text, { autoClose: STAYS.warning });
  }
}

async function restore(context: IStorageContext): Promise<void> {
  const { trans } = context;
  const { button } = await showDialog({
    title: trans.__('Restore a backup'),
    body: trans.__(
      'The volumes of the backup take the place of those here, with their history; other files of the same name are replaced, and so are your profile and settings. Keys and connections to servers are in no backup: sign in again afterwards. What is here now is lost unless you back it up first.'
    ),
    buttons: [
      Dialog.cancelButton(),
      Dialog.warnButton({ label: trans.__('Choose a backup') })
    ]
  });
  const file = button.accept ? await pickFile('.zip') : undefined;
  if (!file) {
    return;
  }
  const { restoreBackup } = await import('./backupAll');
  const restored = await showProgress(trans.__('Restoring…'), trans, watch =>
    restoreBackup(context, file, watch)
  );
  if (restored) {
    await showRestored(context, restored);
  } else {
    Notification.info(trans.__('Stopped: nothing was restored.'), { autoClose: 6000 });
  }
}

async function showRestored(
  context: IStorageContext,
  restored: IRestored
): Promise<void> {
  const { trans } = context;
  const { volumes, unseen, files, unset } = restored;
  const text = trans._n(
    'Restored %2 and %1 file.',
    'Restored %2 and %1 files.',
    files.length,
    volumes.map(name => volumeName(name, trans)).join(', ')
  );
  if (unseen.length > 0) {
    Notification.warning(
      trans.__(
        '%1 You see %2 once you add its team to your profile.',
        text,
        unseen.join(', ')
      ),
      { autoClose: STAYS.warning }
    );
  } else {
    Notification.success(text, { autoClose: STAYS.note });
  }
  await renewOpen(context, restored);
  if (unset.length > 0) {
    await showDialog({
      title: trans.__('Not all settings were restored'),
      body: trans.__(
        'Volumes and files are back. These settings stay as they were here: %1',
        unset.join('; ')
      ),
      buttons: [Dialog.okButton({ label: trans.__('Close') })]
    });
  }
}
