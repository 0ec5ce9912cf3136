import { nameObject, type IVolumeStore } from '@llmos-lab/skills';

import { parentOf } from './fileStore';
import { sha1 } from './objectDatabase';

/** Name of the blob that a file is in a commit; null where it is not there. */
export async function blobAt(
  store: Pick<IVolumeStore, 'list'>,
  path: string,
  commit: string
): Promise<string | null> {
  const beside = await store.list(parentOf(path), commit);
  const found = beside.find(entry => entry.path === path && entry.kind === 'file');
  return found?.oid ?? null;
}

/** Name of the blob that these bytes make. */
export async function blobName(body: Uint8Array): Promise<string> {
  return (await nameObject({ type: 'blob', body }, sha1)).oid;
}
