import { fileIcon, historyIcon, undoIcon } from '@jupyterlab/ui-components';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { currentSessionId, type ISessionContext } from '../session/context';
import { pathAtCommit } from '../volumes/atCommit';
import { splitDrive, USER_VOLUME } from '../volumes/copyToUser';
import type { IRestoreRequest } from './agree';
import type { IHistoryRange } from './model';
import { restoreFile, restoreSession } from './restore';
import { rollBack } from './rollBack';

const COMMIT_ARGS = {
  volume: { type: 'string', default: USER_VOLUME, description: 'Name of the volume' },
  commit: { type: 'string', description: 'SHA-1 of the commit' }
} as const;
const ASK = {
  ask: { type: 'boolean', default: true, description: 'Ask before changing anything' }
} as const;
const PATH = {
  path: { type: 'string', description: 'Path of the file within the volume' }
} as const;

/** Shows a history, at a commit where one is given. */
export type ShowHistory = (range: IHistoryRange, commit?: string) => void;

/** Adds the commands that show the history, and bring back what was. */
export function addHistoryCommands(context: ISessionContext, show: ShowHistory): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.showHistory,
    {
      label: trans.__('Show history'),
      caption: trans.__(
        'Commits of a volume, a session or a file, and what they changed'
      ),
      icon: historyIcon,
      args: {
        volume: { type: 'string', description: 'Name of the volume, such as user' },
        session: { type: 'string', description: 'Id of a session' },
        path: { type: 'string', description: 'A file: in the volume, or user:PATH' },
        branch: { type: 'string', description: 'A branch of the volume, not main' },
        commit: { type: 'string', description: 'SHA-1 of the commit to choose' }
      }
    },
    async args => {
      await context.sessions.ready;
      show(rangeOf(context, args), textArg(args, 'commit'));
    }
  );
  addCommand(
    context,
    CommandIDs.openAtCommit,
    {
      label: trans.__('Open file as it was'),
      caption: trans.__('Open a file of a commit, read-only'),
      icon: fileIcon,
      args: { ...COMMIT_ARGS, ...PATH },
      required: ['commit', 'path']
    },
    args => openAtCommit(context, args)
  );
  addRestoreCommands(context);
}

function addRestoreCommands(context: ISessionContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.restoreFile,
    {
      label: trans.__('Restore file…'),
      caption: trans.__('Make a file again what it was in a commit'),
      icon: undoIcon,
      args: { ...COMMIT_ARGS, ...PATH, ...ASK },
      required: ['commit', 'path']
    },
    args =>
      restoreFile(context, requestOf(context, args), required(context, args, 'path'))
  );
  addCommand(
    context,
    CommandIDs.restoreSession,
    {
      label: trans.__('Restore session…'),
      caption: trans.__('Make a whole session again what it was in a commit'),
      icon: undoIcon,
      args: {
        ...COMMIT_ARGS,
        ...ASK,
        id: { type: 'string', description: 'Id of the session' }
      },
      required: ['commit', 'id']
    },
    args =>
      restoreSession(context, requestOf(context, args), required(context, args, 'id'))
  );
  addCommand(
    context,
    CommandIDs.rollBack,
    {
      label: trans.__('Roll back commit…'),
      caption: trans.__('Take back what a commit changed, by a new commit'),
      icon: undoIcon,
      args: { ...COMMIT_ARGS, ...ASK },
      required: ['commit']
    },
    args => rollBack(context, requestOf(context, args))
  );
}

/** What was asked for; by default the session of the notebook in front. */
function rangeOf(context: ISessionContext, args: CommandArgs): IHistoryRange {
  const given = splitDrive(textArg(args, 'path') ?? '');
  const volume = textArg(args, 'volume') ?? (given.drive || undefined);
  const session = textArg(args, 'session');
  if (given.local !== '') {
    return { volume: volume ?? USER_VOLUME, path: given.local };
  }
  const branch = textArg(args, 'branch');
  if (volume !== undefined || session !== undefined || branch !== undefined) {
    const part = session ? { session } : branch ? { branch } : {};
    return { volume: volume ?? USER_VOLUME, ...part };
  }
  const found = context.sessions.find(currentSessionId(context) ?? '');
  return found
    ? { volume: found.volume, session: found.session.id }
    : { volume: USER_VOLUME };
}

function requestOf(context: ISessionContext, args: CommandArgs): IRestoreRequest {
  const { sessions } = context;
  return {
    volume: sessions.volumeOf(textArg(args, 'volume') ?? USER_VOLUME),
    commit: required(context, args, 'commit'),
    ask: args['ask'] !== false
  };
}

function required({ trans }: ISessionContext, args: CommandArgs, name: string): string {
  const value = textArg(args, name);
  if (value === undefined) {
    throw new Error(trans.__('The argument "%1" is missing.', name));
  }
  return value;
}

async function openAtCommit(
  context: ISessionContext,
  args: CommandArgs
): Promise<void> {
  const { documents, sessions, trans } = context;
  const { volume, commit } = requestOf(context, args);
  const path = required(context, args, 'path');
  await sessions.ready;
  const { store } = volume.volume.repository;
  if ((await store.read(path, commit)) === null) {
    throw new Error(
      trans.__('"%1" was not there in commit %2.', path, commit.slice(0, 7))
    );
  }
  documents.openOrReveal(pathAtCommit({ volume: volume.volume.name, commit, path }));
}
