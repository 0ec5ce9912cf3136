/** Writing a commit with Git's plumbing, beside whatever is checked out. */
import { lstatSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkPath,
  VolumeError,
  type IAuthor,
  type IFileChange
} from '@llmos-lab/skills';
import type { SimpleGit } from 'simple-git';
import { uninterrupted } from '../interrupt';
import { withScratchFolder } from '../scratchFolder';
import { detachedGit } from './detachedGit';
import { editedPaths } from './editedPaths';
import {
  EMPTY_TREE,
  inParts,
  NO_COMMIT,
  parseTree,
  resolve,
  SUBMODULE,
  type ITreeItem
} from './plumbing';

/** The owner's right to execute, of a file's mode. */
const EXECUTABLE = 0o100;

/** The same repository with other environment variables on top. */
type WithEnvironment = (more: Readonly<Record<string, string>>) => SimpleGit;

/** The repository and the branch that a commit goes to. */
export interface ICommitContext {
  readonly folder: string;
  readonly git: SimpleGit;
  readonly withEnvironment: WithEnvironment;
  readonly ref: string;
}

/** What is committed; `parent` is compared with the branch before it moves. */
export interface ICommitRequest {
  readonly changes: readonly IFileChange[];
  readonly message: string;
  readonly author: IAuthor;
  readonly parent: string | null;
  readonly others?: readonly string[];
  /** The work tree has these contents already, as files that were not committed yet. */
  readonly present?: boolean;
}

/** See `IVolumeStore.commit`. */
export async function writeCommit(
  context: ICommitContext,
  request: ICommitRequest
): Promise<string> {
  const { git, withEnvironment } = context;
  const { parent, message, author, others = [] } = request;
  const before = parent === null ? EMPTY_TREE : await treeOf(git, parent);
  const there = await allPaths(git, parent);
  const changes = checkChanges(request.changes, there);
  return withScratchFolder('llmos-commit-', async scratch => {
    const files = changes.map(change => ({
      ...change,
      mode: modeOf(change, there, request.present ? context.folder : null)
    }));
    const { tree, added } = await writeTree(context, parent, files, scratch);
    if (tree === before && others.length === 0) {
      throw new VolumeError(
        'nothing-to-commit',
        'There is nothing to commit: no file differs.'
      );
    }
    const text = join(scratch, 'message');
    await writeFile(text, message);
    const commit = await withEnvironment(authorEnvironment(author)).raw(
      'commit-tree',
      tree,
      ...[...(parent === null ? [] : [parent]), ...others].flatMap(oid => ['-p', oid]),
      '-F',
      text
    );
    const oid = commit.trim();
    const removed = changes.filter(({ content }) => content === null);
    const present = { added, removed: removed.map(({ path }) => path) };
    await moveBranch(context, parent, oid, request.present ? present : null);
    return oid;
  });
}

/** A file keeps its mode; a new one in a work tree has that which it has there. */
function modeOf(
  { path }: IFileChange,
  there: ReadonlyMap<string, ITreeItem>,
  workTree: string | null
): string {
  const before = there.get(path);
  if (before?.kind === 'file' && before.mode !== SUBMODULE) {
    return before.mode;
  }
  const info =
    workTree === null
      ? undefined
      : lstatSync(join(workTree, path), { throwIfNoEntry: false });
  return info && (info.mode & EXECUTABLE) !== 0 ? '100755' : '100644';
}

async function treeOf(git: SimpleGit, commit: string): Promise<string> {
  const tree = await resolve(git, `${commit}^{tree}`);
  if (tree === null) {
    throw new VolumeError(
      'no-such-commit',
      `There is no commit ${commit} in this volume.`
    );
  }
  return tree;
}

async function allPaths(
  git: SimpleGit,
  commit: string | null
): Promise<ReadonlyMap<string, ITreeItem>> {
  if (commit === null) {
    return new Map();
  }
  const text = await git.raw('ls-tree', '-r', '-t', '-z', '--full-tree', commit);
  return new Map(parseTree(text).map(item => [item.path, item]));
}

/** The last change of each path; git itself would silently turn a file into a folder. */
function checkChanges(
  changes: readonly IFileChange[],
  there: ReadonlyMap<string, ITreeItem>
): readonly IFileChange[] {
  const byPath = new Map(changes.map(change => [change.path, change]));
  const stays = [...there.keys()].filter(
    path => there.get(path)?.kind === 'file' && byPath.get(path)?.content !== null
  );
  const put = [...byPath.values()].filter(({ content }) => content !== null);
  const files = new Set([...stays, ...put.map(({ path }) => path)]);
  const folders = new Set([...files].flatMap(path => foldersOf(path)));
  for (const { path, content } of byPath.values()) {
    checkPath(path);
    const above = foldersOf(path).find(folder => files.has(folder));
    const isMakingWay = content === null && there.get(path)?.kind === 'file';
    if (above !== undefined && !isMakingWay) {
      throw new VolumeError('not-a-folder', `"${above}" is a file, not a folder.`);
    }
    if (folders.has(path) && there.get(path)?.kind === 'folder') {
      throw new VolumeError('is-a-folder', `"${path}" is a folder, not a file.`);
    }
    if (content === null && there.get(path)?.kind !== 'file') {
      throw new VolumeError('no-such-file', `There is no file "${path}" to delete.`);
    }
  }
  return [...byPath.values()];
}

