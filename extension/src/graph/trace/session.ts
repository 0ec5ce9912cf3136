import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import {
  formatSession,
  formatUlid,
  isRecord,
  parseSession,
  sessionNameProblem,
  type ISession
} from '@llmos-lab/skills';

/** Where sessions stand on the person's own volume. */
const SESSIONS = 'user:sessions';

/** Contents path of a session's traces. */
export function tracesPath(session: string): string {
  return `${SESSIONS}/${session}/traces.jsonl`;
}

/** Notebooks of the history and shares of others belong to no session of this person. */
export function isPassing(path: string): boolean {
  return /^(?:history|shared):/.test(path);
}

/** A new ULID. */
export function newUlid(now = Date.now()): string {
  return formatUlid(now, crypto.getRandomValues(new Uint8Array(16)));
}

/** What making a session needs of the application. */
export interface ISessionParts {
  readonly contents: Pick<Contents.IManager, 'get' | 'save'>;
  readonly user: string;
}

/** The id in a notebook's metadata; undefined where it has none. */
export function sessionId(panel: NotebookPanel): string | undefined {
  const metadata: unknown = panel.context.model.getMetadata('llmos');
  const id = isRecord(metadata) ? metadata.session : undefined;
  return typeof id === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(id) ? id : undefined;
}

/**
 * The session of a notebook, made at its first run. A copy of a notebook carries the id of
 * the first: while that one still stands where its session says, the copy gets its own.
 */
export async function ensureSession(
  panel: NotebookPanel,
  parts: ISessionParts
): Promise<string> {
  const { path } = panel.context;
  const known = sessionId(panel);
  if (known !== undefined) {
    const session = await readSession(parts.contents, known);
    if (session?.path === path) {
      return known;
    }
    if (!session || !(await carries(parts.contents, session.path, known))) {
      // The notebook was renamed or moved, or its session's files are not here.
      await writeSession(parts.contents, {
        ...(session ?? newSession(known, path, parts.user)),
        path,
        updated_at: new Date().toISOString()
      });
      return known;
    }
  }
  const id = `s-${newUlid()}`;
  await writeSession(parts.contents, newSession(id, path, parts.user));
  const metadata: unknown = panel.context.model.getMetadata('llmos');
  const others = isRecord(metadata) ? metadata : {};
  // A notebook that cannot be saved has the session for as long as it is open.
  if (panel.context.contentsModel?.writable !== false) {
    panel.context.model.setMetadata('llmos', { ...others, v: 1, session: id });
  }
  return id;
}

function newSession(id: string, path: string, user: string): ISession {
  const now = new Date().toISOString();
  return {
    ...{ v: 1, id, name: nameOf(path), volume: 'user', volume_id: user },
    ...{ status: 'active', path, created_at: now, updated_at: now, user, metadata: {} }
  };
}

/** A session is called as its notebook, within what a name may be. */
function nameOf(path: string): string {
  const file = path.slice(Math.max(path.lastIndexOf('/'), path.indexOf(':')) + 1);
  const name = [...file.replace(/\.ipynb$/, '').trim()].slice(0, 100).join('').trim();
  return sessionNameProblem(name) === null ? name : 'Notebook';
}

async function readSession(
  contents: ISessionParts['contents'],
  id: string
): Promise<ISession | null> {
  const text = await readText(contents, `${SESSIONS}/${id}/session.json`);
  const session = text === null ? null : parseSession(text);
  return session && !('problem' in session) ? session : null;
}

async function writeSession(
  contents: ISessionParts['contents'],
  session: ISession
): Promise<void> {
  for (const path of [SESSIONS, `${SESSIONS}/${session.id}`]) {
    await contents.save(path, { type: 'directory' });
  }
  await contents.save(`${SESSIONS}/${session.id}/session.json`, {
    ...{ type: 'file', format: 'text', content: formatSession(session) }
  });
}

/** Whether the notebook at a path is there and has this session. */
async function carries(
  contents: ISessionParts['contents'],
  path: string,
  session: string
): Promise<boolean> {
  try {
    const model = await contents.get(path, { type: 'notebook', content: true });
    const content: unknown = model.content;
    const metadata = isRecord(content) ? content.metadata : undefined;
    const llmos = isRecord(metadata) ? metadata.llmos : undefined;
    return isRecord(llmos) && llmos.session === session;
  } catch {
    // No notebook stands there any more.
    return false;
  }
}

/** A file's text; null where there is no such file. */
export async function readText(
  contents: Pick<Contents.IManager, 'get'>,
  path: string
): Promise<string | null> {
  try {
    const options = { type: 'file', format: 'text', content: true } as const;
    const model = await contents.get(path, options);
    const content: unknown = model.content;
    return typeof content === 'string' ? content : null;
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

/** Volumes answer 404, as servers do. */
function isMissing(error: unknown): boolean {
  const response = isRecord(error) ? error.response : undefined;
  return isRecord(response) && response.status === 404;
}
