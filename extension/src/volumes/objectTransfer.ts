import {
  decodeCommit,
  decodeTree,
  nameObject,
  VolumeError,
  type IGitObject,
  type ILogEntry,
  type INamedObject
} from '@llmos-lab/skills';

import type { VolumeConnection } from './connection';
import { COMMIT_STORES, giveUp } from './database';
import { sha1 } from './objectDatabase';

/**
 * Objects that a branch needs and another does not have, parents before children, blobs
 * and trees before their commit: what is to be sent.
 *
 * @param known commits that the other side has
 */
export async function collectObjects(
  connection: VolumeConnection,
  head: string,
  known: readonly string[]
): Promise<readonly INamedObject[]> {
  const database = await connection.get();
  const found: INamedObject[] = [];
  const seen = new Set<string>();
  const get = async (oid: string): Promise<IGitObject> => {
    const object = await database.get('objects', oid);
    if (!object) {
      throw new VolumeError('corrupt', `The object ${oid} is missing.`);
    }
    return object;
  };
  const addTree = async (oid: string): Promise<void> => {
    if (seen.has(oid)) {
      return;
    }
    seen.add(oid);
    const tree = await get(oid);
    for (const item of decodeTree(tree.body)) {
      if (item.mode === '40000') {
        await addTree(item.oid);
      } else if (item.mode !== '160000' && !seen.has(item.oid)) {
        seen.add(item.oid);
        found.push({ oid: item.oid, ...(await get(item.oid)) });
      }
    }
    found.push({ oid, ...tree });
  };
  for (const oid of await commitsBetween(get, head, known)) {
    const commit = await get(oid);
    await addTree(decodeCommit(commit.body).tree);
    found.push({ oid, ...commit });
  }
  return found;
}

/** Commits reachable from `head` and not from `known`, parents first. */
async function commitsBetween(
  get: (oid: string) => Promise<IGitObject>,
  head: string,
  known: readonly string[]
): Promise<readonly string[]> {
  const excluded = new Set(known);
  const order: string[] = [];
  const open: { oid: string; isDone: boolean }[] = [{ oid: head, isDone: false }];
  const seen = new Set<string>();
  for (let next = open.pop(); next; next = open.pop()) {
    const { oid, isDone } = next;
    if (isDone) {
      order.push(oid);
    } else if (!seen.has(oid) && !excluded.has(oid)) {
      seen.add(oid);
      open.push({ oid, isDone: true });
      const { parents } = decodeCommit((await get(oid)).body);
      open.push(...parents.map(parent => ({ oid: parent, isDone: false })));
    }
  }
  return order;
}

/**
 * Takes in objects from elsewhere and remembers where that branch is. Each is named anew,
 * so that nothing enters under another's name; the files and the branch stay as they are.
 *
 * @param ref such as `refs/remotes/origin/main`
 * @throws VolumeError `corrupt`
 */
export async function receiveObjects(
  connection: VolumeConnection,
  objects: readonly INamedObject[],
  ref: string,
  head: string
): Promise<void> {
  for (const { oid, type, body } of objects) {
    if ((await nameObject({ type, body }, sha1)).oid !== oid) {
      throw new VolumeError('corrupt', `The object ${oid} was damaged on the way.`);
    }
  }
  const database = await connection.get();
  const tx = database.transaction(COMMIT_STORES, 'readwrite', {
    durability: 'strict'
  });
  try {
    await Promise.all(
      objects.map(async ({ oid, type, body }) => {
        await tx.objectStore('objects').put({ type, body }, oid);
        if (type === 'commit') {
          await tx.objectStore('log').put(logEntry(oid, body));
        }
      })
    );
    await tx.objectStore('refs').put(head, ref);
  } catch (error) {
    await giveUp(tx);
    throw error;
  }
  await tx.done;
}

function logEntry(oid: string, body: Uint8Array): ILogEntry {
  return { ...decodeCommit(body), oid };
}
