import type { TranslationBundle } from '@jupyterlab/translation';
import {
  decodeCommit,
  decodeTree,
  isRecord,
  nameObject,
  type GitObjectType,
  type ILogEntry,
  type INamedObject
} from '@llmos-lab/skills';

import type { IWatch } from '../archive/longWork';
import { inflate } from '../archive/streams';
import type { IArchiveIn } from '../archive/zipReader';
import type { IArchiveOut } from '../archive/zipWriter';
import { logMany } from './commitLog';
import type { VolumeConnection } from './connection';
import { COMMIT_STORES, giveUp, type IIndexEntry, type INamedBytes } from './database';
import { addRepository, readMoment } from './exportRepository';
import { cleanPath, parentOf, type StoreChange } from './fileStore';
import { sha1 } from './objectDatabase';

const ALL: (typeof COMMIT_STORES)[number][] = [...COMMIT_STORES, 'checkpoints'];

/**
 * Writes a volume into a backup: `FOLDER.git/`, a bare repository as `git clone` reads it,
 * with `FOLDER/`, the files that are not committed, and `FOLDER.json`, the list of all
 * files. All of it is of one moment: a commit meanwhile moves bytes from `contents` to
 * `objects`, where they would be missed.
 */
export async function backupVolume(
  connection: VolumeConnection,
  folder: string,
  out: IArchiveOut,
  watch: IWatch
): Promise<void> {
  const tx = (await connection.get()).transaction(COMMIT_STORES, 'readonly');
  const [moment, entries, paths, contents] = await Promise.all([
    readMoment(tx),
    tx.objectStore('entries').getAll(),
    tx.objectStore('contents').getAllKeys(),
    tx.objectStore('contents').getAll()
  ]);
  const list = new TextEncoder().encode(JSON.stringify({ v: 1, entries }));
  out.add(`${folder}.json`, list);
  paths.forEach((path, at) => {
    const bytes = contents[at];
    if (bytes) {
      out.add(`${folder}/${path}`, bytes);
    }
  });
  await addRepository(connection, { moment, folder: `${folder}.git`, out, watch });
}

/** What is read from a backup before anything is written. */
interface IReadVolume {
  readonly entries: readonly IIndexEntry[];
  readonly contents: ReadonlyMap<string, INamedBytes>;
  readonly objects: readonly INamedObject[];
  readonly refs: ReadonlyMap<string, string>;
}

/**
 * Reads a volume of a backup and checks it: every object and every file against its name,
 * the list of files against itself. Nothing is written before `write` is called.
 *
 * @throws Error that says what is damaged
 */
export async function readBackup(
  connection: VolumeConnection,
  files: IArchiveIn,
  folder: string,
  watch: IWatch
): Promise<{ readonly write: () => Promise<readonly StoreChange[]> }> {
  const read = await readVolume(files, folder, watch, connection.trans);
  return { write: () => writeVolume(connection, read) };
}

