/** Editing and comparing trees: only the folders on a changed path are read and written. */
import {
  decodeTree,
  encodeTree,
  nameObject,
  type Hash,
  type IGitObject,
  type IGitTreeItem,
  type INamedObject
} from './gitObject';
import { VolumeError, type IFileChange, type IPathDiff } from './store';

/** Reads a tree object's items. */
export type ReadTree = (oid: string) => Promise<readonly IGitTreeItem[]>;

interface IEdit {
  readonly parts: readonly string[];
  readonly content: Uint8Array | null;
  readonly oid?: string;
}

/** A new root tree and the objects (blobs and trees) that it needs. */
export interface IEditedTree {
  /** `null` when nothing is left. */
  readonly tree: string | null;
  readonly objects: readonly INamedObject[];
}

/**
 * Applies changes to a root tree, of paths that may be used (`checkNew`). A later change
 * of the same path wins.
 *
 * @throws VolumeError `not-a-folder`, `is-a-folder`, `no-such-file`
 */
export async function editTree(
  root: string | null,
  changes: readonly IFileChange[],
  readTree: ReadTree,
  hash: Hash
): Promise<IEditedTree> {
  const byPath = new Map(changes.map(change => [change.path, change]));
  const edits = [...byPath.values()].map(({ path, ...edit }) => ({
    parts: path.split('/'),
    ...edit
  }));
  const objects: INamedObject[] = [];
  const tree = await editFolder(root, edits, '', { readTree, hash, objects });
  return { tree, objects };
}

interface IEditContext {
  readonly readTree: ReadTree;
  readonly hash: Hash;
  readonly objects: INamedObject[];
}

async function editFolder(
  oid: string | null,
  edits: readonly IEdit[],
  folder: string,
  context: IEditContext
): Promise<string | null> {
  const items = new Map<string, IGitTreeItem>();
  for (const item of oid === null ? [] : await context.readTree(oid)) {
    items.set(item.name, item);
  }
  for (const [name, group] of groupByName(edits)) {
    const path = folder + name;
    const item = await editItem(items.get(name), name, group, path, context);
    if (item === null) {
      items.delete(name);
    } else {
      items.set(name, item);
    }
  }
  if (items.size === 0) {
    return null;
  }
  return add(encodeTree([...items.values()]), context);
}

async function editItem(
  item: IGitTreeItem | undefined,
  name: string,
  edits: readonly IEdit[],
  path: string,
  context: IEditContext
): Promise<IGitTreeItem | null> {
  const file = edits.find(edit => edit.parts.length === 1);
  const inside = edits
    .filter(edit => edit !== file)
    .map(edit => ({ ...edit, parts: edit.parts.slice(1) }));
  const isFolder = item?.mode === '40000';
  // A file may make way for a folder of its name, or a folder for a file.
  const left = file && !isFolder ? await editFile(item, file, path, context) : item;
  let result: IGitTreeItem | null = left ?? null;
  if (inside.length > 0) {
    if (result && result.mode !== '40000') {
      throw new VolumeError('not-a-folder', `"${path}" is a file, not a folder.`);
    }
    const oid = await editFolder(result?.oid ?? null, inside, `${path}/`, context);
    result = oid === null ? null : { mode: '40000', name, oid };
  }
  if (file && isFolder) {
    if (result) {
      throw new VolumeError('is-a-folder', `"${path}" is a folder, not a file.`);
    }
    result = await editFile(undefined, file, path, context);
  }
  return result;
}

async function editFile(
  item: IGitTreeItem | undefined,
  { parts, content, oid: known }: IEdit,
  path: string,
  context: IEditContext
): Promise<IGitTreeItem | null> {
  if (content === null) {
    if (!item) {
      throw new VolumeError('no-such-file', `There is no file "${path}" to delete.`);
    }
    return null;
  }
  const oid = await add({ type: 'blob', body: content }, context, known);
  return { mode: item?.mode ?? '100644', name: parts.at(-1) ?? '', oid };
}

async function add(
  object: IGitObject,
  { hash, objects }: IEditContext,
  known?: string
): Promise<string> {
  const named =
    known === undefined ? await nameObject(object, hash) : { ...object, oid: known };
  objects.push(named);
  return named.oid;
}

function groupByName(edits: readonly IEdit[]): Map<string, IEdit[]> {
  const groups = new Map<string, IEdit[]>();
  for (const edit of edits) {
    const [name = ''] = edit.parts;
    groups.set(name, [...(groups.get(name) ?? []), edit]);
  }
  return groups;
}

/** The longest path that Git itself checks out on Linux; trees that go deeper are no files. */
const MAX_PATH = 4096;

/** Whether an item is a file: no folder, and no commit of another repository. */
export function isFileItem({ mode }: IGitTreeItem): boolean {
  return mode !== '40000' && mode !== '160000';
}

/**
 * Files that differ between two root trees, by path; equal folders are not opened.
 *
 * @throws VolumeError `bad-path` for trees deeper than any path
 */
export async function diffTrees(
  from: string | null,
  to: string | null,
  readTree: ReadTree,
  folder = ''
): Promise<readonly IPathDiff[]> {
  if (from === to) {
    return [];
  }
  const before = await itemsByName(from, readTree);
  const after = await itemsByName(to, readTree);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const diffs: IPathDiff[] = [];
  for (const name of names) {
    const a = before.get(name);
    const b = after.get(name);
    if (a?.oid === b?.oid && a?.mode === b?.mode) {
      continue;
    }
    const path = folder + name;
    if (path.length > MAX_PATH) {
      throw new VolumeError(
        'bad-path',
        `A path of ${path.length} characters is too long: ${path.slice(0, 80)}…`
      );
    }
    const fileA = a && isFileItem(a) ? a.oid : null;
    const fileB = b && isFileItem(b) ? b.oid : null;
    if (fileA !== null || fileB !== null) {
      diffs.push({ path, from: fileA, to: fileB });
    }
    const treeA = a?.mode === '40000' ? a.oid : null;
    const treeB = b?.mode === '40000' ? b.oid : null;
    diffs.push(...(await diffTrees(treeA, treeB, readTree, `${path}/`)));
  }
  return diffs;
}

async function itemsByName(
  oid: string | null,
  readTree: ReadTree
): Promise<Map<string, IGitTreeItem>> {
  const items = oid === null ? [] : await readTree(oid);
  return new Map(items.map(item => [item.name, item]));
}

/** A tree reader over raw objects. */
export function treeReader(
  read: (oid: string) => Promise<Uint8Array | undefined>
): ReadTree {
  return async oid => {
    const body = await read(oid);
    if (body === undefined) {
      throw new VolumeError(
        'corrupt',
        `The tree ${oid} is missing from the repository.`
      );
    }
    return decodeTree(body);
  };
}
