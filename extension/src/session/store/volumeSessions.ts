import type { Contents } from '@jupyterlab/services';
import {
  filterSessions,
  readSession,
  readSessions,
  sessionFolder,
  sessionOfPath,
  type ILogEntry,
  type ISession,
  type ISessionProblem,
  type ISessionSummary
} from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { reasonOf } from '../../reasonOf';
import type { IVolume } from '../../tokens';
import type { IFileStatus } from '../../volumes/fileStatus';
import type { VolumeRepository } from '../../volumes/repository';
import { driveFiles, type IDriveFiles } from './driveFiles';
import { mainLine, namedBy, plainCommits, sessionsIn } from './logLines';

/** A volume with a history; only such have sessions. */
export interface IHistoryVolume extends IVolume {
  readonly repository: VolumeRepository;
}

/**
 * The sessions of one volume, current by the signals of its drive and repository. What
 * changes while it is read is read once more, so readings never pile up.
 */
export class VolumeSessions implements IDisposable {
  constructor(readonly volume: IHistoryVolume) {
    // A commit or a merge in the midst of a change would be written over by it.
    this.files = driveFiles(volume.drive, work => volume.repository.exclusively(work));
    volume.drive.fileChanged.connect(this._onFile, this);
    volume.repository.committed.connect(this._onCommit, this);
    this.ready = this.refresh();
  }

  readonly files: IDriveFiles;
  /** Resolves after the first reading, also when it failed: see `problem`. */
  readonly ready: Promise<void>;

  /** The latest changed first. */
  get summaries(): readonly ISessionSummary[] {
    return this._summaries;
  }

  /** Sessions that cannot be read. */
  get problems(): readonly ISessionProblem[] {
    return this._problems;
  }

  /** Why the volume could not be read, or null. */
  get problem(): string | null {
    return this._problem;
  }

  get uncommitted(): readonly IFileStatus[] {
    return this._status;
  }

