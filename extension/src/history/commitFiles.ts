import type { ITreeEntry, IVolumeStore } from '@llmos-lab/skills';

import { splitAtCommit } from '../volumes/atCommit';
import {
  FileStoreError,
  parentOf,
  type Bytes,
  type IStoredEntry
} from '../volumes/fileStore';
import type { IReadOnlyFiles } from '../volumes/besideStore';

/** Reads one volume's commits. */
export type StoreOf = (volume: string) => Pick<IVolumeStore, 'read' | 'list' | 'log'>;

/** Files of all commits, at `VOLUME/COMMIT/PATH`. */
export function commitFiles(storeOf: StoreOf): IReadOnlyFiles {
  /** From the tree alone. */
  const find = async (
    path: string
  ): Promise<Pick<ITreeEntry, 'path' | 'kind'> | undefined> => {
    const { volume, commit, path: inside } = splitAtCommit(path);
    if (commit === '' || inside === '') {
      return { path: '', kind: 'folder' };
    }
    const entries = await storeOf(volume).list(parentOf(inside), commit);
    return entries.find(entry => entry.path === inside);
  };
  return {
    kindOf: async path => {
      const found = await find(path);
      return found?.kind === 'folder' ? 'directory' : found?.kind;
    },
    stat: async path => {
      const found = await find(path);
      if (found?.kind !== 'file') {
        return found && folder(path);
      }
      const { volume, commit, path: inside } = splitAtCommit(path);
      const size = (await storeOf(volume).read(inside, commit))?.length ?? 0;
      return file(path, await timeOf(storeOf, path), size);
    },
    list: async path => {
      const { volume, commit, path: inside } = splitAtCommit(path);
      if (commit === '') {
        return [];
      }
      const entries = await storeOf(volume).list(inside, commit);
      const time = await timeOf(storeOf, path);
      // Sizes are left to `stat`: they are those of the bytes, which all were read for it.
      return entries.map(({ kind, path: at }) => {
        const each = `${volume}/${commit}/${at}`;
        return kind === 'folder' ? folder(each) : file(each, time);
      });
    },
    read: async path => {
      const { volume, commit, path: inside } = splitAtCommit(path);
      const bytes = inside === '' ? null : await storeOf(volume).read(inside, commit);
      if (bytes === null) {
        throw new FileStoreError('not-found', path);
      }
      return bytes as Bytes;
    }
  };
}

function folder(path: string): IStoredEntry {
  return { path, kind: 'directory', created: 0, modified: 0, size: 0 };
}

function file(path: string, time: number, size?: number): IStoredEntry {
  const about = { path, kind: 'file', created: time, modified: time } as const;
  return size === undefined ? about : { ...about, size };
}

/** A file's time is that of its commit, in milliseconds since 1970. */
async function timeOf(storeOf: StoreOf, path: string): Promise<number> {
  const { volume, commit } = splitAtCommit(path);
  const [entry] = await storeOf(volume).log({ from: commit, limit: 1 });
  return (entry?.author.time ?? 0) * 1000;
}
