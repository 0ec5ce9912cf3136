/** A volume store over a database of Git objects. */
import {
  decodeCommit,
  encodeCommit,
  nameObject,
  type Hash,
  type IGitObject,
  type INamedObject
} from './gitObject';
import { findInTree } from './findInTree';
import { ObjectLog } from './objectLog';
import { checkNew } from './checkNew';
import {
  VolumeError,
  type IAuthor,
  type IFileChange,
  type ILogEntry,
  type IPathDiff,
  type ITreeEntry,
  type IVolumeStore
} from './store';
import { diffTrees, editTree, isFileItem, treeReader, type ReadTree } from './tree';

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
  const log = new ObjectLog(database);
  const head = async (): Promise<string | null> => (await database.ref(ref)) ?? null;
  const rootTree = async (at?: string): Promise<string | null> => {
    const oid = at ?? (await head());
    return oid === null ? null : (await readCommit(database, oid)).tree;
  };
  return {
    head,
    async read(path, at) {
      const item = await findInTree(path.split('/'), await rootTree(at), readTree);
      if (item === null || !isFileItem(item)) {
        return null;
      }
      const blob = await database.object(item.oid);
      if (!blob) {
        throw new VolumeError('corrupt', `The content of "${path}" is missing.`);
      }
      return blob.body;
    },
    list: async (folder = '', at) => listFolder(folder, await rootTree(at), readTree),
    log: async (range = {}) => log.read(range, range.from ?? (await head())),
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
  const brought = await Promise.all(
    others.map(async oid => (await readCommit(database, oid)).tree)
  );
  const roots = [before, ...brought].filter(tree => tree !== null);
  await checkNew(changes, roots, readTree);
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

async function listFolder(
  folder: string,
  root: string | null,
  readTree: ReadTree
): Promise<readonly ITreeEntry[]> {
  let tree = root;
  if (folder !== '') {
    const item = await findInTree(folder.split('/'), root, readTree);
    tree = item?.mode === '40000' ? item.oid : null;
  }
  const items = tree === null ? [] : await readTree(tree);
  const shown = items.filter(({ mode }) => mode !== '160000');
  return shown.map(({ name, mode, oid }) => ({
    path: folder === '' ? name : `${folder}/${name}`,
    kind: mode === '40000' ? 'folder' : 'file',
    oid
  }));
}
