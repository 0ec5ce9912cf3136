import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  formatSession,
  isRecord,
  isSessionId,
  readSession,
  sessionFolder,
  sessionNameProblem,
  type ISession
} from '@llmos-lab/skills';

import { cannotBeSaved } from '../../notebook/readOnly';
import type { ISessionPlace } from '../../tokens';
import { USER_VOLUME } from '../../volumes/copyToUser';
import type { IDriveFiles } from './driveFiles';
import { newUlid } from './ulid';
import { readWorking } from './workingNotebook';

/** Files of a volume that sessions may stand in. */
export interface ISessionVolume {
  readonly name: string;
  readonly files: IDriveFiles;
}

/** What finding the session of a notebook needs. */
export interface INotebookSessionsOptions {
  /** Nearest first; the person's own volume is among them. */
  readonly volumes: () => readonly ISessionVolume[];
  readonly contents: Pick<Contents.IManager, 'get'>;
  readonly trans: TranslationBundle;
  /** Id of the person at this browser. */
  readonly user: () => string;
}

/** A session as it was found. */
interface IFound extends ISessionVolume {
  readonly session: ISession;
}

/** The id in a notebook's metadata; undefined where it has none. */
export function sessionId(panel: NotebookPanel): string | undefined {
  const metadata: unknown = panel.context.model.getMetadata('llmos');
  const id = isRecord(metadata) ? metadata.session : undefined;
  return typeof id === 'string' && isSessionId(id) ? id : undefined;
}

/** Whether a session is another member's: its path then means a place of theirs. */
export function isOfOthers(session: ISession, volume: string, user: string): boolean {
  return volume !== USER_VOLUME && session.user !== user;
}

/**
 * The one rule by which a notebook has its session: runs, commits and conversations all
 * ask here, and those that ask at the same time get the same answer.
 */
export class NotebookSessions {
  constructor(private readonly _options: INotebookSessionsOptions) {}

  /**
   * The session of a notebook, made where it has none. An id that no volume here knows as
   * this person's, or whose own notebook stands elsewhere, came with a copy: the copy gets
   * a new one.
   *
   * @throws Error when a session's file is there and cannot be read; nothing is written
   */
  ensure(panel: NotebookPanel): Promise<ISessionPlace> {
    const { context } = panel;
    const asked = this._asked.get(context);
    if (asked) {
      return asked;
    }
    const answer = this._ensure(panel).finally(() => this._asked.delete(context));
    this._asked.set(context, answer);
    return answer;
  }

  private async _ensure(panel: NotebookPanel): Promise<ISessionPlace> {
    const { path } = panel.context;
    const id = sessionId(panel) ?? this._kept.get(panel.context);
    const found = id === undefined ? null : await this._find(id);
    if (!found) {
      return this._make(panel);
    }
    const { session, name: volume, files } = found;
    if (session.path !== path) {
      const there = await readWorking(this._options.contents, session);
      if (there.kind === 'notebook') {
        return this._make(panel);
      }
      // The notebook was renamed or moved.
      await write(files, moved(session, path));
    }
    this._opened.set(session.id, new WeakRef(panel.context));
    return { volume, id: session.id };
  }

  /**
   * Gives a session the path at which its notebook stands by now. A notebook that does
   * not name it, in its file or as it is open, is another one and changes nothing.
   *
   * @returns the session's volume where the path is new
   * @throws Error when the session's file is there and cannot be read or written
   */
  async follow(id: string, path: string): Promise<string | null> {
    const found = await this._find(id);
    if (!found || found.session.path === path || !(await this._isAt(id, path))) {
      return null;
    }
    await write(found.files, moved(found.session, path));
    return found.name;
  }

  private async _isAt(id: string, path: string): Promise<boolean> {
    const context = this._opened.get(id)?.deref();
    if (context && !context.isDisposed && context.path === path) {
      return true;
    }
    const there = await readWorking(this._options.contents, { id, path });
    return there.kind === 'notebook';
  }

  private async _find(id: string): Promise<IFound | null> {
    for (const volume of this._options.volumes()) {
      const session = await readSession(volume.files, id);
      if (session && 'message' in session) {
        throw new Error(
          this._options.trans.__(
            '"%1": %2',
            `${volume.name}:${sessionFolder(id)}`,
            session.message
          )
        );
      }
      if (session && !isOfOthers(session, volume.name, this._options.user())) {
        return { ...volume, session };
      }
    }
    return null;
  }

  private async _make(panel: NotebookPanel): Promise<ISessionPlace> {
    const { volumes, trans, user } = this._options;
    const { path, model } = panel.context;
    const own = volumes().find(({ name }) => name === USER_VOLUME);
    if (!own) {
      throw new Error(
        trans.__('Your own volume is not there, so nothing can be recorded.')
      );
    }
    const id = `s-${newUlid()}`;
    await write(own.files, newSession(id, path, user()));
    // A notebook that cannot be saved has the session for as long as it is open.
    if (cannotBeSaved(panel.context)) {
      this._kept.set(panel.context, id);
    } else {
      const metadata: unknown = model.getMetadata('llmos');
      const others = isRecord(metadata) ? metadata : {};
      model.setMetadata('llmos', { ...others, v: 1, session: id });
    }
    this._opened.set(id, new WeakRef(panel.context));
    return { volume: own.name, id };
  }

  private readonly _asked = new WeakMap<object, Promise<ISessionPlace>>();
  private readonly _kept = new WeakMap<object, string>();
  /** By session: its notebook as it is open, whose file may not name it yet. */
  private readonly _opened = new Map<string, WeakRef<NotebookPanel['context']>>();
}

/** A name that a person has given stays; one that is the notebook's goes with it. */
function moved(session: ISession, path: string): ISession {
  const name = session.name === nameOf(session.path) ? nameOf(path) : session.name;
  return { ...session, name, path, updated_at: new Date().toISOString() };
}

function write(files: IDriveFiles, session: ISession): Promise<void> {
  return files.write(
    `${sessionFolder(session.id)}/session.json`,
    formatSession(session)
  );
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
