/** A volume store over a database of Git objects. */
import {
  decodeCommit,
  encodeCommit,
  nameObject,
  type Hash,
  type IGitObject,
  type IGitTreeItem,
  type INamedObject
} from './gitObject';
import { orderCommits } from '../history/commitGraph';
import { checkPath } from './path';
import {
  VolumeError,
  type IAuthor,
  type IFileChange,
  type ILogEntry,
  type ILogRange,
  type IPathDiff,
  type ITreeEntry,
  type IVolumeStore
} from './store';
import { diffTrees, editTree, treeReader, type ReadTree } from './tree';

/** All that one commit writes. */
export interface IObjectBatch {
  readonly objects: readonly INamedObject[];
  readonly ref: string;
  /** Where the branch must be for the batch to be written. */
  readonly from: string | null;
  readonly to: string;
  readonly log: ILogEntry;
}

/** What a store needs from a database; IndexedDB and memory have it. */
export interface IObjectDatabase {
  object(oid: string): Promise<IGitObject | undefined>;
  ref(name: string): Promise<string | undefined>;
  /** Every commit's log entry, in any order: so that a log is one read, not thousands. */
  logEntries(): Promise<readonly ILogEntry[]>;
  /** Writes all of it in one transaction, or nothing and answers `false`. */
  write(batch: IObjectBatch): Promise<boolean>;
}

/** Where objects are kept and how they are hashed: both differ from host to host. */
export interface IObjectStoreOptions {
  readonly database: IObjectDatabase;
  readonly hash: Hash;
  /** By default `main`. */
  readonly branch?: string;
}

/** Opens one branch of a repository kept in an object database. */
export function openObjectStore(options: IObjectStoreOptions): IVolumeStore {
  const { database, hash } = options;
  const ref = `refs/heads/${options.branch ?? 'main'}`;
  const readTree = treeReader(async oid => (await database.object(oid))?.body);
  const head = async (): Promise<string | null> => (await database.ref(ref)) ?? null;
  const rootTree = async (at?: string): Promise<string | null> => {
    const oid = at ?? (await head());
    return oid === null ? null : (await readCommit(database, oid)).tree;
  };
  return {
    head,
    async read(path, at) {
      const item = await find(checkPath(path), await rootTree(at), readTree);
      if (item === null || item.mode === '40000') {
        return null;
      }
      const blob = await database.object(item.oid);
      if (!blob) {
        throw new VolumeError('corrupt', `The content of "${path}" is missing.`);
      }
      return blob.body;
    },
    list: async (folder = '', at) => listFolder(folder, await rootTree(at), readTree),
    log: async (range = {}) => readLog(database, range, range.from ?? (await head())),
    async diff(from, to): Promise<readonly IPathDiff[]> {
      const before = from === null ? null : await rootTree(from);
      return diffTrees(before, await rootTree(to), readTree);
    },
    commit: (changes, message, author, parent, others = []) =>
      writeCommit(
        { changes, message, author, parent, others },
        { database, hash, ref, readTree }
      )
  };
}

interface ICommitRequest {
  readonly changes: readonly IFileChange[];
  readonly message: string;
  readonly author: IAuthor;
  readonly parent: string | null;
  readonly others: readonly string[];
}

interface ICommitContext {
  readonly database: IObjectDatabase;
  readonly hash: Hash;
  readonly ref: string;
  readonly readTree: ReadTree;
}

async function writeCommit(
  { changes, message, author, parent, others }: ICommitRequest,
  { database, hash, ref, readTree }: ICommitContext
): Promise<string> {
  const before = parent === null ? null : (await readCommit(database, parent)).tree;
  const edited = await editTree(before, changes, readTree, hash);
  // Git's empty tree has a well-known name, and must be an object like any other.
  const empty = await nameObject({ type: 'tree', body: new Uint8Array() }, hash);
  const tree = edited.tree ?? empty.oid;
  if (tree === before && others.length === 0) {
    throw new VolumeError(
      'nothing-to-commit',
      'There is nothing to commit: no file differs.'
    );
  }
  const parents = [...(parent === null ? [] : [parent]), ...others];
  const commit = await nameObject(
    encodeCommit({ tree, parents, author, message }),
    hash
  );
  const objects = [...edited.objects, ...(edited.tree === null ? [empty] : []), commit];
  const log: ILogEntry = {
    ...decodeCommit(commit.body),
    oid: commit.oid
  };
  const batch = { objects, ref, from: parent, to: commit.oid, log };
  if (!(await database.write(batch))) {
    const found = (await database.ref(ref)) ?? 'an empty branch';
    throw new VolumeError(
      'conflict',
      `The branch moved meanwhile: expected ${parent ?? 'an empty branch'}, found ` +
        `${found}. Read it again and commit on top.`
    );
  }
  return commit.oid;
}

