import { Signal, type ISignal } from '@lumino/signaling';

import {
  FileStoreError,
  type Bytes,
  type IFileStore,
  type IStoredCheckpoint,
  type IStoredEntry,
  type StoreChange
} from './fileStore';

/** What a store has to answer when nothing of it can be changed. */
export interface IReadOnlyFiles {
  stat(path: string): Promise<IStoredEntry | undefined>;
  list(directory: string): Promise<readonly IStoredEntry[]>;
  read(path: string): Promise<Bytes>;
}

/** A store over files that only can be read; its drive refuses changes before it does. */
export class ReadOnlyStore implements IFileStore {
  constructor(private readonly _files: IReadOnlyFiles) {}

  get changedElsewhere(): ISignal<IFileStore, StoreChange> {
    return this._changedElsewhere;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  stat(path: string): Promise<IStoredEntry | undefined> {
    return this._files.stat(path);
  }

  list(directory: string): Promise<readonly IStoredEntry[]> {
    return this._files.list(directory);
  }

  read(path: string): Promise<Bytes> {
    return this._files.read(path);
  }

  checkpoint(): Promise<IStoredCheckpoint | undefined> {
    return Promise.resolve(undefined);
  }

  write(path: string): Promise<IStoredEntry> {
    return refuse(path);
  }

  create(path: string): Promise<IStoredEntry> {
    return refuse(path);
  }

  makeDirectory(path: string): Promise<IStoredEntry> {
    return refuse(path);
  }

  move(from: string): Promise<IStoredEntry> {
    return refuse(from);
  }

  copy(from: string): Promise<IStoredEntry> {
    return refuse(from);
  }

  remove(path: string): Promise<void> {
    return refuse(path);
  }

  setCheckpoint(path: string): Promise<IStoredCheckpoint> {
    return refuse(path);
  }

  removeCheckpoint(path: string): Promise<void> {
    return refuse(path);
  }

  private readonly _changedElsewhere = new Signal<IFileStore, StoreChange>(this);
  private _isDisposed = false;
}

function refuse(path: string): Promise<never> {
  return Promise.reject(new FileStoreError('bad-path', path));
}
