import { Notification } from '@jupyterlab/apputils';
import {
  filesAt,
  formatSession,
  notebookCopy,
  parseSession,
  sessionFolder,
  sessionOfPath,
  withoutSecrets,
  type IFileChange,
  type ISession
} from '@llmos-lab/skills';

import { CommandIDs } from '../commands';
import { applyChanges } from '../session/applyChanges';
import type { ISessionContext } from '../session/context';
import { offerUndo } from '../session/offerUndo';
import { requireSaved, saveOpen } from '../session/openDocuments';
import { showAnew } from '../session/showAnew';
import { placeNotebook, type IPlacedNotebook } from '../session/placeNotebook';
import { readJson } from '../session/store/driveFiles';
import { isOfOthers } from '../session/store/notebookSessions';
import type { VolumeSessions } from '../session/store/volumeSessions';
import { agrees, type IRestoreRequest } from './agree';

/** Makes a file again what it was in a commit; it stays uncommitted until committed. */
export async function restoreFile(
  context: ISessionContext,
  request: IRestoreRequest,
  path: string
): Promise<void> {
  const { trans, documents } = context;
  const { volume, commit } = request;
  const content = await volume.volume.repository.store.read(path, commit);
  if (content === null) {
    throw new Error(
      trans.__('"%1" was not there in commit %2.', path, commit.slice(0, 7))
    );
  }
  const session = await notebookSession(context, volume, path, commit);
  const name = session?.path ?? `${volume.volume.name}:${path}`;
  const sure = trans.__(
    '"%1" becomes again what it was in commit %2. What it is now is replaced.',
    name,
    commit.slice(0, 7)
  );
  const question = { title: trans.__('Restore file?'), accept: trans.__('Restore') };
  if (!(await agrees(request, question, sure))) {
    return;
  }
  await saveOpen(documents, name);
  const placed =
    session === null
      ? { path: name, undo: await putFile(volume, path, content) }
      : await putNotebook(context, volume, session, content);
  await showAnew(context, placed.path);
  const undo = async (): Promise<void> => {
    requireSaved(context, [placed.path]);
    await placed.undo();
    await showAnew(context, placed.path);
  };
  offerUndo(trans, trans.__('Restored "%1".', placed.path), undo);
}

/**
 * Makes a session again what it was in a commit, and commits that. What is there now is
 * committed first, so that nothing is lost.
 *
 * @returns the commit that restored it; null when there is none
 */
export async function restoreSession(
  context: ISessionContext,
  request: IRestoreRequest,
  id: string
): Promise<string | null> {
  const { trans, sessions, app } = context;
  const { volume, commit } = request;
  const short = commit.slice(0, 7);
  const sure = trans.__(
    'Notebook, conversation, runs and artifacts become again what they were in commit %1. What is there now is committed first.',
    short
  );
  const question = { title: trans.__('Restore session?'), accept: trans.__('Restore') };
  if (!(await agrees(request, question, sure))) {
    return null;
  }
  const name = volume.volume.name;
  const changes = await sessionChanges(context, volume, id, commit);
  await volume.refresh();
  if (!sessions.find(id, name)) {
    // Deleted: with its record the notebook that stayed can be committed as any other.
    const back = `Bring back session ${id}\n\nSession: ${id}`;
    await applyChanges(context, volume, changes, back);
    await volume.refresh();
  }
  // Edits that the list does not know of yet, and outputs whatever the setting says:
  // what is in no commit would be lost.
  const args = { id, volume: name, ask: false, outputs: 'keep', quiet: true };
  const kept: unknown = await app.commands.execute(CommandIDs.commitSession, args);
  if (kept === undefined) {
    return null; // The command has told what is wrong; nothing was restored.
  }
  const now = sessions.find(id, name)?.session;
  const called = withoutSecrets(now?.name ?? id);
  const message = `Restore session ${called} as of ${short}\n\nSession: ${id}`;
  const then = await sessionChanges(context, volume, id, commit);
  const restored = now ? then.map(change => keepPlace(change, now)) : then;
  const oid = await applyChanges(context, volume, restored, message);
  await volume.refresh();
  await restoreNotebook(context, volume, id, commit);
  await volume.refresh();
  Notification.success(
    oid === null
      ? trans.__('The session is as it was in %1.', short)
      : trans.__('Restored the session as of %1 in commit %2.', short, oid.slice(0, 7)),
    { autoClose: 6000 }
  );
  return oid;
}

