import { VolumeError } from '@llmos-lab/skills';

import { badBranchName, HEADS, MAIN, takenBranchName } from './branchNames';
import type { VolumeConnection } from './connection';
import { giveUp } from './database';

/**
 * Gives a commit a name of its own, beside `main`, which the files always stand on.
 *
 * @throws VolumeError `bad-path` for a name that Git or a file system would not take,
 *   `conflict` for one that is in use, `no-such-commit`
 */
export async function makeBranch(
  connection: VolumeConnection,
  name: string,
  commit: string
): Promise<void> {
  const { trans } = connection;
  const fault = badBranchName(name, trans);
  if (fault !== null) {
    throw new VolumeError('bad-path', fault);
  }
  const tx = (await connection.get()).transaction(['refs', 'objects'], 'readwrite', {
    durability: 'strict'
  });
  try {
    const names = await tx.objectStore('refs').getAllKeys();
    const conflict = takenBranchName(name, names, trans);
    if (conflict !== null) {
      throw new VolumeError('conflict', conflict);
    }
    if ((await tx.objectStore('objects').get(commit))?.type !== 'commit') {
      const message = trans.__('There is no commit %1 here.', commit);
      throw new VolumeError('no-such-commit', message);
    }
    await tx.objectStore('refs').put(commit, HEADS + name);
  } catch (error) {
    await giveUp(tx);
    throw error;
  }
  await tx.done;
}

/**
 * Takes a branch's name away; its commits stay in the volume.
 *
 * @returns where it was
 * @throws VolumeError `no-such-commit` where there is no such branch
 */
export async function dropBranch(
  connection: VolumeConnection,
  name: string
): Promise<string> {
  const database = await connection.get();
  const tx = database.transaction('refs', 'readwrite', { durability: 'strict' });
  const oid = await tx.store.get(HEADS + name);
  if (oid === undefined || HEADS + name === MAIN) {
    await tx.done;
    const message = connection.trans.__('There is no branch "%1" to delete.', name);
    throw new VolumeError('no-such-commit', message);
  }
  await tx.store.delete(HEADS + name);
  await tx.done;
  return oid;
}
