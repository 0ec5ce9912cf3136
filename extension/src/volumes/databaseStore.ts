import type { TranslationBundle } from '@jupyterlab/translation';
import { nameObject } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { VolumeAccess } from './access';
import { VolumeConnection } from './connection';
import {
  bytesAt,
  copyEntries,
  directoryAt,
  entryAt,
  FILE_STORES,
  folderEntry,
  freeAt,
  giveUp,
  keysWithin,
  moveEntries,
  putFile,
  type INamedBytes,
  type Transaction
} from './database';
import {
  cleanPath,
  FileStoreError,
  isNewPath,
  newPath,
  parentOf,
  type Bytes,
  type IFileStore,
  type IStoredCheckpoint,
  type IStoredEntry,
  type StoreChange
} from './fileStore';
import { sha1 } from './objectDatabase';
import { VolumeRepository } from './repository';

/** What goes with a path; objects stay, as Git keeps them. */
const PATH_STORES = ['entries', 'contents', 'checkpoints'] as const;

/** What a volume's files work with. */
export interface IDatabaseFileStoreOptions {
  /** Those that exist from the start. */
  readonly folders?: readonly string[];
  readonly now?: () => number;
  /** Asked by commits; file operations have been asked about by the drive. */
  readonly access?: VolumeAccess;
  /** Says what goes wrong in the history. */
  readonly trans?: TranslationBundle;
}

/**
 * A volume's files in IndexedDB. One read-write transaction an operation, which the
 * browser commits or drops as a whole and runs one after another across tabs; other
 * tabs hear of it by BroadcastChannel once it is committed.
 */
export class DatabaseFileStore implements IFileStore {
  /** @param name that of the database and of the channel */
  constructor(name: string, options: IDatabaseFileStoreOptions = {}) {
    const { folders = [], now = Date.now, access, trans } = options;
    this._now = now;
    this._connection = new VolumeConnection(name, folders, now, trans);
    this.repository = new VolumeRepository(this._connection, access);
    this.repository.checkedOut.connect((_, changes) =>
      changes.forEach(change => {
        this._changedElsewhere.emit(change);
        this._channel?.postMessage(change);
      })
    );
    if (typeof BroadcastChannel !== 'undefined') {
      this._channel = new BroadcastChannel(name);
      this._channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (isStoreChange(data)) {
          this._changedElsewhere.emit(data);
        }
      };
    }
  }

  /** The history of these files. */
  readonly repository: VolumeRepository;

  get changedElsewhere(): ISignal<IFileStore, StoreChange> {
    return this._changedElsewhere;
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
    this.repository.dispose();
    this._connection.close();
    Signal.clearData(this);
  }

  stat(path: string): Promise<IStoredEntry | undefined> {
    return this._reading(tx => tx.objectStore('entries').get(cleanPath(path)));
  }

  list(directory: string): Promise<readonly IStoredEntry[]> {
    return this._reading(async tx => {
      const folder = cleanPath(directory);
      await directoryAt(tx, folder);
      const found = await tx.objectStore('entries').index('parent').getAll(folder);
      return found.sort((a, b) => (a.path < b.path ? -1 : 1));
    });
  }

  read(path: string): Promise<Bytes> {
    return this._reading(tx => bytesAt(tx, cleanPath(path)));
  }

  async write(path: string, bytes: Bytes): Promise<IStoredEntry> {
    const named = await nameBytes(bytes);
    return this._writing({ type: 'save', path }, async tx => {
      const clean = cleanPath(path);
      // Under a name that nothing new may have stands what others pushed so.
      const isKnown =
        !isNewPath(clean) &&
        (await tx.objectStore('entries').getKey(clean)) !== undefined;
      return putFile(tx, isKnown ? clean : newPath(path), named, this._now());
    });
  }

  async create(path: string, bytes: Bytes): Promise<IStoredEntry> {
    const named = await nameBytes(bytes);
    return this._writing({ type: 'new', path }, async tx => {
      await freeAt(tx, newPath(path));
      return putFile(tx, newPath(path), named, this._now());
    });
  }

  makeDirectory(path: string): Promise<IStoredEntry> {
    return this._writing({ type: 'new', path }, async tx => {
      const clean = newPath(path);
      await freeAt(tx, clean);
      await directoryAt(tx, parentOf(clean));
      const entry = folderEntry(clean, this._now());
      await tx.objectStore('entries').put(entry);
      return entry;
    });
  }

  move(from: string, to: string): Promise<IStoredEntry> {
    return this._writing({ type: 'rename', path: to, from }, tx =>
      moveEntries(tx, cleanPath(from), newPath(to))
    );
  }

  copy(from: string, to: string): Promise<IStoredEntry> {
    return this._writing({ type: 'new', path: to }, tx =>
      copyEntries(tx, cleanPath(from), newPath(to), this._now())
    );
  }

  remove(path: string): Promise<void> {
    return this._writing({ type: 'delete', path }, async tx => {
      const clean = cleanPath(path);
      await entryAt(tx, clean);
      if (clean === '') {
        throw new FileStoreError('bad-path', path);
      }
      for (const inside of await keysWithin(tx, clean)) {
        await Promise.all(
          PATH_STORES.map(async store => tx.objectStore(store).delete(inside))
        );
      }
    });
  }

  checkpoint(path: string): Promise<IStoredCheckpoint | undefined> {
    return this._reading(tx => tx.objectStore('checkpoints').get(cleanPath(path)));
  }

  setCheckpoint(path: string): Promise<IStoredCheckpoint> {
    return this._writing(undefined, async tx => {
      const clean = cleanPath(path);
      const checkpoint = { bytes: await bytesAt(tx, clean), modified: this._now() };
      await tx.objectStore('checkpoints').put(checkpoint, clean);
      return checkpoint;
    });
  }

  removeCheckpoint(path: string): Promise<void> {
    return this._writing(undefined, tx =>
      tx.objectStore('checkpoints').delete(cleanPath(path))
    );
  }

  private async _reading<T>(
    work: (tx: Transaction<'readonly'>) => Promise<T>
  ): Promise<T> {
    const database = await this._connection.get();
    return work(database.transaction(FILE_STORES, 'readonly'));
  }

  private async _writing<T>(
    change: StoreChange | undefined,
    work: (tx: Transaction<'readwrite'>) => Promise<T>
  ): Promise<T> {
    const tx = (await this._connection.get()).transaction(FILE_STORES, 'readwrite', {
      durability: 'strict'
    });
    const result = await work(tx).catch(async (error: unknown) => {
      await giveUp(tx);
      throw error;
    });
    await tx.done;
    if (change) {
      this._channel?.postMessage(change);
    }
    return result;
  }

  private readonly _now: () => number;
  private readonly _connection: VolumeConnection;
  private readonly _channel: BroadcastChannel | undefined;
  private readonly _changedElsewhere = new Signal<IFileStore, StoreChange>(this);
  private _isDisposed = false;
}

/** Copied first: what the caller does with its bytes while they are hashed is its own. */
async function nameBytes(source: Bytes): Promise<INamedBytes> {
  const bytes = source.slice();
  const { oid } = await nameObject({ type: 'blob', body: bytes }, sha1);
  return { bytes, oid };
}

function isStoreChange(value: unknown): value is StoreChange {
  const change = value as Partial<Record<string, unknown>> | null;
  return (
    typeof change === 'object' &&
    change !== null &&
    typeof change.path === 'string' &&
    (change.type === 'rename'
      ? typeof change.from === 'string'
      : ['new', 'save', 'delete'].includes(String(change.type)))
  );
}