async function readCommit(
  database: IObjectDatabase,
  oid: string
): Promise<ReturnType<typeof decodeCommit>> {
  const object = await database.object(oid);
  if (object?.type !== 'commit') {
    throw new VolumeError(
      'no-such-commit',
      `There is no commit ${oid} in this volume.`
    );
  }
  return decodeCommit(object.body);
}

async function find(
  parts: readonly string[],
  root: string | null,
  readTree: ReadTree
): Promise<IGitTreeItem | null> {
  let item: IGitTreeItem | null = null;
  let tree = root;
  for (const part of parts) {
    if (tree === null) {
      return null;
    }
    item = (await readTree(tree)).find(({ name }) => name === part) ?? null;
    tree = item?.mode === '40000' ? item.oid : null;
  }
  return item;
}

async function listFolder(
  folder: string,
  root: string | null,
  readTree: ReadTree
): Promise<readonly ITreeEntry[]> {
  let tree = root;
  if (folder !== '') {
    const item = await find(checkPath(folder), root, readTree);
    tree = item?.mode === '40000' ? item.oid : null;
  }
  const items = tree === null ? [] : await readTree(tree);
  return items.map(({ name, mode, oid }) => ({
    path: folder === '' ? name : `${folder}/${name}`,
    kind: mode === '40000' ? 'folder' : 'file',
    oid
  }));
}

/** Up to so many commits are read one by one; for more the whole log is read at once. */
const FEW_COMMITS = 64;

async function readLog(
  database: IObjectDatabase,
  range: ILogRange,
  start: string | null
): Promise<readonly ILogEntry[]> {
  const { path, limit = Infinity, merged } = range;
  if (start === null) {
    return [];
  }
  if (!merged && path === undefined && limit <= FEW_COMMITS) {
    return readFew(database, start, limit);
  }
  const entries = new Map(
    (await database.logEntries()).map(entry => [entry.oid, entry])
  );
  const readTree = treeReader(async oid => (await database.object(oid))?.body);
  const parts = path === undefined ? null : checkPath(path);
  const found: ILogEntry[] = [];
  for (const entry of merged ? allOf(entries, start) : firstParents(entries, start)) {
    const [parent] = entry.parents;
    const before = parent === undefined ? null : (entries.get(parent)?.tree ?? null);
    if (!parts || (await changed(parts, before, entry.tree, readTree))) {
      found.push(entry);
    }
    if (found.length >= limit) {
      break;
    }
  }
  return found;
}

function allOf(
  entries: ReadonlyMap<string, ILogEntry>,
  start: string
): readonly ILogEntry[] {
  requireEntry(entries, start);
  return orderCommits(entries, start);
}

function* firstParents(
  entries: ReadonlyMap<string, ILogEntry>,
  start: string
): Iterable<ILogEntry> {
  for (let oid: string | undefined = start; oid !== undefined;) {
    const entry: ILogEntry = requireEntry(entries, oid);
    yield entry;
    [oid] = entry.parents;
  }
}

function requireEntry(entries: ReadonlyMap<string, ILogEntry>, oid: string): ILogEntry {
  const entry = entries.get(oid);
  if (!entry) {
    throw new VolumeError(
      'no-such-commit',
      `There is no commit ${oid} in this volume.`
    );
  }
  return entry;
}

async function readFew(
  database: IObjectDatabase,
  start: string,
  limit: number
): Promise<readonly ILogEntry[]> {
  const found: ILogEntry[] = [];
  for (let oid: string | undefined = start; oid !== undefined;) {
    if (found.length >= limit) {
      break;
    }
    const commit: ReturnType<typeof decodeCommit> = await readCommit(database, oid);
    found.push({ ...commit, oid });
    [oid] = commit.parents;
  }
  return found;
}

async function changed(
  parts: readonly string[],
  before: string | null,
  after: string,
  readTree: ReadTree
): Promise<boolean> {
  const a = await find(parts, before, readTree);
  const b = await find(parts, after, readTree);
  return a?.oid !== b?.oid;
}
