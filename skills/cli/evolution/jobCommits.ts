import { EVOLUTION_FOLDER, VolumeError } from '@llmos-lab/skills';
import { changedPaths, workChanges, type IClone } from '../clone';
import { nothingOr } from '../git/nothingOr';
import { authorOf, jobOf, requireAccess } from '../identity';
import { refuseSecrets } from '../refuseSecrets';
import { earlierWork } from './earlierWork';
import type { CommitNow, VolumeFiles } from './volumeFiles';

interface ISecrets {
  readonly allowSecrets: boolean;
}

/**
 * Commits what a job does, as the site does it: one change at a time, with the rule of
 * access and the search for secrets before each. What a person edits meanwhile in the files of
 * evolution is committed first, as theirs.
 */
export function jobCommits(clone: IClone, secrets: ISecrets): CommitNow {
  const { store, owner, profile } = clone;
  return async (message, texts) => {
    const changes = texts.map(({ path, text }) => ({
      path,
      content: text === null ? null : new TextEncoder().encode(text)
    }));
    for (const { path } of changes) {
      requireAccess(jobOf(owner, profile), owner, { verb: 'write', path });
    }
    await refuseSecrets(store, { changes, message }, secrets.allowSecrets);
    const commit = async (): Promise<string> =>
      store.commit(changes, message, authorOf(profile), await store.head());
    try {
      return await commit();
    } catch (error) {
      if (!meetsEdits(error)) {
        return nothingOr(error);
      }
      if (!(await commitEarlier(clone, secrets))) {
        throw error;
      }
    }
    return commit().catch(nothingOr);
  };
}

/**
 * Commits what runs without commits have left in the files of evolution, and what a person
 * has edited there, as theirs.
 *
 * @returns whether there was something
 */
export async function commitEarlier(
  clone: IClone,
  { allowSecrets }: ISecrets
): Promise<boolean> {
  const { store, profile } = clone;
  const edits = await workChanges(clone, [EVOLUTION_FOLDER]);
  const work = await earlierWork(store, edits);
  const messages = work.map(({ message }) => message).join('\n');
  await refuseSecrets(store, { changes: edits, message: messages }, allowSecrets);
  for (const { message, changes } of work) {
    await store.commitPresent(changes, message, authorOf(profile), await store.head());
  }
  return edits.length > 0;
}

/** Files that a run has changed and no commit has so, sorted. */
export async function leftFiles(
  clone: IClone,
  { left }: Pick<VolumeFiles, 'left'>
): Promise<readonly string[]> {
  const changed = left.size > 0 ? await changedPaths(clone, [EVOLUTION_FOLDER]) : [];
  return changed.filter(path => left.has(path));
}

/** Whether files are in the way that are not committed, or should go and are not. */
function meetsEdits(error: unknown): boolean {
  return (
    error instanceof VolumeError &&
    (error.code === 'dirty' || error.code === 'no-such-file')
  );
}
