import type { IVolumeStore } from '@llmos-lab/skills';

import type { VolumeConnection } from './connection';
import type { IIndexEntry } from './database';
import { MAIN } from './branchNames';
import { parentOf, type Bytes } from './fileStore';

type Store = Omit<IVolumeStore, 'commit'>;

/** How a file differs from the newest commit. */
export interface IFileStatus {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'deleted';
}

/** Files of one moment, and the commit that was the newest then. */
export interface IIndexMoment {
  readonly head: string | null;
  readonly entries: readonly IIndexEntry[];
  /** Bytes that are in no commit, where they were asked for. */
  readonly contents: ReadonlyMap<string, Bytes>;
}

/**
 * Reads all of it in one transaction, whose way to the browser's process and back is what
 * a commit of small files costs.
 *
 * @param within files, and folders with all that is in them; `''` is the whole volume
 */
export async function readIndex(
  connection: VolumeConnection,
  within: readonly string[],
  { bytes }: { readonly bytes: boolean }
): Promise<IIndexMoment> {
  const tx = (await connection.get()).transaction(['refs', 'entries', 'contents']);
  const entries = tx.objectStore('entries');
  const contents = tx.objectStore('contents');
  const ranges = within.flatMap(path =>
    path === ''
      ? [undefined]
      : [IDBKeyRange.only(path), IDBKeyRange.bound(`${path}/`, `${path}/\uffff`)]
  );
  const [head, rows, paths, values] = await Promise.all([
    tx.objectStore('refs').get(MAIN),
    Promise.all(ranges.map(range => entries.getAll(range))),
    Promise.all(bytes ? ranges.map(range => contents.getAllKeys(range)) : []),
    Promise.all(bytes ? ranges.map(range => contents.getAll(range)) : [])
  ]);
  const found = values.flat();
  return {
    head: head ?? null,
    entries: rows.flat(),
    contents: new Map(
      paths.flat().flatMap((path, at) => {
        const value = found[at];
        return value ? [[path, value] as const] : [];
      })
    )
  };
}

/** Files at the given paths that differ from the newest commit, sorted by path. */
export async function filesStatus(
  store: Store,
  { head, entries }: IIndexMoment,
  within: readonly string[]
): Promise<readonly IFileStatus[]> {
  const committed = new Map(
    (await Promise.all(within.map(path => headFiles(store, head, path)))).flatMap(
      files => [...files]
    )
  );
  const byPath = new Map<string, IFileStatus>();
  for (const { path, kind, oid } of entries) {
    if (kind === 'file') {
      const old = committed.get(path);
      if (oid !== old || oid === undefined) {
        byPath.set(path, { path, change: old === undefined ? 'added' : 'changed' });
      }
    }
  }
  const present = new Set(
    entries.filter(({ kind }) => kind === 'file').map(({ path }) => path)
  );
  for (const path of committed.keys()) {
    if (!present.has(path)) {
      byPath.set(path, { path, change: 'deleted' });
    }
  }
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The blobs of a commit that are at a path or in that folder. */
async function headFiles(
  store: Store,
  at: string | null,
  within: string
): Promise<Map<string, string>> {
  if (at === null) {
    return new Map();
  }
  if (within === '') {
    const diff = await store.diff(null, at);
    return new Map(diff.flatMap(({ path, to }) => (to === null ? [] : [[path, to]])));
  }
  const inParent = await store.list(parentOf(within), at);
  const found = inParent.find(({ path }) => path === within);
  if (found?.kind === 'file') {
    return new Map([[within, found.oid]]);
  }
  const inside = found ? await store.list(within, at) : [];
  const parts = await Promise.all(
    inside.map(async ({ path, kind, oid }) =>
      kind === 'file' ? [[path, oid] as const] : [...(await headFiles(store, at, path))]
    )
  );
  return new Map(parts.flat());
}
