import {
  nameObject,
  openObjectStore,
  VolumeError,
  type Actor,
  type IAuthor,
  type IFileChange,
  type IGitObject,
  type INamedObject,
  type IVolumeStore
} from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { Unzipped, Zippable } from 'fflate';

import type { ReadFile, VolumeAccess } from './access';
import type { VolumeConnection } from './connection';
import { bytesAt, type IIndexEntry, type Transaction } from './database';
import { parentOf, type Bytes, type StoreChange } from './fileStore';
import { mergeCommit, type IMergeOptions, type IMergeResult } from './merging';
import { objectDatabase, sha1 } from './objectDatabase';
import { collectObjects, receiveObjects } from './objectTransfer';

/** How a file differs from the newest commit. */
export interface IFileStatus {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'deleted';
}

/** What goes into a commit, and under whose name. */
export interface ICommitOptions {
  /** Files, and folders with all that is in them; by default everything. */
  readonly paths?: readonly string[];
  readonly message: string;
  readonly author: IAuthor;
  /** Who asks, when it is a job; by default the person at this browser. */
  readonly actor?: Actor;
}

/** What a file held when it was read for a commit. */
interface ISnapshot {
  readonly path: string;
  readonly bytes: Bytes;
}

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

  /** Emits the files that a merge brought, made or took away. */
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
    const at = await this.store.head();
    const found = await Promise.all(within.map(path => this._statusOf(path, at)));
    const byPath = new Map(found.flat().map(file => [file.path, file]));
    return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private async _statusOf(
    within: string,
    at: string | null
  ): Promise<readonly IFileStatus[]> {
    const database = await this._connection.get();
    const inside =
      within === '' ? undefined : IDBKeyRange.bound(`${within}/`, `${within}/\uffff`);
    const [entries, own, head] = await Promise.all([
      database.getAll('entries', inside),
      within === '' ? undefined : database.get('entries', within),
      headFiles(this.store, at, within)
    ]);
    const found: IFileStatus[] = [];
    for (const { path, kind, oid } of own ? [...entries, own] : entries) {
      if (kind === 'file') {
        const committed = head.get(path);
        head.delete(path);
        if (oid !== committed || oid === undefined) {
          found.push({ path, change: committed === undefined ? 'added' : 'changed' });
        }
      }
    }
    for (const path of head.keys()) {
      found.push({ path, change: 'deleted' });
    }
    return found;
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
    const oid = await this._exclusively(() => this._commit(options));
    if (oid !== null) {
      this._committed.emit(oid);
      this._channel?.postMessage(oid);
    }
    return oid;
  }

  /**
   * Takes in another commit whose objects are there: moves on to it, or merges, with
   * the files; see `mergeCommit`.
   */
  async merge(theirs: string, options: IMergeOptions): Promise<IMergeResult> {
    const result = await this._exclusively(() =>
      mergeCommit(this._connection, theirs, options)
    );
    if (result.changes.length > 0) {
      this._checkedOut.emit(result.changes);
    }
    if (result.oid !== null && ['forward', 'merged'].includes(result.kind)) {
      this._committed.emit(result.oid);
      this._channel?.postMessage(result.oid);
    }
    return result;
  }

  /** Everything of the volume, to be kept in a backup; see `backupVolume`. */
  async backup(folder: string): Promise<Zippable> {
    const { backupVolume } = await import('./backup');
    return backupVolume(this._connection, folder);
  }

  /** Puts the volume back as a backup has it; see `restoreVolume`. */
  async restore(files: Unzipped, folder: string): Promise<void> {
    const { restoreVolume } = await import('./backup');
    const changes = await this._exclusively(() =>
      restoreVolume(this._connection, files, folder)
    );
    this._checkedOut.emit(changes);
    const head = await this.store.head();
    if (head !== null) {
      this._committed.emit(head);
      this._channel?.postMessage(head);
    }
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
  async export(folder: string): Promise<Uint8Array<ArrayBuffer>> {
    const { exportRepository } = await import('./exportRepository');
    return exportRepository(this._connection, folder);
  }

  private async _commit({
    paths = [''],
    message,
    author,
    actor
  }: ICommitOptions): Promise<string | null> {
    for (;;) {
      const parent = await this.store.head();
      const wanted = await this.status(paths);
      const { changes, snapshots } = await this._read(wanted);
      if (changes.length === 0) {
        return null;
      }
      await this._check(changes, actor);
      const named = await nameBlobs(snapshots);
      const store = openObjectStore({
        database: objectDatabase(this._connection, tx => settle(tx, snapshots, named)),
        hash: sha1
      });
      try {
        return await store.commit(changes, message, author, parent);
      } catch (error) {
        const code = error instanceof VolumeError ? error.code : undefined;
        if (code === 'nothing-to-commit') {
          return this._settleOnly(snapshots, named);
        }
        if (code !== 'conflict') {
          throw error;
        }
        // Another tab without Web Locks was first: once more, on top of its commit.
      }
    }
  }

  /** Every path, before anything is written. */
  private async _check(
    changes: readonly IFileChange[],
    actor: Actor | undefined
  ): Promise<void> {
    const read: ReadFile = async path =>
      (await this.store.read(path)) ??
      changes.find(change => change.path === path)?.content ??
      null;
    for (const { path, content } of this._access ? changes : []) {
      const asked = await this._access?.write(path, read, actor);
      const verdict =
        asked?.allowed && content !== null
          ? this._access?.saves(path, content, actor)
          : asked;
      if (verdict?.allowed === false) {
        throw new VolumeError('forbidden', `"${path}": ${verdict.reason}`);
      }
    }
  }

  /** Saved again with the bytes of the newest commit: there is nothing to write. */
  private async _settleOnly(
    snapshots: readonly ISnapshot[],
    named: ReadonlyMap<string, string>
  ): Promise<null> {
    const tx = (await this._connection.get()).transaction(
      ['entries', 'contents', 'objects'],
      'readwrite'
    );
    await settle(tx, snapshots, named);
    await tx.done;
    return null;
  }

  /** All bytes of one moment. */
  private async _read(wanted: readonly IFileStatus[]): Promise<{
    readonly changes: readonly IFileChange[];
    readonly snapshots: readonly ISnapshot[];
  }> {
    const tx = (await this._connection.get()).transaction(
      ['entries', 'contents', 'objects'],
      'readonly'
    );
    const changes: IFileChange[] = [];
    const snapshots: ISnapshot[] = [];
    for (const { path, change } of wanted) {
      const entry = await tx.objectStore('entries').get(path);
      if (entry?.kind === 'file') {
        const bytes = await bytesAt(tx, path);
        changes.push({ path, content: bytes });
        snapshots.push({ path, bytes });
      } else if (change === 'deleted') {
        changes.push({ path, content: null });
      }
    }
    await tx.done;
    return { changes, snapshots };
  }

  /** One commit at a time over all tabs, where the browser can say so. */
  private async _exclusively<T>(work: () => Promise<T>): Promise<T> {
    const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
    return locks ? locks.request(`${this._connection.name}:commit`, work) : work();
  }

  private readonly _channel: BroadcastChannel | undefined;
  private readonly _committed = new Signal<this, string>(this);
  private readonly _checkedOut = new Signal<this, readonly StoreChange[]>(this);
  private _isDisposed = false;
}