/** The record of a session as it was, for the notebook that was renamed since. */
function keepPlace(change: IFileChange, { id, name, path }: ISession): IFileChange {
  if (!change.content || change.path !== `${sessionFolder(id)}/session.json`) {
    return change;
  }
  const then = parseSession(new TextDecoder().decode(change.content));
  if ('problem' in then || (then.name === name && then.path === path)) {
    return change;
  }
  const content = new TextEncoder().encode(formatSession({ ...then, name, path }));
  return { ...change, content };
}

/**
 * The volume's copy of a notebook stands for the one that people work in; null for other
 * files, and for notebooks of other members, who work in them elsewhere.
 */
async function notebookSession(
  { user }: ISessionContext,
  volume: VolumeSessions,
  path: string,
  commit: string
): Promise<ISession | null> {
  const id = sessionOfPath(path);
  if (id === null || path !== notebookCopy({ id })) {
    return null;
  }
  const session = await sessionAt(volume, id, commit);
  return session && isOfOthers(session, volume.volume.name, user()) ? null : session;
}

/** A session as it is now, else as the commit has it. */
async function sessionAt(
  { volume, summaries }: VolumeSessions,
  id: string,
  commit: string
): Promise<ISession | null> {
  const now = summaries.find(({ session }) => session.id === id);
  if (now) {
    return now.session;
  }
  const bytes = await volume.repository.store.read(
    `${sessionFolder(id)}/session.json`,
    commit
  );
  const then = bytes && parseSession(new TextDecoder().decode(bytes));
  return then && !('problem' in then) ? then : null;
}

/** Writes a file; the result writes back what was there. */
async function putFile(
  { files }: VolumeSessions,
  path: string,
  content: Uint8Array
): Promise<() => Promise<void>> {
  const before = await files.bytes(path);
  await files.write(path, content);
  return () => (before === null ? files.remove(path) : files.write(path, before));
}

function putNotebook(
  { app, sessions }: ISessionContext,
  volume: VolumeSessions,
  session: ISession,
  content: Uint8Array
): Promise<IPlacedNotebook> {
  const { contents } = app.serviceManager;
  const notebook = readJson(new TextDecoder().decode(content));
  return placeNotebook({ contents, sessions }, session, volume.volume.name, notebook);
}

async function restoreNotebook(
  context: ISessionContext,
  volume: VolumeSessions,
  id: string,
  commit: string
): Promise<void> {
  const { store } = volume.volume.repository;
  const content = await store.read(notebookCopy({ id }), commit);
  const session = content && (await sessionAt(volume, id, commit));
  if (content && session) {
    const { path } = await putNotebook(context, volume, session, content);
    await showAnew(context, path);
  }
}

/** What brings all files of a session to what they were. */
async function sessionChanges(
  { trans }: ISessionContext,
  { volume }: VolumeSessions,
  id: string,
  commit: string
): Promise<readonly IFileChange[]> {
  const { store } = volume.repository;
  const folder = sessionFolder(id);
  const head = await store.head();
  const then = await filesAt(store, folder, commit);
  const now = head === null ? [] : await filesAt(store, folder, head);
  if (then.length === 0) {
    throw new Error(trans.__('Commit %1 has no session "%2".', commit.slice(0, 7), id));
  }
  const gone = now.filter(path => !then.includes(path));
  return [
    ...(await Promise.all(
      then.map(async path => ({ path, content: await store.read(path, commit) }))
    )),
    ...gone.map(path => ({ path, content: null }))
  ];
}
