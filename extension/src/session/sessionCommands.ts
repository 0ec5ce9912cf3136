import { Notification, showDialog, Dialog } from '@jupyterlab/apputils';
import { deleteIcon, editIcon, notebookIcon } from '@jupyterlab/ui-components';
import {
  changeStatus,
  notebookCopy,
  planRollback,
  previewCommit,
  renameSession,
  sessionFolder,
  sessionNameProblem,
  withoutSecrets,
  type ISession,
  type ISessionSummary,
  type SessionStatus
} from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { askText } from '../askText';
import { CommandIDs } from '../commands';
import { sessionsIcon } from '../icons';
import { applyChanges } from './applyChanges';
import { readForCommit } from './commit/commitSession';
import { refuseSecrets } from './commit/secretCheck';
import { requireSession, SESSION_ARGS, type ISessionContext } from './context';
import { offerUndo } from './offerUndo';
import { isOpened, placeNotebook } from './placeNotebook';
import { isOfOthers } from './store/notebookSessions';

/** Adds what can be done with a session besides committing and sharing it. */
export function addSessionCommands(context: ISessionContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.openSession,
    {
      label: trans.__('Open session'),
      caption: trans.__('Open the notebook; what is gone comes back from the volume'),
      icon: notebookIcon,
      args: SESSION_ARGS
    },
    args => openSession(context, args)
  );
  addCommand(
    context,
    CommandIDs.renameSession,
    {
      label: trans.__('Rename session…'),
      caption: trans.__('Give the session another name of 1 to 100 characters'),
      icon: editIcon,
      args: { ...SESSION_ARGS, name: { type: 'string', description: 'The new name' } }
    },
    args => rename(context, args)
  );
  addCommand(
    context,
    CommandIDs.setSessionStatus,
    {
      label: trans.__('Set status of session'),
      labelFor: args => statusLabel(context, args),
      caption: trans.__('Say that work goes on, pauses or is complete'),
      icon: sessionsIcon,
      args: {
        ...SESSION_ARGS,
        status: {
          type: 'string',
          enum: ['active', 'paused', 'completed'],
          description: 'How it stands from now on'
        }
      },
      required: ['status']
    },
    args => setStatus(context, args)
  );
  addCommand(
    context,
    CommandIDs.deleteSession,
    {
      label: trans.__('Delete session…'),
      caption: trans.__('Delete its files from the volume; the history keeps them'),
      icon: deleteIcon,
      args: {
        ...SESSION_ARGS,
        ask: { type: 'boolean', default: true, description: 'Ask before deleting' }
      }
    },
    args => deleteSession(context, args)
  );
}

function statusLabel(
  { trans }: ISessionContext,
  args: CommandArgs
): string | undefined {
  const labels: Readonly<Record<SessionStatus, string>> = {
    active: trans.__('Go on with session'),
    paused: trans.__('Pause session'),
    completed: trans.__('Complete session')
  };
  const status = statusArg(args);
  return status && labels[status];
}

function statusArg({ status }: CommandArgs): SessionStatus | undefined {
  return status === 'active' || status === 'paused' || status === 'completed'
    ? status
    : undefined;
}

async function openSession(context: ISessionContext, args: CommandArgs): Promise<void> {
  const { documents, trans, user } = context;
  const { session, volume } = await requireSession(context, args);
  const path = isOfOthers(session, volume, user())
    ? await othersNotebook(context, session, volume)
    : await ownNotebook(context, session, volume);
  if (!documents.openOrReveal(path)) {
    throw new Error(trans.__('"%1" cannot be opened.', path));
  }
}

/** The copy in the volume, which only its member can change. */
async function othersNotebook(
  context: ISessionContext,
  session: ISession,
  volume: string
): Promise<string> {
  await requireCopy(context, session, volume);
  return `${volume}:${notebookCopy(session)}`;
}

async function ownNotebook(
  context: ISessionContext,
  session: ISession,
  volume: string
): Promise<string> {
  const { app, documents, sessions, trans } = context;
  const there = await sessions.workingNotebook(session);
  if (there.kind === 'notebook' || isOpened(documents, session)) {
    return session.path;
  }
  const copy = await requireCopy(context, session, volume);
  const { contents } = app.serviceManager;
  const { path } = await placeNotebook({ contents, sessions }, session, volume, copy);
  const told =
    path === session.path
      ? trans.__('"%1" was gone and is back as it was committed.', path)
      : trans.__(
          'Another file is at "%1" now. The notebook is back as it was committed, as "%2".',
          session.path,
          path
        );
  Notification.info(told, { autoClose: 6000 });
  return path;
}

