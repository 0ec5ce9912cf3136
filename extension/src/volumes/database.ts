import {
  openDB,
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type StoreNames
} from 'idb';

import type { IGitObject, ILogEntry } from '@llmos-lab/skills';

import {
  FileStoreError,
  isWithin,
  parentOf,
  type Bytes,
  type IStoredCheckpoint,
  type IStoredEntry
} from './fileStore';

/** A row of `entries`: what Git calls the index. */
export interface IIndexEntry extends IStoredEntry {
  readonly parent: string | null;
  /**
   * Name of the blob that a file's bytes make; known at each save, so that a file's state
   * is one comparison. Files from before there was a repository lack it until committed.
   */
  readonly oid?: string;
}

/**
 * Object stores of a volume. `entries` has every file and folder by path; the bytes of a
 * file are in `contents` until they are committed and in `objects` from then on, so that
 * nothing is kept twice. `objects` and `refs` are a Git repository; `log` has the entries
 * of its commits, and `packs` many of them in one row, as JSON (see `commitLog.ts`).
 */
export interface IVolumeSchema extends DBSchema {
  entries: { key: string; value: IIndexEntry; indexes: { parent: string } };
  contents: { key: string; value: Bytes };
  checkpoints: { key: string; value: IStoredCheckpoint };
  objects: { key: string; value: IGitObject };
  refs: { key: string; value: string };
  log: { key: string; value: ILogEntry };
  packs: { key: number; value: string };
}

type Store = StoreNames<IVolumeSchema>;
/** A transaction over stores of a volume. */
export type Transaction<M extends IDBTransactionMode> = IDBPTransaction<
  IVolumeSchema,
  Store[],
  M
>;

/** What file operations span, all of it each time, so that they never interleave. */
export const FILE_STORES: Store[] = ['entries', 'contents', 'checkpoints', 'objects'];
/** What a commit spans. */
export const COMMIT_STORES: Store[] = [
  'entries',
  'contents',
  'objects',
  'refs',
  'log',
  'packs'
];

/**
 * Opens a volume's own database, made or upgraded as needed; `now` in ms since 1970.
 */
export async function openVolume(
  name: string,
  folders: readonly string[],
  now: number,
  closed: () => void
): Promise<IDBPDatabase<IVolumeSchema>> {
  const database = await openDB<IVolumeSchema>(name, 3, {
    upgrade: (db, from) => {
      if (from < 1) {
        db.createObjectStore('contents');
        db.createObjectStore('checkpoints');
        const entries = db.createObjectStore('entries', { keyPath: 'path' });
        entries.createIndex('parent', 'parent');
        for (const folder of ['', ...folders]) {
          void entries.put(folderEntry(folder, now));
        }
      }
      if (from < 2) {
        // Files from before there was a repository are simply not committed yet.
        db.createObjectStore('objects');
        db.createObjectStore('refs');
        db.createObjectStore('log', { keyPath: 'oid' });
      }
      db.createObjectStore('packs', { autoIncrement: true });
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
export function folderEntry(path: string, now: number): IIndexEntry {
  const parent = path === '' ? null : parentOf(path);
  return { path, parent, kind: 'directory', created: now, modified: now, size: 0 };
}

/**
 * Drops all that a transaction wrote, and waits until it is dropped. A failed request, a
 * full disk or the browser may have ended it already; the caller knows and tells why.
 */
export async function giveUp(tx: Transaction<'readwrite'>): Promise<void> {
  try {
    tx.abort();
  } catch {
    // It has ended already, which is what is wanted.
  }
  await tx.done.catch(() => undefined);
}

/**
 * Begins all requests at once, since each would be a way to the browser's process and
 * back. None is left alone, unheard, when another cannot begin.
 */
export async function together(
  ...requests: readonly (() => Promise<unknown> | undefined)[]
): Promise<void> {
  await Promise.all(requests.map(async request => request()));
}

type AnyTransaction = Transaction<'readonly'> | Transaction<'readwrite'>;

/** @throws FileStoreError `not-found` */
export async function entryAt(tx: AnyTransaction, path: string): Promise<IIndexEntry> {
  const entry = await tx.objectStore('entries').get(path);
  if (!entry) {
    throw new FileStoreError('not-found', path);
  }
  return entry;
}

/** @throws FileStoreError `not-found`, `not-a-directory` */
export async function directoryAt(tx: AnyTransaction, path: string): Promise<void> {
  if ((await entryAt(tx, path)).kind !== 'directory') {
    throw new FileStoreError('not-a-directory', path);
  }
}

/** @throws FileStoreError `exists` */
export async function freeAt(tx: AnyTransaction, path: string): Promise<void> {
  if ((await tx.objectStore('entries').getKey(path)) !== undefined) {
    throw new FileStoreError('exists', path);
  }
}

/** From the working copy, else from the blob that was committed last. */
export async function bytesAt(tx: AnyTransaction, path: string): Promise<Bytes> {
  const { kind, oid } = await entryAt(tx, path);
  if (kind === 'directory') {
    throw new FileStoreError('is-a-directory', path);
  }
  const bytes = await tx.objectStore('contents').get(path);
  return bytes ?? committedBytes(tx.objectStore('objects'), path, oid);
}

/** The bytes of a file that is in the repository. */
export async function committedBytes(
  objects: { get(oid: string): Promise<IGitObject | undefined> },
  path: string,
  oid: string | undefined
): Promise<Bytes> {
  const object = oid === undefined ? undefined : await objects.get(oid);
  if (!object) {
    throw new FileStoreError('lost', path);
  }
  return object.body as Bytes;
}

/** The path itself, and all below it when it is a folder. */
export async function keysWithin(tx: AnyTransaction, path: string): Promise<string[]> {
  const keys = await tx.objectStore('entries').getAllKeys();
  return keys.filter(key => isWithin(key, path));
}

/** A file's bytes and the name of the blob that they make. */
export interface INamedBytes {
  readonly bytes: Bytes;
  readonly oid: string;
}

/** Writes a file; bytes that the repository has already are not kept twice. */
export async function putFile(
  tx: Transaction<'readwrite'>,
  path: string,
  { bytes, oid }: INamedBytes,
  now: number
): Promise<IStoredEntry> {
  const [, old, committed] = await Promise.all([
    directoryAt(tx, parentOf(path)),
    tx.objectStore('entries').get(path),
    tx.objectStore('objects').getKey(oid)
  ]);
  if (old?.kind === 'directory') {
    throw new FileStoreError('is-a-directory', path);
  }
  const entry = {
    path,
    parent: parentOf(path),
    kind: 'file' as const,
    created: old?.created ?? now,
    modified: now,
    size: bytes.byteLength,
    oid
  };
  const contents = tx.objectStore('contents');
  await together(
    () => (committed === undefined ? contents.put(bytes, path) : contents.delete(path)),
    () => tx.objectStore('entries').put(entry)
  );
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

/** Copies a file or a folder with all in it. @throws FileStoreError when it cannot */
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
    const times = { created: now, modified: now };
    await tx
      .objectStore('entries')
      .put({ ...old, ...times, path: to, parent: parentOf(to) });
    const bytes = await tx.objectStore('contents').get(path);
    if (bytes) {
      await tx.objectStore('contents').put(bytes, to);
    }
  }
  return entryAt(tx, target);
}

/** Moves a file or a folder with all in it. @throws FileStoreError when it cannot */
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
