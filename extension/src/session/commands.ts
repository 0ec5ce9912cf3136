import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { downloadIcon, historyIcon } from '@jupyterlab/ui-components';
import type { IAuthor } from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { VOLUME_ARG, volumeOf } from '../remotes/volumeArg';
import { saveRepository } from '../saveRepository';
import { volumeName } from '../skills/skillText';
import { STAYS } from '../stays';
import type { IVolumes } from '../tokens';
import { USER_VOLUME } from '../volumes/copyToUser';
import { isWithin } from '../volumes/fileStore';
import type { IFileStatus } from '../volumes/fileStatus';
import type { VolumeRepository } from '../volumes/repository';
import { commitAsking } from './commit/askSecrets';
import { CommitBody, type ICommitChoice } from './CommitForm';
import { besideSessions } from './uncommitted';

/** What the commands of a volume work with. */
export interface IVolumeContext {
  readonly app: JupyterFrontEnd;
  readonly trans: TranslationBundle;
  readonly volumes: IVolumes;
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
      labelFor: ofOther(context, name => trans.__('Commit files of "%1"…', name)),
      caption: trans.__('Keep the files as they are now in the history of the volume'),
      icon: historyIcon,
      args: {
        ...VOLUME_ARG,
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
      labelFor: ofOther(context, name =>
        trans.__('Export "%1" as a Git repository', name)
      ),
      caption: trans.__('Download all commits as a bare repository in a zip'),
      icon: downloadIcon,
      args: VOLUME_ARG
    },
    args => exportVolume(context, volumeOf(args))
  );
}

/** The label for another volume than the person's own. */
function ofOther(
  { trans }: IVolumeContext,
  label: (name: string) => string
): (args: CommandArgs) => string | undefined {
  return args => {
    const name = volumeOf(args);
    return name === USER_VOLUME ? undefined : label(volumeName(name, trans));
  };
}

/** @throws Error when no such volume with a history is mounted */
function repositoryOf({ volumes, trans }: IVolumeContext, name: string) {
  const repository = volumes.get(name)?.repository;
  if (!repository) {
    throw new Error(trans.__('There is no volume "%1" with a history.', name));
  }
  return repository;
}

/** @returns the commit's SHA-1, or `null` when there was nothing to commit or no choice */
async function commitFiles(
  context: IVolumeContext,
  args: CommandArgs
): Promise<string | null> {
  const { trans, author } = context;
  const name = volumeOf(args);
  const repository = repositoryOf(context, name);
  const files = await repository.status();
  if (files.length === 0) {
    Notification.info(
      trans.__('Everything in "%1" is committed.', volumeName(name, trans)),
      { autoClose: STAYS.note }
    );
    return null;
  }
  const choice = choiceOf(args) ?? (await ask(context, name, repository, files));
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

/** A session has a commit of its own, which tells of its runs: it is not offered here. */
async function ask(
  { app, trans }: IVolumeContext,
  name: string,
  repository: VolumeRepository,
  all: readonly IFileStatus[]
): Promise<ICommitChoice | null> {
  const files = await besideSessions(repository, all);
  if (files.length === 0) {
    Notification.info(
      trans.__('Only sessions have changes. Commit each of them in the panel.'),
      { autoClose: STAYS.note }
    );
    await app.commands.execute(CommandIDs.openSessions);
    return null;
  }
  const { button, value } = await showDialog({
    title:
      name === USER_VOLUME
        ? trans.__('Commit files of my volume')
        : trans.__('Commit files of "%1"', volumeName(name, trans)),
    body: new CommitBody(files, trans),
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

async function exportVolume(context: IVolumeContext, name: string): Promise<void> {
  const { trans } = context;
  const repository = repositoryOf(context, name);
  if ((await repository.store.head()) === null) {
    Notification.info(
      trans.__(
        '"%1" has no commit yet. Commit its files first.',
        volumeName(name, trans)
      ),
      { autoClose: STAYS.note }
    );
    return;
  }
  const file = name === USER_VOLUME ? 'llmos-volume.git.zip' : `llmos-${name}.git.zip`;
  await saveRepository(repository, name, file, trans);
}