async function requireCopy(
  { sessions, trans }: ISessionContext,
  session: ISession,
  volume: string
): Promise<unknown> {
  const { files } = sessions.volumeOf(volume);
  const copy = await files.notebook(notebookCopy(session));
  if (copy === null) {
    throw new Error(
      trans.__(
        'The notebook of this session is not at "%1", and it was never committed, so there is no copy to bring back.',
        session.path
      )
    );
  }
  return copy;
}

async function rename(context: ISessionContext, args: CommandArgs): Promise<void> {
  const { sessions, trans } = context;
  const { session, volume } = await requireSession(context, args);
  const asked = {
    title: trans.__('Rename session'),
    label: trans.__('Name (1 to 100 characters)'),
    text: session.name,
    okLabel: trans.__('Rename'),
    problemOf: (name: string) => sessionNameProblem(name, trans)
  };
  const name = textArg(args, 'name') ?? (await askText(asked));
  if (name === null) {
    return;
  }
  const renamed = renameSession(session, name.trim(), new Date().toISOString());
  if ('problem' in renamed) {
    const problem = sessionNameProblem(name.trim(), trans) ?? renamed.problem;
    throw new Error(trans.__('%1 The old name stays.', problem));
  }
  await sessions.write(renamed, volume);
}

async function setStatus(context: ISessionContext, args: CommandArgs): Promise<void> {
  const { session, volume } = await requireSession(context, args);
  const status = statusArg(args);
  if (!status) {
    throw new Error(
      context.trans.__('The status must be active, paused or completed.')
    );
  }
  const changed = changeStatus(session, status, new Date().toISOString());
  if (changed !== session) {
    await context.sessions.write(changed, volume);
  }
}

async function deleteSession(
  context: ISessionContext,
  args: CommandArgs
): Promise<void> {
  const { author, sessions, trans } = context;
  const summary = await requireSession(context, args);
  const { session } = summary;
  const volume = sessions.volumeOf(summary.volume);
  const prepared = await readForCommit(volume, session, null);
  const choice = { name: session.name, prompt: '', outputs: 'keep' as const };
  const { secrets } = previewCommit(prepared, choice, session.updated_at);
  if (
    args['ask'] !== false &&
    !(await mayDelete(context, summary, secrets.length > 0))
  ) {
    return;
  }
  const folder = sessionFolder(session.id);
  const { repository } = volume.volume;
  const paths = [folder];
  const trailer = `\n\nSession: ${session.id}`;
  const name = withoutSecrets(session.name);
  if (secrets.length === 0) {
    // Committed first, so that all of it can be brought back from the history.
    const message = `Keep session ${name} as it was when deleted${trailer}`;
    const check = refuseSecrets(repository.store);
    await repository.commit({ paths, message, author: author(), check });
  }
  await volume.files.remove(folder);
  const message = `Delete session ${name}${trailer}`;
  const oid = await repository.commit({ paths, message, author: author() });
  const text = trans.__('Deleted session "%1".', session.name);
  if (oid === null) {
    Notification.info(text, { autoClose: 10_000 });
    return;
  }
  offerUndo(trans, text, async () => {
    const { changes } = await planRollback(repository.store, oid);
    const back = `Bring back session ${name}${trailer}`;
    await applyChanges(context, volume, changes, back);
  });
}

async function mayDelete(
  { trans }: ISessionContext,
  { session }: ISessionSummary,
  hasSecrets: boolean
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Delete session "%1"?', session.name),
    body: hasSecrets
      ? trans.__(
          'Its record is deleted from the volume. It has what looks like secrets, so only what is committed already can be brought back from the history. The notebook "%1" stays.',
          session.path
        )
      : trans.__(
          'Its record is deleted from the volume, and can be brought back from the history. The notebook "%1" stays.',
          session.path
        ),
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: trans.__('Delete') })]
  });
  return button.accept;
}