/** `a` and `a/b` of `a/b/c`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Applies the changes in an index of their own, so that nobody's index is touched. */
async function writeTree(
  { folder, git, withEnvironment }: ICommitContext,
  parent: string | null,
  changes: readonly (IFileChange & { readonly mode: string })[],
  scratch: string
): Promise<{ readonly tree: string; readonly added: readonly string[] }> {
  const own = withEnvironment({
    GIT_DIR: (await git.raw('rev-parse', '--absolute-git-dir')).trim(),
    GIT_INDEX_FILE: join(scratch, 'index'),
    // Taking a path out of an index wants a work tree, even an empty one.
    GIT_WORK_TREE: scratch
  });
  await own.raw('read-tree', parent ?? '--empty');
  const put = changes.flatMap(({ path, content, mode }) =>
    content === null ? [] : [{ path, content, mode }]
  );
  const files = put.map((_, at) => join(scratch, `blob-${at}`));
  for (const [at, { content }] of put.entries()) {
    await writeFile(files[at] ?? '', content);
  }
  const oids = await detachedGit(
    folder,
    ['hash-object', '-w', '--no-filters', '--stdin-paths'],
    files.map(file => `${file}\n`).join('')
  );
  const names = oids.split('\n');
  const added = put.map(({ path, mode }, at) => `${mode},${names[at] ?? ''},${path}`);
  const removed = changes.filter(({ content }) => content === null);
  for (const paths of inParts(removed.map(({ path }) => path))) {
    await own.raw('update-index', '--force-remove', '--', ...paths);
  }
  for (const infos of inParts(added)) {
    const args = infos.flatMap(info => ['--cacheinfo', info]);
    await own.raw('update-index', '--add', ...args);
  }
  return { tree: (await own.raw('write-tree')).trim(), added };
}

/** Entries of the index that a commit has made, and paths that it took away. */
interface IPresent {
  /** `mode,oid,path`. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Branch, index and files move together: what comes between them would look like edits. */
export async function moveBranch(
  { folder, git, ref }: ICommitContext,
  from: string | null,
  to: string,
  present: IPresent | null
): Promise<void> {
  const checkedOut = await isCheckedOut(git, ref);
  const base = from ?? EMPTY_TREE;
  const trees = ['-m', '-u', base, to];
  if (checkedOut && !present) {
    await refreshIndex(folder);
    await git
      .raw('read-tree', '-n', ...trees)
      .catch(async (error: unknown) => dirty(error, await editedPaths(git, base, to)));
  }
  await uninterrupted(async () => {
    try {
      await detachedGit(folder, ['update-ref', ref, to, from ?? NO_COMMIT]);
    } catch (error) {
      const found = (await resolve(git, ref)) ?? 'an empty branch';
      if (found === from) {
        throw error;
      }
      throw new VolumeError(
        'conflict',
        `The branch moved meanwhile: expected ${from ?? 'an empty branch'}, found ` +
          `${found}. Read it again and commit on top.`
      );
    }
    try {
      if (checkedOut && present) {
        await followPresent(folder, present);
      } else if (checkedOut) {
        await detachedGit(folder, ['read-tree', ...trees]);
      }
    } catch (error) {
      // Else what the commit changed would look like edits that take it back.
      const back = from === null ? ['-d', ref, to] : [ref, from, to];
      await detachedGit(folder, ['update-ref', ...back]);
      throw error;
    }
  });
}

/** The index follows a commit of files that stand in the work tree. */
async function followPresent(folder: string, present: IPresent): Promise<void> {
  await detachedGit(folder, ['update-index', '-z', '--index-info'], indexInfo(present));
  await refreshIndex(folder);
}

/** Else files that were copied or touched, and are the same, look edited to plumbing. */
async function refreshIndex(folder: string): Promise<void> {
  await detachedGit(folder, ['update-index', '-q', '--refresh']).catch(needsUpdate);
}

function indexInfo({ added, removed }: IPresent): string {
  const lines = [
    ...removed.map(path => `0 ${NO_COMMIT}\t${path}`),
    ...added.map(info => info.replace(/^([^,]*),([^,]*),/, '$1 $2\t'))
  ];
  return lines.map(line => `${line}\0`).join('');
}

/** Other files may have edits, which the refresh reports as a failure without a word. */
function needsUpdate(error: unknown): void {
  if (error instanceof Error && error.message !== '') {
    throw error;
  }
}

async function isCheckedOut(git: SimpleGit, ref: string): Promise<boolean> {
  if ((await git.raw('rev-parse', '--is-bare-repository')).trim() === 'true') {
    return false;
  }
  return (await git.raw('symbolic-ref', '--quiet', 'HEAD')).trim() === ref;
}

function dirty(error: unknown, edited: readonly string[]): never {
  if (edited.length === 0) {
    throw error; // Nobody's edits are in the way: another Git is at work, say.
  }
  throw new VolumeError(
    'dirty',
    `These files have changes that are not committed: ${edited.join(', ')}. ` +
      'Commit or stash them first.',
    edited
  );
}

/** Both dates in UTC, so that the same commit has the same name everywhere. */
function authorEnvironment({
  name,
  email,
  time
}: IAuthor): Readonly<Record<string, string>> {
  const date = `${time} +0000`;
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date
  };
}
