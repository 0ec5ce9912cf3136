import type { IObjectBatch, IObjectDatabase } from '@llmos-lab/skills';

import type { VolumeConnection } from './connection';
import { COMMIT_STORES, giveUp, type Transaction } from './database';

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
    object: async oid => (await connection.get()).get('objects', oid),
    ref: async name => (await connection.get()).get('refs', name),
    logEntries: async () => (await connection.get()).getAll('log'),
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
  try {
    if (((await tx.objectStore('refs').get(ref)) ?? null) !== from) {
      await giveUp(tx);
      return false;
    }
    const store = tx.objectStore('objects');
    // Async functions, so that none of them is left alone when another cannot begin.
    await Promise.all(
      objects.map(async ({ oid, type, body }) => store.put({ type, body }, oid))
    );
    await tx.objectStore('log').put(log);
    await tx.objectStore('refs').put(to, ref);
    await also?.(tx);
  } catch (error) {
    await giveUp(tx);
    throw error;
  }
  await tx.done;
  return true;
}

/** Names Git objects in browsers and in Node. */
export async function sha1(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', bytes as BufferSource);
  return Array.from(new Uint8Array(digest), byte =>
    byte.toString(16).padStart(2, '0')
  ).join('');
}