/** One transaction replaces what is there, wholly or not at all. */
async function writeVolume(
  connection: VolumeConnection,
  { entries, contents, objects, refs }: IReadVolume
): Promise<readonly StoreChange[]> {
  const old = await (await connection.get()).getAllKeys('entries');
  // Changed now: an open document asks before it is saved over what is newer than it.
  const modified = Date.now();
  const log = objects
    .filter(({ type }) => type === 'commit')
    .map(({ oid, body }): ILogEntry => ({ ...decodeCommit(body), oid }));
  const tx = (await connection.get()).transaction(ALL, 'readwrite', {
    durability: 'strict'
  });
  try {
    await Promise.all([
      ...ALL.map(async store => tx.objectStore(store).clear()),
      ...entries.map(async entry =>
        tx.objectStore('entries').put({ ...entry, modified })
      ),
      ...[...contents].map(async ([path, { bytes }]) =>
        tx.objectStore('contents').put(bytes, path)
      ),
      ...objects.map(async ({ oid, type, body }) =>
        tx.objectStore('objects').put({ type, body }, oid)
      ),
      ...[...refs].map(async ([name, oid]) => tx.objectStore('refs').put(oid, name)),
      logMany(tx, log)
    ]);
  } catch (error) {
    await giveUp(tx);
    throw error;
  }
  await tx.done;
  connection.kept.clear();
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

async function readVolume(
  files: IArchiveIn,
  folder: string,
  watch: IWatch,
  trans: TranslationBundle
): Promise<IReadVolume> {
  if (!files.paths.includes(`${folder}.json`)) {
    throw new Error(trans.__('The backup has no list of the files of "%1".', folder));
  }
  const list = new TextDecoder().decode(await files.read(`${folder}.json`));
  const contents = new Map<string, INamedBytes>();
  const objects = new Map<string, INamedObject>();
  const refs = new Map<string, string>();
  const own = files.paths.filter(
    path => path.startsWith(`${folder}.git/`) || path.startsWith(`${folder}/`)
  );
  for (const [index, path] of own.entries()) {
    watch.signal.throwIfAborted();
    const object = /\.git\/objects\/([0-9a-f]{2})\/([0-9a-f]{38})$/.exec(path);
    if (!path.startsWith(`${folder}.git/`)) {
      const bytes = await files.read(path);
      const { oid } = await nameObject({ type: 'blob', body: bytes }, sha1);
      contents.set(path.slice(folder.length + 1), { bytes, oid });
    } else if (object) {
      const oid = `${object[1]}${object[2]}`;
      objects.set(oid, await readLoose(await files.read(path), oid, trans));
    } else if (path.startsWith(`${folder}.git/refs/`)) {
      const name = path.slice(`${folder}.git/`.length);
      refs.set(name, new TextDecoder().decode(await files.read(path)).trim());
    }
    watch.progress((index + 1) / own.length);
  }
  const rows = readEntries(list, folder, trans);
  const entries = checkEntries(rows, { contents, objects, trans });
  const needed = [...refs.values(), ...[...objects.values()].flatMap(neededBy)];
  const absent = needed.find(oid => !objects.has(oid));
  if (absent !== undefined) {
    throw new Error(trans.__('The backup lacks the object %1.', absent));
  }
  return { entries, contents, objects: [...objects.values()], refs };
}

/**
 * The list with the names and sizes that the bytes have: what it says itself of a file
 * would pass damaged bytes off as committed ones.
 */
function checkEntries(
  entries: readonly IIndexEntry[],
  {
    contents,
    objects,
    trans
  }: {
    readonly contents: ReadonlyMap<string, INamedBytes>;
    readonly objects: ReadonlyMap<string, INamedObject>;
    readonly trans: TranslationBundle;
  }
): readonly IIndexEntry[] {
  const folders = new Set(
    entries.filter(({ kind }) => kind === 'directory').map(({ path }) => path)
  );
  return entries.map((entry): IIndexEntry => {
    const { path, parent, kind, oid: listed = '' } = entry;
    if (!folders.has(parent ?? '')) {
      throw new Error(
        trans.__('The backup lacks the folder "%1" of "%2".', parent ?? '', path)
      );
    }
    if (kind === 'directory') {
      return entry;
    }
    const content = contents.get(path);
    const object = objects.get(listed);
    if (!content && object?.type !== 'blob') {
      throw new Error(trans.__('The backup lacks the content of "%1".', path));
    }
    const size = content?.bytes.length ?? object?.body.length ?? 0;
    return { ...entry, size, oid: content?.oid ?? listed };
  });
}

/** Objects that one names, other repositories' commits (submodules) apart. */
export function neededBy({ type, body }: INamedObject): readonly string[] {
  if (type === 'commit') {
    const { tree, parents } = decodeCommit(body);
    return [tree, ...parents];
  }
  return type === 'tree'
    ? decodeTree(body).flatMap(({ mode, oid }) => (mode === '160000' ? [] : [oid]))
    : [];
}

function readEntries(
  text: string,
  folder: string,
  trans: TranslationBundle
): readonly IIndexEntry[] {
  const data: unknown = JSON.parse(text);
  const rows: unknown = isRecord(data) && data.v === 1 ? data.entries : undefined;
  if (!Array.isArray(rows)) {
    throw new Error(
      trans.__('The list of the files of "%1" is of another version.', folder)
    );
  }
  return rows.map((row: unknown): IIndexEntry => {
    const { path, kind, created, modified, size, oid } = isRecord(row) ? row : {};
    if (
      typeof path !== 'string' ||
      cleanPath(path) !== path ||
      (kind !== 'file' && kind !== 'directory')
    ) {
      throw new Error(trans.__('The list of the files of "%1" is damaged.', folder));
    }
    const parent = path === '' ? null : parentOf(path);
    const times = { created: Number(created), modified: Number(modified) };
    const name = typeof oid === 'string' ? { oid } : {};
    return { path, parent, kind, ...times, size: Number(size), ...name };
  });
}

/**
 * A loose object, checked against its name.
 *
 * @throws Error when it is damaged
 */
export async function readLoose(
  bytes: Uint8Array,
  oid: string,
  trans: TranslationBundle
): Promise<INamedObject> {
  const damaged = new Error(trans.__('The object %1 of the backup is damaged.', oid));
  const data = await inflate(bytes, 'deflate').catch(() => Promise.reject(damaged));
  const end = data.indexOf(0);
  const [type] = new TextDecoder().decode(data.subarray(0, end)).split(' ');
  const body = data.slice(end + 1);
  const named = await nameObject({ type: type as GitObjectType, body }, sha1);
  if (named.oid !== oid) {
    throw damaged;
  }
  return named;
}
