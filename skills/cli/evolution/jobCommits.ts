import { EVOLUTION_FOLDER, VolumeError } from '@llmos-lab/skills';
import { workChanges, type IClone } from '../clone';
import { nothingOr } from '../git/nothingOr';
import { authorOf, jobOf, requireAccess } from '../identity';
import { refuseSecrets } from '../refuseSecrets';
import { earlierWork } from './earlierWork';
import type { CommitNow } from './volumeFiles';

/**
 * Commits what a job does, as the site does it: one change at a time, with the rule of
 * access and the search for secrets before each. What a run without commits has left in the
 * files of evolution is committed first, and what a person has edited there, as theirs.
 */
export function jobCommits(
  clone: IClone,
  { allowSecrets }: { readonly allowSecrets: boolean }
): CommitNow {
  const { store, owner, profile } = clone;
  return async (message, texts) => {
    const changes = texts.map(({ path, text }) => ({
      path,
      content: text === null ? null : new TextEncoder().encode(text)
    }));
    for (const { path } of changes) {
      requireAccess(jobOf(owner, profile), owner, { verb: 'write', path });
    }
    await refuseSecrets(store, changes, allowSecrets);
    const commit = async (): Promise<string> =>
      store.commit(changes, message, authorOf(profile), await store.head());
    try {
      return await commit();
    } catch (error) {
      if (!meetsEdits(error)) {
        return nothingOr(error);
      }
      const edits = await workChanges(clone, [EVOLUTION_FOLDER]);
      if (edits.length === 0) {
        throw error;
      }
      await refuseSecrets(store, edits, allowSecrets);
      for (const { message: what, changes: done } of await earlierWork(store, edits)) {
        const head = await store.head();
        await store.commitPresent(done, what, authorOf(profile), head);
      }
    }
    return commit().catch(nothingOr);
  };
}

/** Whether files are in the way that are not committed, or should go and are not. */
function meetsEdits(error: unknown): boolean {
  return (
    error instanceof VolumeError &&
    (error.code === 'dirty' || error.code === 'no-such-file')
  );
}
