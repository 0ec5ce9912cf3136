import { toHex, type IObjectBatch, type IObjectDatabase } from '@llmos-lab/skills';

import { logCommit, readLog } from './commitLog';
import type { VolumeConnection } from './connection';
import { COMMIT_STORES, giveUp, together, type Transaction } from './database';

/** What to do in the transaction that moves the branch. */
export type AlsoWrite = (tx: Transaction<'readwrite'>) => Promise<void>;

/**
 * Git objects, branch and log of a volume in IndexedDB. One read-write transaction a
 * commit, which the browser writes wholly or drops, also when the tab closes in the
 * middle; the branch moves by compare-and-swap inside it, so two tabs cannot lose each
 * other's commits. Objects stay uncompressed: that halves the time of a commit.
 */
export function objectDatabase(
  connection: VolumeConnection,
  also?: AlsoWrite
): IObjectDatabase {
  return {
    object: async oid => {
      const kept = connection.kept.get(oid);
      const object = kept ?? (await (await connection.get()).get('objects', oid));
      if (object && !kept) {
        connection.kept.keep(oid, object);
      }
      return object;
    },
    ref: async name => (await connection.get()).get('refs', name),
    logEntries: async () =>
      readLog((await connection.get()).transaction(['log', 'packs'], 'readonly')),
    write: batch => writeBatch(connection, batch, also)
  };
}

async function writeBatch(
  connection: VolumeConnection,
  { objects, ref, from, to, log }: IObjectBatch,
  also?: AlsoWrite
): Promise<boolean> {
  const tx = (await connection.get()).transaction(COMMIT_STORES, 'readwrite', {
    durability: 'strict'
  });
  const refs = tx.objectStore('refs');
  const store = tx.objectStore('objects');
  const branch = { isThere: true };
  try {
    // All of it at once; where the branch is elsewhere, nothing of it stays.
    await together(
      async () => {
        branch.isThere = ((await refs.get(ref)) ?? null) === from;
        if (!branch.isThere) {
          tx.abort();
        }
      },
      ...objects.map(
        ({ oid, type, body }) =>
          () =>
            store.put({ type, body }, oid)
      ),
      () => logCommit(tx, log),
      () => refs.put(to, ref),
      () => also?.(tx)
    );
  } catch (error) {
    await giveUp(tx);
    if (branch.isThere) {
      throw error;
    }
  }
  if (!branch.isThere) {
    await giveUp(tx);
    return false;
  }
  await tx.done;
  objects.forEach(object => connection.kept.keep(object.oid, object));
  return true;
}

/** Names Git objects in browsers and in Node. */
export async function sha1(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', bytes as BufferSource);
  return toHex(new Uint8Array(digest));
}
