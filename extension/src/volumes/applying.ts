import {
  openObjectStore,
  VolumeError,
  type Actor,
  type IAuthor,
  type IFileChange
} from '@llmos-lab/skills';

import { blobAt, blobName } from './blobs';
import { checkOut, requireClean } from './checkOut';
import { checkChanges, checkPromotion, type ICommitPlace } from './committing';
import type { StoreChange } from './fileStore';
import { objectDatabase, sha1 } from './objectDatabase';

/** Files as they are to be, and what the commit says. */
export interface IApplyOptions {
  readonly changes: readonly IFileChange[];
  readonly message: string;
  readonly author: IAuthor;
  /** Who asks, when it is a job; by default the person at this browser. */
  readonly actor?: Actor;
  /** Asks for the right to promote, instead of that to write each file. */
  readonly promotes?: boolean;
  /** What somebody saw there who agreed to this; where it is another now, nothing is done. */
  readonly expected?: readonly IFileChange[];
}

/** What an application came to. */
export interface IApplied {
  /** The commit, or null when nothing differed. */
  readonly oid: string | null;
  readonly changes: readonly StoreChange[];
}

/**
 * Makes files what is given and commits that, all in one transaction: a tab that closes
 * leaves all of it or nothing, and no other commit gets a part of it.
 *
 * @throws VolumeError `dirty` when one of the files has edits that are not committed,
 *   `forbidden`, `conflict` when one is not as expected; nothing is written
 */
export async function applyChanges(
  place: ICommitPlace,
  { changes, message, author, actor, promotes = false, expected = [] }: IApplyOptions
): Promise<IApplied> {
  const { connection, store } = place;
  const { trans } = connection;
  for (;;) {
    const parent = await store.head();
    await requireExpected(place, parent, expected);
    const diff = await Promise.all(
      changes.map(async ({ path, content }) => ({
        path,
        from: parent && (await blobAt(store, path, parent)),
        to: content && (await blobName(content))
      }))
    );
    const differing = diff.filter(({ from, to }) => from !== to);
    const paths = new Set(differing.map(({ path }) => path));
    const wanted = changes.filter(({ path }) => paths.has(path));
    if (wanted.length === 0) {
      await requireClean((await connection.get()).transaction('entries'), diff, trans);
      return { oid: null, changes: [] };
    }
    if (promotes) {
      checkPromotion(place, wanted);
    } else {
      await checkChanges(place, wanted, actor);
    }
    let written: readonly StoreChange[] = [];
    const database = objectDatabase(connection, async tx => {
      await requireClean(tx, diff, trans);
      written = await checkOut(tx, differing, Date.now(), trans);
    });
    try {
      const branch = openObjectStore({ database, hash: sha1 });
      const oid = await branch.commit(wanted, message, author, parent);
      return { oid, changes: written };
    } catch (error) {
      if (!(error instanceof VolumeError && error.code === 'conflict')) {
        throw error;
      }
      // Another tab was first: once more, on top of its commit.
    }
  }
}

async function requireExpected(
  { connection, store }: ICommitPlace,
  parent: string | null,
  expected: readonly IFileChange[]
): Promise<void> {
  for (const { path, content } of expected) {
    const now = parent && (await blobAt(store, path, parent));
    if (now !== (content && (await blobName(content)))) {
      throw new VolumeError(
        'conflict',
        connection.trans.__('"%1" has changed meanwhile. Look at it again.', path),
        [path]
      );
    }
  }
}
