import type { IMergePlan, MergeChoice } from '@llmos-lab/skills';

import { HEADS } from '../../src/volumes/branchNames';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';

const AUTHOR = { name: 'Ben', email: 'ben@example.org', time: 1763719300 };
let count = 0;

/**
 * Brings by a merge what was committed elsewhere, in a copy of the newest commit.
 *
 * @param choice in each file that both sides changed
 * @returns what the merge made of it
 */
export async function mergeFrom(
  { repository }: DatabaseFileStore,
  work: {
    readonly theirs: (other: DatabaseFileStore) => Promise<unknown>;
    /** Commits here in the meantime, so that there is something to merge. */
    readonly mine: () => Promise<unknown>;
  },
  choice: MergeChoice = 'both'
): Promise<string> {
  const other = new DatabaseFileStore(`merged-from-${count++}`);
  const merge = {
    author: AUTHOR,
    message: 'Merge',
    choose: ({ conflicts }: IMergePlan) =>
      Promise.resolve(new Map(conflicts.map(({ path }) => [path, choice])))
  };
  const base = (await repository.store.head()) ?? '';
  const objects = await repository.collect(base, []);
  await other.repository.receive(objects, 'refs/remotes/origin/main', base);
  await other.repository.merge(base, merge);
  await work.theirs(other);
  const theirs = (await other.repository.store.head()) ?? '';
  const sent = await other.repository.collect(theirs, [base]);
  await repository.receive(sent, `${HEADS}theirs`, theirs);
  await work.mine();
  const { kind } = await repository.merge(theirs, merge);
  other.dispose();
  return kind;
}
