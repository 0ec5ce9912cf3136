import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { downloadIcon, historyIcon } from '@jupyterlab/ui-components';
import type { IAuthor } from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { showProgress } from '../archive/longWork';
import { CommandIDs } from '../commands';
import { download } from '../download';
import { STAYS } from '../stays';
import { USER_VOLUME } from '../volumes/copyToUser';
import { isWithin } from '../volumes/fileStore';
import type { VolumeRepository } from '../volumes/repository';
import { commitAsking } from './commit/askSecrets';
import { CommitBody, type ICommitChoice } from './CommitForm';
import type { UncommittedModel } from './statusModel';

/** What the commands of a volume work with. */
export interface IVolumeContext {
  readonly app: JupyterFrontEnd;
  readonly trans: TranslationBundle;
  readonly repository: VolumeRepository;
  readonly model: UncommittedModel;
  readonly author: () => IAuthor;
}

/** Adds the commands that commit and take out a volume's history. */
export function addVolumeCommands(context: IVolumeContext): void {
  const { app, trans } = context;
  addCommand(
    { app, trans },
    CommandIDs.commitFiles,
    {
      label: trans.__('Commit files of my volume…'),
      caption: trans.__('Keep the files as they are now in the history of my volume'),
      icon: historyIcon,
      args: {
        message: {
          type: 'string',
          description: 'Commit without asking, with this message'
        },
        paths: {
          type: 'array',
          items: { type: 'string' },
          description: 'Files or folders to commit; by default all'
        },
        allowSecrets: {
          type: 'boolean',
          default: false,
          description: 'Commit without asking even what looks like a secret'
        }
      }
    },
    args => commitFiles(context, args)
  );
  addCommand(
    { app, trans },
    CommandIDs.exportVolume,
    {
      label: trans.__('Export my volume as a Git repository'),
      caption: trans.__('Download all commits as a bare repository in a zip'),
      icon: downloadIcon,
      args: {}
    },
    () => exportVolume(context)
  );
}

/** @returns the commit's SHA-1, or `null` when there was nothing to commit or no choice */
async function commitFiles(
  context: IVolumeContext,
  args: CommandArgs
): Promise<string | null> {
  const { repository, trans, author } = context;
  const files = await repository.status();
  if (files.length === 0) {
    Notification.info(trans.__('Everything in my volume is committed.'), {
      autoClose: STAYS.note
    });
    return null;
  }
  const choice = choiceOf(args) ?? (await ask(context, new CommitBody(files, trans)));
  if (!choice) {
    return null;
  }
  const options = { ...choice, author: author() };
  const oid =
    args['allowSecrets'] === true
      ? await repository.commit(options)
      : await commitAsking(repository, options, trans);
  if (oid !== null) {
    Notification.success(
      trans._n(
        'Committed %1 file as %2.',
        'Committed %1 files as %2.',
        files.filter(({ path }) => choice.paths.some(each => isWithin(path, each)))
          .length,
        oid.slice(0, 7)
      ),
      { autoClose: 4000 }
    );
  }
  return oid;
}

function choiceOf(args: CommandArgs): ICommitChoice | undefined {
  const message = textArg(args, 'message');
  const { paths } = args;
  return message === undefined
    ? undefined
    : { message, paths: Array.isArray(paths) ? paths.map(String) : [''] };
}

async function ask(
  { trans }: IVolumeContext,
  body: CommitBody
): Promise<ICommitChoice | null> {
  const { button, value } = await showDialog({
    title: trans.__('Commit files of my volume'),
    body,
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Commit') })],
    focusNodeSelector: 'textarea'
  });
  if (!button.accept || !value) {
    return null;
  }
  if (value.paths.length === 0) {
    throw new Error(trans.__('No file is chosen. Choose at least one.'));
  }
  if (value.message.trim() === '') {
    throw new Error(trans.__('The commit has no message. Say in a line what it does.'));
  }
  return { ...value, message: value.message.trim() };
}

async function exportVolume({ repository, trans }: IVolumeContext): Promise<void> {
  if ((await repository.store.head()) === null) {
    Notification.info(
      trans.__('My volume has no commit yet. Commit its files first.'),
      { autoClose: STAYS.note }
    );
    return;
  }
  const zip = await showProgress(trans.__('Exporting my volume…'), trans, watch =>
    repository.export(`${USER_VOLUME}.git`, watch)
  );
  if (zip) {
    download(zip, 'llmos-volume.git.zip');
  }
}
