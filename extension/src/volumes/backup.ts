import {
  decodeCommit,
  decodeTree,
  isRecord,
  nameObject,
  type GitObjectType,
  type ILogEntry,
  type INamedObject
} from '@llmos-lab/skills';
import { strToU8, unzlibSync, type Unzipped, type Zippable } from 'fflate';

import type { VolumeConnection } from './connection';
import { COMMIT_STORES, giveUp, type IIndexEntry } from './database';
import { repositoryFiles } from './exportRepository';
import { cleanPath, parentOf, type Bytes, type StoreChange } from './fileStore';
import { sha1 } from './objectDatabase';

const ALL: (typeof COMMIT_STORES)[number][] = [...COMMIT_STORES, 'checkpoints'];

/**
 * A volume in a backup: `FOLDER.git/`, a bare repository as `git clone` reads it, with
 * `FOLDER/`, the files that are not committed, and `FOLDER.json`, the list of all files.
 */
export async function backupVolume(
  connection: VolumeConnection,
  folder: string
): Promise<Zippable> {
  const files = await repositoryFiles(connection, `${folder}.git`);
  const tx = (await connection.get()).transaction(['entries', 'contents'], 'readonly');
  const [entries, paths, contents] = await Promise.all([
    tx.objectStore('entries').getAll(),
    tx.objectStore('contents').getAllKeys(),
    tx.objectStore('contents').getAll()
  ]);
  paths.forEach((path, at) => {
    const bytes = contents[at];
    if (bytes) {
      files[`${folder}/${path}`] = bytes;
    }
  });
  return { ...files, [`${folder}.json`]: strToU8(JSON.stringify({ v: 1, entries })) };
}

/** What is read from a backup before anything is written. */
interface IReadVolume {
  readonly entries: readonly IIndexEntry[];
  readonly contents: ReadonlyMap<string, Bytes>;
  readonly objects: readonly INamedObject[];
  readonly refs: ReadonlyMap<string, string>;
}

/**
 * Puts a volume back, wholly or not at all: every object is checked against its name
 * first, then one transaction replaces what is there.
 *
 * @throws Error that says what is damaged
 */
export async function restoreVolume(
  connection: VolumeConnection,
  files: Unzipped,
  folder: string
): Promise<readonly StoreChange[]> {
  const { entries, contents, objects, refs } = await readVolume(files, folder);
  const old = await (await connection.get()).getAllKeys('entries');
  const log = objects
    .filter(({ type }) => type === 'commit')
    .map(({ oid, body }): ILogEntry => ({ ...decodeCommit(body), oid }));
  const tx = (await connection.get()).transaction(ALL, 'readwrite', {
    durability: 'strict'
  });
  try {
    await Promise.all([
      ...ALL.map(async store => tx.objectStore(store).clear()),
      ...entries.map(async entry => tx.objectStore('entries').put(entry)),
      ...[...contents].map(async ([path, bytes]) =>
        tx.objectStore('contents').put(bytes, path)
      ),
      ...objects.map(async ({ oid, type, body }) =>
        tx.objectStore('objects').put({ type, body }, oid)
      ),
      ...[...refs].map(async ([name, oid]) => tx.objectStore('refs').put(oid, name)),
      ...log.map(async entry => tx.objectStore('log').put(entry))
    ]);
  } catch (error) {
    await giveUp(tx);
    throw error;
  }
  await tx.done;
  const now = new Set(entries.map(({ path }) => path));
  return [
    ...old
      .filter(path => !now.has(path))
      .map((path): StoreChange => ({ type: 'delete', path })),
    ...entries
      .filter(({ path }) => path !== '')
      .map(({ path }): StoreChange => ({ type: 'save', path }))
  ];
}

async function readVolume(files: Unzipped, folder: string): Promise<IReadVolume> {
  const index = files[`${folder}.json`];
  if (!index) {
    throw new Error(`The backup has no list of the files of "${folder}".`);
  }
  const entries = readEntries(new TextDecoder().decode(index), folder);
  const contents = new Map<string, Bytes>();
  const objects: INamedObject[] = [];
  const refs = new Map<string, string>();
  for (const [path, bytes] of Object.entries(files)) {
    const object = /\.git\/objects\/([0-9a-f]{2})\/([0-9a-f]{38})$/.exec(path);
    if (path.startsWith(`${folder}.git/`) && object) {
      objects.push(await readLoose(bytes, `${object[1]}${object[2]}`));
    } else if (path.startsWith(`${folder}.git/refs/`) && bytes.length > 0) {
      const name = path.slice(`${folder}.git/`.length);
      refs.set(name, new TextDecoder().decode(bytes).trim());
    } else if (path.startsWith(`${folder}/`)) {
      contents.set(path.slice(folder.length + 1), Uint8Array.from(bytes));
    }
  }
  const names = new Set(objects.map(({ oid }) => oid));
  const lost = entries.find(
    ({ kind, path, oid }) =>
      kind === 'file' && !contents.has(path) && !names.has(oid ?? '')
  );
  const needed = [...refs.values(), ...objects.flatMap(neededBy)];
  const absent = needed.find(oid => !names.has(oid));
  if (lost || absent !== undefined) {
    throw new Error(
      `The backup lacks the content of "${lost?.path ?? `object ${absent}`}".`
    );
  }
  return { entries, contents, objects, refs };
}

/** Objects that one names, other repositories' commits (submodules) apart. */
function neededBy({ type, body }: INamedObject): readonly string[] {
  if (type === 'commit') {
    const { tree, parents } = decodeCommit(body);
    return [tree, ...parents];
  }
  return type === 'tree'
    ? decodeTree(body).flatMap(({ mode, oid }) => (mode === '160000' ? [] : [oid]))
    : [];
}

function readEntries(text: string, folder: string): readonly IIndexEntry[] {
  const data: unknown = JSON.parse(text);
  const rows: unknown = isRecord(data) && data.v === 1 ? data.entries : undefined;
  if (!Array.isArray(rows)) {
    throw new Error(`The list of the files of "${folder}" is of another version.`);
  }
  return rows.map((row: unknown): IIndexEntry => {
    const { path, kind, created, modified, size, oid } = isRecord(row) ? row : {};
    if (
      typeof path !== 'string' ||
      cleanPath(path) !== path ||
      (kind !== 'file' && kind !== 'directory')
    ) {
      throw new Error(`The list of the files of "${folder}" is damaged.`);
    }
    const parent = path === '' ? null : parentOf(path);
    const times = { created: Number(created), modified: Number(modified) };
    const name = typeof oid === 'string' ? { oid } : {};
    return { path, parent, kind, ...times, size: Number(size), ...name };
  });
}

async function readLoose(bytes: Uint8Array, oid: string): Promise<INamedObject> {
  const data = unzlibSync(bytes);
  const end = data.indexOf(0);
  const [type] = new TextDecoder().decode(data.subarray(0, end)).split(' ');
  const body = data.slice(end + 1);
  const named = await nameObject({ type: type as GitObjectType, body }, sha1);
  if (named.oid !== oid) {
    throw new Error(`The object ${oid} of the backup is damaged.`);
  }
  return named;
}
