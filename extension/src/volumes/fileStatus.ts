import type { IVolumeStore } from '@llmos-lab/skills';

import type { VolumeConnection } from './connection';
import { parentOf } from './fileStore';

type Store = Omit<IVolumeStore, 'commit'>;

/** How a file differs from the newest commit. */
export interface IFileStatus {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'deleted';
}

/** Files at the given paths that differ from the newest commit, sorted by path. */
export async function filesStatus(
  connection: VolumeConnection,
  store: Store,
  within: readonly string[]
): Promise<readonly IFileStatus[]> {
  const at = await store.head();
  const found = await Promise.all(
    within.map(path => statusOf(connection, store, path, at))
  );
  const byPath = new Map(found.flat().map(file => [file.path, file]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function statusOf(
  connection: VolumeConnection,
  store: Store,
  within: string,
  at: string | null
): Promise<readonly IFileStatus[]> {
  const database = await connection.get();
  const inside =
    within === '' ? undefined : IDBKeyRange.bound(`${within}/`, `${within}/\uffff`);
  const [entries, own, head] = await Promise.all([
    database.getAll('entries', inside),
    within === '' ? undefined : database.get('entries', within),
    headFiles(store, at, within)
  ]);
  const found: IFileStatus[] = [];
  for (const { path, kind, oid } of own ? [...entries, own] : entries) {
    if (kind === 'file') {
      const committed = head.get(path);
      head.delete(path);
      if (oid !== committed || oid === undefined) {
        found.push({ path, change: committed === undefined ? 'added' : 'changed' });
      }
    }
  }
  for (const path of head.keys()) {
    found.push({ path, change: 'deleted' });
  }
  return found;
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
