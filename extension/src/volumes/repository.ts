import {
  openObjectStore,
  VolumeError,
  type IFileChange,
  type IGitObject,
  type INamedObject,
  type IVolumeStore,
  type Verdict
} from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IWatch } from '../archive/longWork';
import type { IArchiveIn } from '../archive/zipReader';
import type { IArchiveOut } from '../archive/zipWriter';
import type { VolumeAccess } from './access';
import { applyChanges, type IApplyOptions } from './applying';
import { dropBranch, makeBranch } from './branches';
import {
  checkChanges,
  commitFiles,
  type ICommitOptions,
  type ICommitPlace
} from './committing';
import type { VolumeConnection } from './connection';
import { bytesAt } from './database';
import type { StoreChange } from './fileStore';
import { filesStatus, readIndex, type IFileStatus } from './fileStatus';
import { mergeCommit, type IMergeOptions, type IMergeResult } from './merging';
import { objectDatabase, sha1 } from './objectDatabase';
import { collectObjects, receiveObjects } from './objectTransfer';

/**
 * The history of a volume whose files are in a {@link VolumeConnection}: which files are
 * not committed, and commits of them. Reading history goes through `store`.
 */
export class VolumeRepository implements IDisposable {
  /** Without `access` nobody is refused: that is for tests and for whole backups. */
  constructor(
    private readonly _connection: VolumeConnection,
    private readonly _access?: VolumeAccess
  ) {
    const { name } = _connection;
    this.store = openObjectStore({ database: objectDatabase(_connection), hash: sha1 });
    if (typeof BroadcastChannel !== 'undefined') {
      this._channel = new BroadcastChannel(`${name}:commits`);
      this._channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') {
          this._committed.emit(data);
        }
      };
    }
  }

  /** Reads commits, trees and files as they were. */
  readonly store: Omit<IVolumeStore, 'commit'>;

  /** Emits the files that a merge or `apply` brought, made or took away. */
  get checkedOut(): ISignal<this, readonly StoreChange[]> {
    return this._checkedOut;
  }

  /** Emits the new commit's SHA-1, for commits of other tabs too. */
  get committed(): ISignal<this, string> {
    return this._committed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._channel?.close();
    Signal.clearData(this);
  }

  /** The text of a file as it is now, or `null` where there is none. */
  async text(path: string): Promise<string | null> {
    const tx = (await this._connection.get()).transaction(
      ['entries', 'contents', 'objects'],
      'readonly'
    );
    const entry = await tx.objectStore('entries').get(path);
    return entry?.kind === 'file'
      ? new TextDecoder().decode(await bytesAt(tx, path))
      : null;
  }

  /**
   * Files that differ from the newest commit, sorted by path.
   *
   * @param within files, and folders with all that is in them: only these are looked at,
   *   so that a commit of one session costs the same in a volume of thousands
   */
  async status(within: readonly string[] = ['']): Promise<readonly IFileStatus[]> {
    const index = await readIndex(this._connection, within, { bytes: false });
    return filesStatus(this.store, index, within);
  }

  /**
   * Commits what differs, in order with the commits of other tabs: a commit that comes
   * between is taken as the parent and nothing of it is lost.
   *
   * @returns the commit's SHA-1, or `null` when no file differs
   * @throws VolumeError `bad-path` for a name that Git cannot hold, `forbidden` for a
   *   change that the actor may not make; nothing is written
   */
  async commit(options: ICommitOptions): Promise<string | null> {
    const oid = await this.exclusively(() => commitFiles(this._place, options));
    this._tell(oid);
    return oid;
  }

  /**
   * Makes files what is given and commits that at once; see `applyChanges`.
   *
   * @returns the commit's SHA-1, or `null` when nothing differed
   */
  async apply(options: IApplyOptions): Promise<string | null> {
    const { oid, changes } = await this.exclusively(() =>
      applyChanges(this._place, options)
    );
    if (changes.length > 0) {
      this._checkedOut.emit(changes);
    }
    this._tell(oid);
    return oid;
  }

  /** Whether the person may make these changes: what `apply` asks before it writes. */
  async allows(changes: readonly IFileChange[]): Promise<Verdict> {
    try {
      await checkChanges(this._place, changes);
      return { allowed: true };
    } catch (error) {
      if (error instanceof VolumeError && error.code === 'forbidden') {
        return { allowed: false, reason: error.message };
      }
      throw error;
    }
  }

  /**
   * Takes in another commit whose objects are there: moves on to it, or merges, with
   * the files; see `mergeCommit`.
   */
  async merge(theirs: string, options: IMergeOptions): Promise<IMergeResult> {
    const result = await mergeCommit(this._connection, theirs, options, work =>
      this.exclusively(work)
    );
    if (result.changes.length > 0) {
      this._checkedOut.emit(result.changes);
    }
    if (['forward', 'merged'].includes(result.kind)) {
      this._tell(result.oid);
    }
    return result;
  }

  /** Writes everything of the volume into a backup; see `backupVolume`. */
  async backup(folder: string, out: IArchiveOut, watch: IWatch): Promise<void> {
    const { backupVolume } = await import('./backup');
    return backupVolume(this._connection, folder, out, watch);
  }

  /**
   * Reads the volume from a backup and checks it; see `readBackup`.
   *
   * @returns what puts the volume back as the backup has it
   */
  async readBackup(
    files: IArchiveIn,
    folder: string,
    watch: IWatch
  ): Promise<() => Promise<void>> {
    const { readBackup } = await import('./backup');
    const { write } = await readBackup(this._connection, files, folder, watch);
    return async () => {
      this._checkedOut.emit(await this.exclusively(write));
      this._tell(await this.store.head());
    };
  }

  /** Where a branch of another repository was when it was last heard of. */
  async remoteHead(ref: string): Promise<string | null> {
    return (await (await this._connection.get()).get('refs', ref)) ?? null;
  }

  /** Refs whose names begin with `prefix`, by the rest of their name. */
  async refs(prefix: string): Promise<ReadonlyMap<string, string>> {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const tx = (await this._connection.get()).transaction('refs', 'readonly');
    const [names, oids] = await Promise.all([
      tx.store.getAllKeys(range),
      tx.store.getAll(range)
    ]);
    return new Map(
      names.map((name, at) => [name.slice(prefix.length), oids[at] ?? ''] as const)
    );
  }

  /** See `makeBranch`. */
  makeBranch(name: string, commit: string): Promise<void> {
    return makeBranch(this._connection, name, commit);
  }

  /** See `dropBranch`. */
  dropBranch(name: string): Promise<string> {
    return dropBranch(this._connection, name);
  }

  /** Forgets the refs whose names begin with `prefix`, that one apart. */
  async keepRef(prefix: string, ref: string): Promise<void> {
    const names = [...(await this.refs(prefix)).keys()].map(name => prefix + name);
    const database = await this._connection.get();
    for (const name of names.filter(each => each !== ref)) {
      await database.delete('refs', name);
    }
  }

  /** An object as Git names it; absent when the volume does not have it. */
  async object(oid: string): Promise<IGitObject | undefined> {
    return (await this._connection.get()).get('objects', oid);
  }

  /** See `receiveObjects`. */
  receive(objects: readonly INamedObject[], ref: string, head: string): Promise<void> {
    return receiveObjects(this._connection, objects, ref, head);
  }

  /** See `collectObjects`. */
  collect(head: string, known: readonly string[]): Promise<readonly INamedObject[]> {
    return collectObjects(this._connection, head, known);
  }

  /**
   * All commits as a bare Git repository in a zip; see `exportRepository`.
   *
   * @param folder name of the folder in the archive
   */
  async export(folder: string, watch: IWatch): Promise<Blob> {
    const { exportRepository } = await import('./exportRepository');
    return exportRepository(this._connection, folder, watch);
  }

  /**
   * Runs work while nothing is committed, merged or checked out in any tab, where the
   * browser can say so. Whatever commits itself would wait for ever within it.
   */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
    return locks ? locks.request(`${this._connection.name}:commit`, work) : work();
  }

  private get _place(): ICommitPlace {
    const { store, _connection: connection, _access: access } = this;
    return { connection, store, ...(access && { access }) };
  }

  /** Tells this tab and the others where the branch is now. */
  private _tell(oid: string | null): void {
    if (oid !== null) {
      this._committed.emit(oid);
      this._channel?.postMessage(oid);
    }
  }

  private readonly _channel: BroadcastChannel | undefined;
  private readonly _committed = new Signal<this, string>(this);
  private readonly _checkedOut = new Signal<this, readonly StoreChange[]>(this);
  private _isDisposed = false;
}
