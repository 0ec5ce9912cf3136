/** Copies a member's sessions into the volume of a team that they let have them. */
import {
  canAccess,
  formatSession,
  parseCommit,
  parseSession,
  VolumeError,
  type Actor,
  type IAuthor,
  type IFileChange,
  type ILogEntry,
  type ISession,
  type IVolumeStore
} from '@llmos-lab/skills';

import { refuseSecrets, SecretsError } from '../session/commit/secretCheck';
import type { IVolume } from '../tokens';
import type { IJobProgress } from './tokens';

/** What copying works with. */
export interface IShareOptions {
  /** The member's own volume. */
  readonly user: IVolume;
  readonly team: IVolume;
  /** The team's job, which reads; the member writes their own sessions. */
  readonly job: Actor;
  readonly author: IAuthor;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: IJobProgress) => void;
}

/** What was copied, and what was not, with why. */
export interface IShared {
  readonly shared: number;
  readonly notes: readonly string[];
}

/** Trailer of a copy: the commit of the member's volume that it was made from. */
const COPIED = 'Copied-From';
const IS_COPY = new RegExp(`\\n${COPIED}: [0-9a-f]{40}\\s*$`);

/**
 * Copies what the member has committed, one commit a session, with the message that they
 * committed it with. A copy is renewed as long as nobody has changed it in the team;
 * sessions of others stay where they are, and what looks like secrets is not copied.
 *
 * @throws Error when the job may not read the member's volume
 */
export async function shareSessions(options: IShareOptions): Promise<IShared> {
  const { user, team, job, signal, onProgress } = options;
  const verdict = canAccess(job, user.owner, { verb: 'read' });
  if (!verdict.allowed) {
    throw new Error(verdict.reason);
  }
  const { store } = user.repository ?? {};
  const head = (await store?.head()) ?? null;
  if (!store || head === null || !team.repository) {
    return { shared: 0, notes: [] };
  }
  const messages = messagesOf(await store.log({ merged: true }));
  const folders = await store.list('sessions', head);
  const notes: string[] = [];
  let shared = 0;
  for (const [index, { path }] of folders.entries()) {
    signal.throwIfAborted();
    const session = await ownSession(store, path, head, user);
    if (!session) {
      continue;
    }
    const progress = { done: index + 1, total: folders.length, name: session.name };
    onProgress({ phase: 'sharing', ...progress });
    const files = await filesOf(store, path, head, forTeam(session, team));
    const said = messages.get(session.id)?.trimEnd() ?? `session: ${session.name}\n`;
    const message = `${said}\n${COPIED}: ${head}`;
    try {
      shared += (await copy(options, path, files, message)) ? 1 : 0;
    } catch (error) {
      // All members read the notes, so that they name no session that was kept back.
      notes.push(`Session ${session.id} was not copied: ${whyNot(error)}`);
    }
  }
  return { shared, notes };
}

/**
 * Makes the team's copy what the member's session is; what that no longer has goes.
 *
 * @returns whether the team did not have it so already
 */
async function copy(
  { team, author }: IShareOptions,
  folder: string,
  files: readonly IFileChange[],
  message: string
): Promise<boolean> {
  const { repository } = team;
  if (!repository) {
    return false;
  }
  const { store } = repository;
  const head = await store.head();
  const kept = new Set(files.map(({ path }) => path));
  const there = head === null ? [] : await pathsIn(store, folder, head);
  const lost = there.filter(path => !kept.has(path));
  const changes = [...files, ...lost.map(path => ({ path, content: null }))];
  const expected: IFileChange[] = [];
  for (const { path } of changes) {
    const content = head === null ? null : await store.read(path, head);
    expected.push({ path, content });
  }
  const hasAll = files.every((each, at) => isSame(each.content, expected[at]?.content));
  if (hasAll && lost.length === 0) {
    return false;
  }
  if (head !== null && !(await isUntouched(store, folder, head))) {
    if (hasAll) {
      return false; // What the team has added is no news of the session.
    }
    throw new ChangedThere();
  }
  await refuseSecrets(store)(changes, message);
  return (await repository.apply({ changes, message, author, expected })) !== null;
}

/** The copy in the team is another than the one that was made. */
class ChangedThere extends Error {}

/** One sentence; what is no fault of this one session is thrown on. */
function whyNot(error: unknown): string {
  if (error instanceof SecretsError) {
    return 'it holds what looks like secrets.';
  }
  if (
    error instanceof ChangedThere ||
    (error instanceof VolumeError && ['dirty', 'conflict'].includes(error.code))
  ) {
    return 'its copy in the team was changed there, and stays as it is.';
  }
  if (error instanceof VolumeError) {
    return `the team's volume does not take it (${error.code}).`;
  }
  throw error;
}

/** Whether the team has no such folder, or has it as it was copied last. */
async function isUntouched(
  store: Pick<IVolumeStore, 'list' | 'log' | 'diff'>,
  folder: string,
  head: string
): Promise<boolean> {
  if ((await store.list(folder, head)).length === 0) {
    return true;
  }
  const log = await store.log({ path: folder, merged: true });
  const last = log.find(({ message }) => IS_COPY.test(message));
  if (!last) {
    return false;
  }
  const changed = await store.diff(last.oid, head);
  return !changed.some(({ path }) => path.startsWith(`${folder}/`));
}

function isSame(a: Uint8Array | null, b: Uint8Array | null | undefined): boolean {
  return a === null || !b
    ? a === (b ?? null)
    : a.length === b.length && a.every((byte, at) => byte === b[at]);
}

async function ownSession(
  store: Pick<IVolumeStore, 'read'>,
  folder: string,
  head: string,
  { owner }: IVolume
): Promise<ISession | null> {
  const bytes = await store.read(`${folder}/session.json`, head);
  const session = bytes && parseSession(new TextDecoder().decode(bytes));
  return session &&
    !('problem' in session) &&
    owner.kind === 'user' &&
    session.user === owner.id
    ? session
    : null;
}

function forTeam(session: ISession, { owner }: IVolume): ISession {
  return owner.kind === 'team'
    ? { ...session, volume: 'team', volume_id: owner.id }
    : session;
}

async function filesOf(
  store: Pick<IVolumeStore, 'read' | 'list'>,
  folder: string,
  head: string,
  session: ISession
): Promise<readonly IFileChange[]> {
  const files: IFileChange[] = [];
  for (const path of await pathsIn(store, folder, head)) {
    const content = path.endsWith(`/${session.id}/session.json`)
      ? new TextEncoder().encode(formatSession(session))
      : await store.read(path, head);
    files.push({ path, content });
  }
  return files;
}

/** The files in a folder and in those within it. */
async function pathsIn(
  store: Pick<IVolumeStore, 'list'>,
  folder: string,
  head: string
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { path, kind } of await store.list(folder, head)) {
    found.push(...(kind === 'folder' ? await pathsIn(store, path, head) : [path]));
  }
  return found;
}

/** The newest message that each session was committed with. */
function messagesOf(log: readonly ILogEntry[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { message } of log) {
    const commit = parseCommit(message);
    const trailers = commit.kind === 'session' ? commit.trailers : [];
    const id = trailers.find(({ key }) => key === 'Session')?.value;
    if (id !== undefined && !found.has(id)) {
      found.set(id, message);
    }
  }
  return found;
}