/** The blobs of a commit that are at a path or in that folder. */
async function headFiles(
  store: Omit<IVolumeStore, 'commit'>,
  at: string | null,
  within: string
): Promise<Map<string, string>> {
  if (at === null) {
    return new Map();
  }
  if (within === '') {
    const diff = await store.diff(null, at);
    return new Map(diff.flatMap(({ path, to }) => (to === null ? [] : [[path, to]])));
  }
  const inParent = await store.list(parentOf(within), at);
  const found = inParent.find(({ path }) => path === within);
  if (found?.kind === 'file') {
    return new Map([[within, found.oid]]);
  }
  const inside = found ? await store.list(within, at) : [];
  const parts = await Promise.all(
    inside.map(async ({ path, kind, oid }) =>
      kind === 'file' ? [[path, oid] as const] : [...(await headFiles(store, at, path))]
    )
  );
  return new Map(parts.flat());
}

async function nameBlobs(
  snapshots: readonly ISnapshot[]
): Promise<ReadonlyMap<string, string>> {
  const named = await Promise.all(
    snapshots.map(async ({ path, bytes }) => {
      const { oid } = await nameObject({ type: 'blob', body: bytes }, sha1);
      return [path, oid] as const;
    })
  );
  return new Map(named);
}

/**
 * Drops the second copy of what is in `objects` now. A file that was saved again since
 * it was read has another name by then, and stays as it is: not committed.
 */
async function settle(
  tx: Transaction<'readwrite'>,
  snapshots: readonly ISnapshot[],
  named: ReadonlyMap<string, string>
): Promise<void> {
  const entries = tx.objectStore('entries');
  for (const { path } of snapshots) {
    const oid = named.get(path);
    const entry: IIndexEntry | undefined = await entries.get(path);
    if (oid !== undefined && entry && (entry.oid ?? oid) === oid) {
      await entries.put({ ...entry, oid });
      await tx.objectStore('contents').delete(path);
    }
  }
}
