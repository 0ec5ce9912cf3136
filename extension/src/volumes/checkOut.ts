import type { TranslationBundle } from '@jupyterlab/translation';
import { VolumeError, type IPathDiff } from '@llmos-lab/skills';

import { folderEntry, type IIndexEntry, type Transaction } from './database';
import { isPlace, parentOf, type StoreChange } from './fileStore';

/** A transaction that reads `entries` at least. */
interface IEntriesTransaction {
  objectStore(name: 'entries'): {
    get(path: string): Promise<IIndexEntry | undefined>;
  };
}

/**
 * Brings the files from one commit to another, in the transaction that moves the branch.
 * A file with edits that are not committed is never overwritten.
 *
 * @param diff what differs between the two commits
 * @param now milliseconds since 1970, for files that change
 * @param trans by which faults are said
 * @returns what changed, for those who show the files
 * @throws VolumeError `dirty` with the files that must be committed first, `bad-path` for
 *   a name that leads out of the volume or that no drive can show
 */
export async function checkOut(
  tx: Transaction<'readwrite'>,
  diff: readonly IPathDiff[],
  now: number,
  trans: TranslationBundle
): Promise<readonly StoreChange[]> {
  requirePlaces(diff, trans);
  await requireClean(tx, diff, trans);
  const changes: StoreChange[] = [];
  // What goes makes room for what comes: a folder may become a file.
  for (const { path, from, to } of diff) {
    if (to === null && from !== null) {
      await tx.objectStore('entries').delete(path);
      await tx.objectStore('contents').delete(path);
      changes.push({ type: 'delete', path });
    }
  }
  for (const { path, to } of diff) {
    if (to !== null) {
      changes.push(await putCommitted(tx, { path, oid: to, now, trans }));
    }
  }
  return changes;
}

/** Whoever pushes may name files as they like, `..` and `.git` too. */
function requirePlaces(diff: readonly IPathDiff[], trans: TranslationBundle): void {
  for (const { path, to } of diff) {
    if (to !== null && !isPlace(path)) {
      throw new VolumeError(
        'bad-path',
        trans.__(
          '"%1" can be no file here, so nothing was changed. Rename it where it comes from.',
          path.slice(0, 80)
        )
      );
    }
  }
}

/**
 * Asks that no file has edits that are in neither of the two commits.
 *
 * @throws VolumeError `dirty` with the paths of those that have
 */
export async function requireClean(
  tx: IEntriesTransaction,
  diff: readonly IPathDiff[],
  trans: TranslationBundle
): Promise<void> {
  const dirty: string[] = [];
  for (const { path, from, to } of diff) {
    const entry = await tx.objectStore('entries').get(path);
    const oid = entry?.kind === 'file' ? (entry.oid ?? '') : null;
    if (oid !== from && oid !== to) {
      dirty.push(path);
    }
  }
  if (dirty.length > 0) {
    throw new VolumeError(
      'dirty',
      trans.__(
        'These files have changes that are not committed: %1. Commit them and try again.',
        dirty.join(', ')
      ),
      dirty
    );
  }
}

/** A file of a commit. */
interface IPutOptions {
  readonly path: string;
  readonly oid: string;
  readonly now: number;
  readonly trans: TranslationBundle;
}

async function putCommitted(
  tx: Transaction<'readwrite'>,
  { path, oid, now, trans }: IPutOptions
): Promise<StoreChange> {
  const entries = tx.objectStore('entries');
  const [old, blob] = await Promise.all([
    entries.get(path),
    tx.objectStore('objects').get(oid)
  ]);
  if (!blob) {
    throw new VolumeError('corrupt', trans.__('The content of "%1" is missing.', path));
  }
  if (old?.kind === 'directory') {
    const inside = await entries.index('parent').count(path);
    if (inside > 0) {
      throw new VolumeError(
        'is-a-folder',
        trans.__(
          '"%1" is a folder here, with files that are not committed. Move them away.',
          path
        )
      );
    }
  }
  await putFolders(tx, parentOf(path), now, trans);
  const created = old?.created ?? now;
  const size = blob.body.byteLength;
  const times = { created, modified: now, size };
  await entries.put({ path, parent: parentOf(path), kind: 'file', ...times, oid });
  await tx.objectStore('contents').delete(path);
  return { type: old?.kind === 'file' ? 'save' : 'new', path };
}

async function putFolders(
  tx: Transaction<'readwrite'>,
  folder: string,
  now: number,
  trans: TranslationBundle
): Promise<void> {
  const entry = await tx.objectStore('entries').get(folder);
  if (!entry) {
    await putFolders(tx, parentOf(folder), now, trans);
    await tx.objectStore('entries').put(folderEntry(folder, now));
  } else if (entry.kind === 'file') {
    throw new VolumeError(
      'not-a-folder',
      trans.__('"%1" is a file here that is not committed. Move it away.', folder)
    );
  }
}
