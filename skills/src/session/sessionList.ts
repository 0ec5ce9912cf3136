/** Sessions of a volume: reading them, finding among them, changing name and status. */
import {
  parseSession,
  sessionNameProblem,
  type ISession,
  type SessionStatus
} from './session';

/** Folder of a volume in which sessions stand. */
export const SESSIONS_FOLDER = 'sessions';

/** The files of a volume, as they are now or at a commit. */
export interface ISessionFiles {
  /** Names in a folder; empty where there is none. */
  list(folder: string): Promise<readonly string[]>;
  /** A file's text, or null where there is none. */
  text(path: string): Promise<string | null>;
}

/** A session that cannot be read. */
export interface ISessionProblem {
  readonly id: string;
  readonly message: string;
}

/** A session as lists show it. */
export interface ISessionSummary {
  readonly session: ISession;
  /** Name of the mounted volume. */
  readonly volume: string;
  /** Nothing of it differs from the newest commit. */
  readonly isCommitted: boolean;
  /** Its newest commit; null when there is none yet. */
  readonly commit: string | null;
  /** When that commit was made, in ISO 8601 UTC. */
  readonly committed_at?: string;
}

/** What to show of a list. Absent keys do not narrow it. */
export interface ISessionFilter {
  /** Words, all of which must be in the name, id, path or user. */
  readonly query?: string;
  readonly volume?: string;
  readonly status?: SessionStatus;
  readonly isCommitted?: boolean;
}

/** Whether a text can be a session's id, and so the name of its folder. */
export function isSessionId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(id);
}

/** Folder of a session within its volume. */
export function sessionFolder(id: string): string {
  return `${SESSIONS_FOLDER}/${id}`;
}

/** Id of the session that a path of a volume belongs to, or null. */
export function sessionOfPath(path: string): string | null {
  const [folder, id = ''] = path.split('/');
  return folder === SESSIONS_FOLDER && isSessionId(id) ? id : null;
}

/** One session, null where there is none, or what is wrong with its file. */
export async function readSession(
  files: Pick<ISessionFiles, 'text'>,
  id: string
): Promise<ISession | ISessionProblem | null> {
  const text = await files.text(`${sessionFolder(id)}/session.json`);
  if (text === null) {
    return null;
  }
  const session = parseSession(text);
  if ('problem' in session) {
    return { id, message: session.problem };
  }
  return session.id === id
    ? session
    : { id, message: `session.json is that of "${session.id}", not of "${id}".` };
}

/** All sessions of a volume by id; those that cannot be read are told apart. */
export async function readSessions(files: ISessionFiles): Promise<{
  readonly sessions: readonly ISession[];
  readonly problems: readonly ISessionProblem[];
}> {
  const ids = (await files.list(SESSIONS_FOLDER)).filter(isSessionId).sort();
  const read = await Promise.all(ids.map(id => readSession(files, id)));
  return {
    sessions: read.filter(item => item !== null).filter(item => 'name' in item),
    problems: read.filter(item => item !== null).filter(item => 'message' in item)
  };
}

/** What fits, the latest changed first. */
export function filterSessions(
  sessions: readonly ISessionSummary[],
  filter: ISessionFilter
): readonly ISessionSummary[] {
  const words = fold(filter.query ?? '')
    .split(/\s+/)
    .filter(word => word !== '');
  return sessions
    .filter(({ session, volume, isCommitted }) => {
      const { name, id, path, user, status } = session;
      const text = fold(`${name} ${id} ${path} ${user}`);
      return (
        words.every(word => text.includes(word)) &&
        (filter.volume ?? volume) === volume &&
        (filter.status ?? status) === status &&
        (filter.isCommitted ?? isCommitted) === isCommitted
      );
    })
    .sort(
      (a, b) =>
        compare(changedAt(b), changedAt(a)) || compare(a.session.id, b.session.id)
    );
}

/** When a session changed last: a commit that restores it has a record of before. */
export function changedAt({
  session,
  committed_at = ''
}: Pick<ISessionSummary, 'session' | 'committed_at'>): string {
  return committed_at > session.updated_at ? committed_at : session.updated_at;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A session with another name.
 *
 * @returns the session, or what is wrong with the name in a sentence for people
 */
export function renameSession(
  session: ISession,
  name: string,
  now: string
): ISession | { readonly problem: string } {
  const problem = sessionNameProblem(name);
  return problem === null ? { ...session, name, updated_at: now } : { problem };
}

/** A session with another status; the same one when it has it already. */
export function changeStatus(
  session: ISession,
  status: SessionStatus,
  now: string
): ISession {
  return session.status === status ? session : { ...session, status, updated_at: now };
}
