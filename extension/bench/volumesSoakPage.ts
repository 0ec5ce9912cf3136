import { decodeCommit, decodeTree, nameObject } from '@llmos-lab/skills';

import { DatabaseFileStore } from '../src/volumes/databaseStore';
import { sha1 } from '../src/volumes/objectDatabase';

/** What is found of a repository after its tab has gone. */
export interface IChecked {
  readonly commits: number;
  readonly objects: number;
  /** Files that stand in no commit, as at any time between a save and its commit. */
  readonly uncommitted: number;
}

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };

function open(name: string): DatabaseFileStore {
  return new DatabaseFileStore(name, { folders: ['sessions'] });
}

async function commitOne(
  files: DatabaseFileStore,
  tab: string,
  at: number
): Promise<void> {
  const path = `sessions/${tab}-${at % 10}.ipynb`;
  const text = JSON.stringify({ cells: [], tab, at }).padEnd(8000, ' ');
  await files.write(path, new TextEncoder().encode(text));
  const message = `Change ${tab} ${at}`;
  await files.repository.commit({ paths: [path], message, author: AUTHOR });
}

/** Commits until the tab goes; what the page counts is told to the program. */
async function commitForEver(name: string): Promise<void> {
  const files = open(name);
  for (let at = 0; ; at += 1) {
    await commitOne(files, 'a', at);
    Object.assign(globalThis, { committed: at + 1 });
  }
}

/** Commits so many and stops. */
async function commitMany(name: string, tab: string, count: number): Promise<void> {
  const files = open(name);
  for (let at = 0; at < count; at += 1) {
    await commitOne(files, tab, at);
  }
  files.dispose();
}

/**
 * Reads every commit, folder and file and names each anew.
 *
 * @throws Error for the first object that is missing or is not what its name says
 */
async function check(name: string): Promise<IChecked> {
  const files = open(name);
  const { repository } = files;
  const seen = new Set<string>();
  const read = async (oid: string): Promise<Uint8Array> => {
    const object = await repository.object(oid);
    if (!object || (await nameObject(object, sha1)).oid !== oid) {
      throw new Error(`The object ${oid} is ${object ? 'damaged' : 'missing'}.`);
    }
    seen.add(oid);
    return object.body;
  };
  const walk = async (oid: string): Promise<void> => {
    for (const item of decodeTree(await read(oid))) {
      if (!seen.has(item.oid)) {
        await (item.mode === '40000' ? walk(item.oid) : read(item.oid));
      }
    }
  };
  const log = await repository.store.log();
  for (const { oid } of log) {
    const { tree } = decodeCommit(await read(oid));
    if (!seen.has(tree)) {
      await walk(tree);
    }
  }
  const status = await repository.status();
  for (const { path } of await files.list('sessions')) {
    await files.read(path);
  }
  files.dispose();
  return { commits: log.length, objects: seen.size, uncommitted: status.length };
}

/** The repository as a zip in Base64, for Git itself to look at. */
async function take(name: string): Promise<string> {
  const files = open(name);
  const zip = await files.repository.export('soak.git', {
    ...{ signal: new AbortController().signal, progress: () => undefined }
  });
  files.dispose();
  const bytes = new Uint8Array(await zip.arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}

Object.assign(globalThis, {
  volumeSoak: { commitForEver, commitMany, check, take }
});
