import {
  openDB,
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type StoreNames
} from 'idb';

import {
  FileStoreError,
  isWithin,
  parentOf,
  type Bytes,
  type IStoredCheckpoint,
  type IStoredEntry
} from './fileStore';

/** Object stores of a volume: entries by path, their bytes, one checkpoint each. */
export interface IVolumeSchema extends DBSchema {
  entries: {
    key: string;
    value: IStoredEntry & { readonly parent: string | null };
    indexes: { parent: string };
  };
  contents: { key: string; value: Bytes };
  checkpoints: { key: string; value: IStoredCheckpoint };
}

type Store = StoreNames<IVolumeSchema>;
/** A transaction over all stores of a volume. */
export type Transaction<M extends IDBTransactionMode> = IDBPTransaction<
  IVolumeSchema,
  Store[],
  M
>;

/** Every transaction spans all stores, so that operations never interleave. */
export const STORES: Store[] = ['entries', 'contents', 'checkpoints'];

export async function openVolume(
  name: string,
  folders: readonly string[],
  now: number,
  closed: () => void
): Promise<IDBPDatabase<IVolumeSchema>> {
  const database = await openDB<IVolumeSchema>(name, 1, {
    upgrade: db => {
      db.createObjectStore('contents');
      db.createObjectStore('checkpoints');
      const entries = db.createObjectStore('entries', { keyPath: 'path' });
      entries.createIndex('parent', 'parent');
      for (const folder of ['', ...folders]) {
        void entries.put(folderEntry(folder, now));
      }
    },
    // A newer version in another tab may upgrade; this tab opens anew at its next call.
    blocking: () => {
      database.close();
      closed();
    },
    terminated: closed
  });
  return database;
}

/** The root has no parent, so that it is in no listing. */
export function folderEntry(
  path: string,
  now: number
): IVolumeSchema['entries']['value'] {
  const parent = path === '' ? null : parentOf(path);
  return { path, parent, kind: 'directory', created: now, modified: now, size: 0 };
}

type AnyTransaction = Transaction<'readonly'> | Transaction<'readwrite'>;

export async function entryAt(tx: AnyTransaction, path: string): Promise<IStoredEntry> {
  const entry = await tx.objectStore('entries').get(path);
  if (!entry) {
    throw new FileStoreError('not-found', path);
  }
  return entry;
}

export async function directoryAt(tx: AnyTransaction, path: string): Promise<void> {
  if ((await entryAt(tx, path)).kind !== 'directory') {
    throw new FileStoreError('not-a-directory', path);
  }
}

export async function freeAt(tx: AnyTransaction, path: string): Promise<void> {
  if ((await tx.objectStore('entries').getKey(path)) !== undefined) {
    throw new FileStoreError('exists', path);
  }
}

export async function bytesAt(tx: AnyTransaction, path: string): Promise<Bytes> {
  await entryAt(tx, path);
  const bytes = await tx.objectStore('contents').get(path);
  if (!bytes) {
    throw new FileStoreError('is-a-directory', path);
  }
  return bytes;
}

export async function keysWithin(tx: AnyTransaction, path: string): Promise<string[]> {
  const keys = await tx.objectStore('entries').getAllKeys();
  return keys.filter(key => isWithin(key, path));
}

export async function putFile(
  tx: Transaction<'readwrite'>,
  path: string,
  bytes: Bytes,
  now: number
): Promise<IStoredEntry> {
  await directoryAt(tx, parentOf(path));
  const old = await tx.objectStore('entries').get(path);
  if (old?.kind === 'directory') {
    throw new FileStoreError('is-a-directory', path);
  }
  const entry = {
    path,
    parent: parentOf(path),
    kind: 'file' as const,
    created: old?.created ?? now,
    modified: now,
    size: bytes.byteLength
  };
  await tx.objectStore('contents').put(bytes, path);
  await tx.objectStore('entries').put(entry);
  return entry;
}

async function checkPair(
  tx: AnyTransaction,
  source: string,
  target: string
): Promise<void> {
  await entryAt(tx, source);
  await freeAt(tx, target);
  await directoryAt(tx, parentOf(target));
  if (source === '' || isWithin(target, source)) {
    throw new FileStoreError('bad-path', target);
  }
}

export async function copyEntries(
  tx: Transaction<'readwrite'>,
  source: string,
  target: string,
  now: number
): Promise<IStoredEntry> {
  await checkPair(tx, source, target);
  for (const path of await keysWithin(tx, source)) {
    const to = target + path.slice(source.length);
    const old = await entryAt(tx, path);
    if (old.kind === 'file') {
      await putFile(tx, to, await bytesAt(tx, path), now);
    } else {
      await tx.objectStore('entries').put(folderEntry(to, now));
    }
  }
  return entryAt(tx, target);
}

export async function moveEntries(
  tx: Transaction<'readwrite'>,
  source: string,
  target: string
): Promise<IStoredEntry> {
  await checkPair(tx, source, target);
  const entries = tx.objectStore('entries');
  for (const path of await keysWithin(tx, source)) {
    const moved = target + path.slice(source.length);
    const old = await entryAt(tx, path);
    await entries.put({ ...old, path: moved, parent: parentOf(moved) });
    await entries.delete(path);
    await moveValue(tx, 'contents', path, moved);
    await moveValue(tx, 'checkpoints', path, moved);
  }
  return entryAt(tx, target);
}

async function moveValue(
  tx: Transaction<'readwrite'>,
  store: 'contents' | 'checkpoints',
  from: string,
  to: string
): Promise<void> {
  const values = tx.objectStore(store);
  const value = await values.get(from);
  if (value !== undefined) {
    await values.put(value, to);
    await values.delete(from);
  }
}
