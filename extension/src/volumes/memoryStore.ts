import { Signal, type ISignal } from '@lumino/signaling';

import {
  cleanPath,
  FileStoreError,
  isWithin,
  newPath,
  parentOf,
  type Bytes,
  type IFileStore,
  type IStoredCheckpoint,
  type IStoredEntry,
  type StoreChange
} from './fileStore';

interface INode {
  readonly entry: IStoredEntry;
  readonly bytes?: Bytes;
}

/** A store that lasts as long as the page: the system library, and tests. */
export class MemoryFileStore implements IFileStore {
  /** `now` gives milliseconds since 1970. */
  constructor(private readonly _now: () => number = Date.now) {
    this._put({ path: '', kind: 'directory', created: 0, modified: 0, size: 0 });
  }

  get changedElsewhere(): ISignal<IFileStore, StoreChange> {
    return this._changedElsewhere;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._nodes.clear();
      Signal.clearData(this);
    }
  }

  stat(path: string): Promise<IStoredEntry | undefined> {
    return attempt(() => this._nodes.get(cleanPath(path))?.entry);
  }

  list(directory: string): Promise<readonly IStoredEntry[]> {
    return attempt(() => {
      const folder = cleanPath(directory);
      this._directory(folder);
      return [...this._nodes.values()]
        .map(node => node.entry)
        .filter(({ path }) => path !== '' && parentOf(path) === folder)
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    });
  }

  read(path: string): Promise<Bytes> {
    return attempt(() => this._file(cleanPath(path)).bytes);
  }

  write(path: string, bytes: Bytes): Promise<IStoredEntry> {
    return attempt(() => {
      const known = this._nodes.get(cleanPath(path));
      return this._write(known?.entry.path ?? newPath(path), bytes);
    });
  }

  create(path: string, bytes: Bytes): Promise<IStoredEntry> {
    return attempt(() => {
      const clean = newPath(path);
      this._free(clean);
      return this._write(clean, bytes);
    });
  }

  makeDirectory(path: string): Promise<IStoredEntry> {
    return attempt(() => {
      const clean = newPath(path);
      this._free(clean);
      return this._makeDirectory(clean);
    });
  }

  copy(from: string, to: string): Promise<IStoredEntry> {
    return attempt(() => {
      const [source, target] = this._pair(from, to);
      const now = this._now();
      for (const path of this._within(source)) {
        const { entry, bytes } = this._node(path);
        const copied = target + path.slice(source.length);
        this._put({ ...entry, path: copied, created: now, modified: now }, bytes);
      }
      return this._node(target).entry;
    });
  }

  move(from: string, to: string): Promise<IStoredEntry> {
    return attempt(() => {
      const [source, target] = this._pair(from, to);
      for (const path of this._within(source)) {
        const node = this._node(path);
        const moved = target + path.slice(source.length);
        this._nodes.set(moved, { ...node, entry: { ...node.entry, path: moved } });
        this._nodes.delete(path);
        const checkpoint = this._checkpoints.get(path);
        if (checkpoint) {
          this._checkpoints.set(moved, checkpoint);
          this._checkpoints.delete(path);
        }
      }
      return this._node(target).entry;
    });
  }

  remove(path: string): Promise<void> {
    return attempt(() => {
      const clean = cleanPath(path);
      this._node(clean);
      if (clean === '') {
        throw new FileStoreError('bad-path', path);
      }
      for (const inside of this._within(clean)) {
        this._nodes.delete(inside);
        this._checkpoints.delete(inside);
      }
    });
  }

  checkpoint(path: string): Promise<IStoredCheckpoint | undefined> {
    return attempt(() => this._checkpoints.get(cleanPath(path)));
  }

  setCheckpoint(path: string): Promise<IStoredCheckpoint> {
    return attempt(() => {
      const clean = cleanPath(path);
      const checkpoint = { bytes: this._file(clean).bytes, modified: this._now() };
      this._checkpoints.set(clean, checkpoint);
      return checkpoint;
    });
  }

  removeCheckpoint(path: string): Promise<void> {
    return attempt(() => {
      this._checkpoints.delete(cleanPath(path));
    });
  }

  /** Makes a folder where there is nothing, at once and by any name. */
  protected ensureDirectory(path: string): void {
    if (!this._nodes.has(path)) {
      this._makeDirectory(path);
    }
  }

  private _makeDirectory(path: string): IStoredEntry {
    this._directory(parentOf(path));
    const now = this._now();
    return this._put({
      path,
      kind: 'directory',
      created: now,
      modified: now,
      size: 0
    });
  }

  private _put(entry: IStoredEntry, bytes?: Bytes): IStoredEntry {
    this._nodes.set(entry.path, { entry, bytes });
    return entry;
  }

  private _write(path: string, bytes: Bytes): IStoredEntry {
    this._directory(parentOf(path));
    const old = this._nodes.get(path);
    if (path === '' || old?.entry.kind === 'directory') {
      throw new FileStoreError('is-a-directory', path);
    }
    const modified = this._now();
    const created = old?.entry.created ?? modified;
    const size = bytes.byteLength;
    return this._put({ path, kind: 'file', created, modified, size }, bytes.slice());
  }

  /** Cleans and checks the two ends of a move or copy. */
  private _pair(from: string, to: string): [source: string, target: string] {
    const [source, target] = [cleanPath(from), newPath(to)];
    this._node(source);
    this._free(target);
    this._directory(parentOf(target));
    if (source === '' || isWithin(target, source)) {
      throw new FileStoreError('bad-path', to);
    }
    return [source, target];
  }

  private _within(path: string): string[] {
    return [...this._nodes.keys()].filter(each => isWithin(each, path));
  }

  private _node(path: string): INode {
    const node = this._nodes.get(path);
    if (!node) {
      throw new FileStoreError('not-found', path);
    }
    return node;
  }

  private _file(path: string): { bytes: Bytes } {
    const { bytes } = this._node(path);
    if (!bytes) {
      throw new FileStoreError('is-a-directory', path);
    }
    return { bytes: bytes.slice() };
  }

  private _directory(path: string): void {
    if (this._node(path).entry.kind !== 'directory') {
      throw new FileStoreError('not-a-directory', path);
    }
  }

  private _free(path: string): void {
    if (this._nodes.has(path)) {
      throw new FileStoreError('exists', path);
    }
  }

  private readonly _nodes = new Map<string, INode>();
  private readonly _checkpoints = new Map<string, IStoredCheckpoint>();
  private readonly _changedElsewhere = new Signal<IFileStore, StoreChange>(this);
  private _isDisposed = false;
}

/** Turns a throw of synchronous work into a rejection. */
function attempt<T>(work: () => T): Promise<T> {
  return new Promise(resolve => resolve(work()));
}
