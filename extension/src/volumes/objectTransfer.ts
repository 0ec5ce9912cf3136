import type { TranslationBundle } from '@jupyterlab/translation';
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
import { logMany, readLog } from './commitLog';
import { COMMIT_STORES, giveUp } from './database';
import { sha1 } from './objectDatabase';

/**
 * Objects that a branch needs and another does not have, parents before children, blobs
 * and trees before their commit: what is to be sent. A commit's trees are compared with
 * those of its parents, so that a small change in a large volume is a small transfer.
 *
 * @param known commits that the other side has, with their ancestors
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
      const message = connection.trans.__('The object %1 is missing.', oid);
      throw new VolumeError('corrupt', message);
    }
    return object;
  };
  const addTree = async (oid: string, before: readonly string[]): Promise<void> => {
    if (seen.has(oid) || before.includes(oid)) {
      return;
    }
    seen.add(oid);
    const tree = await get(oid);
    const old = await Promise.all(
      before.map(async at => decodeTree((await get(at)).body))
    );
    for (const item of decodeTree(tree.body)) {
      const same = old.flatMap(items => items.filter(({ name }) => name === item.name));
      if (item.mode === '40000') {
        const trees = same.filter(({ mode }) => mode === '40000');
        await addTree(
          item.oid,
          trees.map(other => other.oid)
        );
      } else if (
        item.mode !== '160000' &&
        !seen.has(item.oid) &&
        !same.some(other => other.oid === item.oid)
      ) {
        seen.add(item.oid);
        found.push({ oid: item.oid, ...(await get(item.oid)) });
      }
    }
    found.push({ oid, ...tree });
  };
  const entries = await readLog(database.transaction(['log', 'packs'], 'readonly'));
  const entryOf = entryReader(entries, connection.trans);
  for (const { oid, tree, parents } of commitsBetween(entryOf, head, known)) {
    await addTree(
      tree,
      parents.map(parent => entryOf(parent).tree)
    );
    found.push({ oid, ...(await get(oid)) });
  }
  return found;
}

/** Finds commits of a log by name. */
function entryReader(
  entries: readonly ILogEntry[],
  trans: TranslationBundle
): (oid: string) => ILogEntry {
  const log = new Map(entries.map(entry => [entry.oid, entry]));
  return oid => {
    const entry = log.get(oid);
    if (!entry) {
      throw new VolumeError('corrupt', trans.__('The commit %1 is missing.', oid));
    }
    return entry;
  };
}

/** Commits reachable from `head` and not from `known`, parents first. */
function commitsBetween(
  entryOf: (oid: string) => ILogEntry,
  head: string,
  known: readonly string[]
): readonly ILogEntry[] {
  const excluded = new Set<string>();
  const rest = [...known];
  for (let oid = rest.pop(); oid !== undefined; oid = rest.pop()) {
    if (!excluded.has(oid)) {
      excluded.add(oid);
      rest.push(...entryOf(oid).parents);
    }
  }
  const order: ILogEntry[] = [];
  const open: { oid: string; isDone: boolean }[] = [{ oid: head, isDone: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { oid, isDone } = next;
    if (isDone) {
      order.push(entryOf(oid));
    } else if (!excluded.has(oid)) {
      excluded.add(oid);
      open.push({ oid, isDone: true });
      const { parents } = entryOf(oid);
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
      const message = connection.trans.__('The object %1 was damaged on the way.', oid);
      throw new VolumeError('corrupt', message);
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
      })
    );
    const commits = objects.filter(({ type }) => type === 'commit');
    await logMany(
      tx,
      commits.map(({ oid, body }) => logEntry(oid, body))
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