  /** All commits of the volume, those that merges brought too, children first. */
  get log(): readonly ILogEntry[] {
    return this._log;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.volume.drive.fileChanged.disconnect(this._onFile, this);
      this.volume.repository.committed.disconnect(this._onCommit, this);
      Signal.clearData(this);
    }
  }

  private _onFile(_: unknown, change: Contents.IChangedArgs): void {
    for (const path of [change.oldValue?.path, change.newValue?.path]) {
      if (path === undefined) {
        continue;
      }
      const id = sessionOfPath(path);
      if (id === null) {
        // A folder that is saved is no other folder.
        this._readAll ||= path === 'sessions' && change.type !== 'save';
      } else {
        this._stale.add(id);
      }
    }
    void this.refresh();
  }

  private _onCommit(): void {
    void this.refresh();
  }

  /** One reading at a time; those asked for meanwhile become one more. */
  refresh(): Promise<void> {
    this._wanted = true;
    this._reading ??= this._read().finally(() => {
      this._reading = undefined;
    });
    return this._reading;
  }

  private async _read(): Promise<void> {
    while (this._wanted && !this._isDisposed) {
      this._wanted = false;
      try {
        await this._readOnce();
        this._problem = null;
      } catch (error) {
        this._problem = reasonOf(error);
      }
      this._changed.emit();
    }
  }

  private async _readOnce(): Promise<void> {
    const { repository } = this.volume;
    const work = [repository.status(), this._readSessions(), this._readLog()] as const;
    // When one fails the others go on: the next reading is not to begin before they end.
    await Promise.allSettled(work);
    const [status] = await Promise.all(work);
    this._status = status;
    const dirty = new Set(status.map(({ path }) => sessionOfPath(path)));
    const summaries = [...this._sessions.values()].map(session => {
      const newest = this._commits.get(session.id);
      const isCommitted = newest !== undefined && !dirty.has(session.id);
      return {
        ...{ session, volume: this.volume.name, isCommitted },
        commit: newest?.oid ?? null,
        ...(newest && {
          committed_at: new Date(newest.author.time * 1000).toISOString()
        })
      };
    });
    this._summaries = filterSessions(summaries, {});
  }

  /** What could not be read stays to be read: only then is nothing lost from the list. */
  private async _readSessions(): Promise<void> {
    const stale = [...this._stale];
    if (this._readAll) {
      this._readAll = false;
      try {
        const { sessions, problems } = await readSessions(this.files);
        this._sessions = new Map(sessions.map(session => [session.id, session]));
        this._problems = problems;
      } catch (error) {
        this._readAll = true;
        throw error;
      }
    }
    for (const id of stale) {
      this._stale.delete(id);
      try {
        this._put(id, await readSession(this.files, id));
      } catch (error) {
        this._stale.add(id);
        throw error;
      }
    }
  }

  private _put(id: string, session: ISession | ISessionProblem | null): void {
    this._problems = this._problems.filter(problem => problem.id !== id);
    this._sessions.delete(id);
    if (session && 'name' in session) {
      this._sessions.set(id, session);
    } else if (session) {
      this._problems = [...this._problems, session];
    }
  }

  /** The log is as `store.log` gives it: what a merge brings stands among what was there. */
  private async _readLog(): Promise<void> {
    const { store } = this.volume.repository;
    const fresh = await plainCommits(store, this._log[0]?.oid);
    if (fresh) {
      this._commits = new Map([...this._commits, ...namedBy(fresh)]);
      this._log = [...fresh, ...this._log];
    } else {
      const log = await store.log({ merged: true });
      // Both at once: what could not be read is to be read again.
      this._commits = await this._newestOf(mainLine(log));
      this._log = log;
    }
    await this._findUnnamed();
  }

  /**
   * The newest commit of each session. A merge is of the sessions that it changed here: of
   * what both sides have committed it may keep either.
   */
  private async _newestOf(line: readonly ILogEntry[]): Promise<Map<string, ILogEntry>> {
    const { store } = this.volume.repository;
    const found = new Map<string, ILogEntry>();
    const merges = new Map<string, readonly (string | null)[]>();
    for (const entry of [...line].reverse()) {
      const [before = null, ...merged] = entry.parents;
      if (merged.length === 0) {
        sessionsIn(entry).forEach(id => found.set(id, entry));
        continue;
      }
      // A commit never changes.
      const changed =
        this._merges.get(entry.oid) ??
        (await store.diff(before, entry.oid)).map(({ path }) => sessionOfPath(path));
      merges.set(entry.oid, changed);
      changed.forEach(id => id !== null && found.set(id, entry));
    }
    this._merges = merges;
    return found;
  }

  /** Sessions that were committed by other hands, without a trailer. */
  private async _findUnnamed(): Promise<void> {
    const { store } = this.volume.repository;
    for (const id of this._sessions.keys()) {
      if (!this._commits.has(id) && (await store.list(sessionFolder(id))).length > 0) {
        const [entry] = await store.log({ path: sessionFolder(id), limit: 1 });
        if (entry) {
          this._commits.set(id, entry);
        }
      }
    }
  }

  private _sessions = new Map<string, ISession>();
  private _commits = new Map<string, ILogEntry>();
  /** Sessions that each merge changed; null for other files. */
  private _merges: ReadonlyMap<string, readonly (string | null)[]> = new Map();
  private readonly _stale = new Set<string>();
  private _readAll = true;
  private _summaries: readonly ISessionSummary[] = [];
  private _problems: readonly ISessionProblem[] = [];
  private _problem: string | null = null;
  private _status: readonly IFileStatus[] = [];
  private _log: readonly ILogEntry[] = [];
  private _wanted = false;
  private _reading: Promise<void> | undefined;
  private readonly _changed = new Signal<this, void>(this);
  private _isDisposed = false;
}
