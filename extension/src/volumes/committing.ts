import {
  openObjectStore,
  VolumeError,
  type Actor,
  type IAuthor,
  type IFileChange,
  type IVolumeStore
} from '@llmos-lab/skills';

import type { ReadFile, VolumeAccess } from './access';
import { blobName } from './blobs';
import type { VolumeConnection } from './connection';
import {
  committedBytes,
  together,
  type IIndexEntry,
  type Transaction
} from './database';
import {
  filesStatus,
  readIndex,
  type IFileStatus,
  type IIndexMoment
} from './fileStatus';
import { objectDatabase, sha1 } from './objectDatabase';

/** What goes into a commit, and under whose name. */
export interface ICommitOptions {
  /** Files, and folders with all that is in them; by default everything. */
  readonly paths?: readonly string[];
  readonly message: string;
  readonly author: IAuthor;
  /** Who asks, when it is a job; by default the person at this browser. */
  readonly actor?: Actor;
  /** Looks at what would be committed; what it throws stops the commit. */
  readonly check?: (changes: readonly IFileChange[], message: string) => Promise<void>;
}

/** What a file held when it was read for a commit. */
interface ISnapshot {
  readonly path: string;
  /** Name of the blob that its bytes make. */
  readonly oid: string;
}

/** Where a commit is made, and who may make it. */
export interface ICommitPlace {
  readonly connection: VolumeConnection;
  readonly store: Omit<IVolumeStore, 'commit'>;
  readonly access?: VolumeAccess;
}

/**
 * Commits what differs; see `VolumeRepository.commit`.
 *
 * @returns the commit's SHA-1, or `null` when no file differs
 */
export async function commitFiles(
  place: ICommitPlace,
  { paths = [''], message, author, actor, check }: ICommitOptions
): Promise<string | null> {
  const { connection } = place;
  for (;;) {
    const index = await readIndex(connection, paths, { bytes: true });
    const wanted = await filesStatus(place.store, index, paths);
    const { changes, snapshots } = await readFiles(connection, index, wanted);
    if (changes.length === 0) {
      return null;
    }
    await checkChanges(place, changes, actor);
    await check?.(changes, message);
    const store = openObjectStore({
      database: objectDatabase(connection, tx => settle(tx, snapshots)),
      hash: sha1
    });
    try {
      return await store.commit(changes, message, author, index.head);
    } catch (error) {
      const code = error instanceof VolumeError ? error.code : undefined;
      if (code === 'nothing-to-commit') {
        return settleOnly(connection, snapshots);
      }
      if (code !== 'conflict') {
        throw error;
      }
      // Another tab without Web Locks was first: once more, on top of its commit.
    }
  }
}

/**
 * Asks about every path, before anything is written.
 *
 * @throws VolumeError `forbidden`
 */
export async function checkChanges(
  { connection, store, access }: ICommitPlace,
  changes: readonly IFileChange[],
  actor?: Actor
): Promise<void> {
  const read: ReadFile = async path =>
    (await store.read(path)) ??
    changes.find(change => change.path === path)?.content ??
    null;
  for (const { path, content } of access ? changes : []) {
    const asked = await access?.write(path, read, actor);
    const verdict =
      asked?.allowed && content !== null ? access?.saves(path, content, actor) : asked;
    if (verdict?.allowed === false) {
      const message = connection.trans.__('"%1": %2', path, verdict.reason);
      throw new VolumeError('forbidden', message);
    }
  }
}

/**
 * Asks for the right to promote, which members of a team have for skills only.
 *
 * @throws VolumeError `forbidden`
 */
export function checkPromotion(
  { connection, access }: ICommitPlace,
  changes: readonly IFileChange[]
): void {
  const verdict = access?.can({ verb: 'promote' });
  if (verdict?.allowed === false) {
    throw new VolumeError('forbidden', verdict.reason);
  }
  const other = changes.find(({ path }) => !path.startsWith('skills/'));
  if (access && other) {
    const { trans } = connection;
    throw new VolumeError(
      'forbidden',
      trans.__('"%1" is no file of a skill.', other.path)
    );
  }
}

/** Saved again with the bytes of the newest commit: there is nothing to write. */
async function settleOnly(
  connection: VolumeConnection,
  snapshots: readonly ISnapshot[]
): Promise<null> {
  const tx = (await connection.get()).transaction(
    ['entries', 'contents', 'objects'],
    'readwrite'
  );
  await settle(tx, snapshots);
  await tx.done;
  return null;
}

/** What is to be committed, with the bytes of that moment. */
async function readFiles(
  connection: VolumeConnection,
  { entries, contents }: IIndexMoment,
  wanted: readonly IFileStatus[]
): Promise<{
  readonly changes: readonly IFileChange[];
  readonly snapshots: readonly ISnapshot[];
}> {
  const named = new Map(entries.map(({ path, oid }) => [path, oid]));
  const database = await connection.get();
  const objects = { get: (oid: string) => database.get('objects', oid) };
  const snapshots: ISnapshot[] = [];
  const changes = await Promise.all(
    wanted.map(async ({ path, change }): Promise<IFileChange> => {
      if (change === 'deleted') {
        return { path, content: null };
      }
      // What was moved, copied or put back is in the repository under its name.
      const content =
        contents.get(path) ?? (await committedBytes(objects, path, named.get(path)));
      const oid = await blobName(content);
      snapshots.push({ path, oid });
      return { path, content, oid };
    })
  );
  return { changes, snapshots };
}

/**
 * Drops the second copy of what is in `objects` now. A file that was saved again since
 * it was read has another name by then, and stays as it is: not committed.
 */
async function settle(
  tx: Transaction<'readwrite'>,
  snapshots: readonly ISnapshot[]
): Promise<void> {
  const entries = tx.objectStore('entries');
  await Promise.all(
    snapshots.map(async ({ path, oid }) => {
      const entry: IIndexEntry | undefined = await entries.get(path);
      if (entry && (entry.oid ?? oid) === oid) {
        await together(
          () => entries.put({ ...entry, oid }),
          () => tx.objectStore('contents').delete(path)
        );
      }
    })
  );
}
