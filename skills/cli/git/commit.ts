/** Writing a commit with Git's plumbing, beside whatever is checked out. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkPath,
  VolumeError,
  type IAuthor,
  type IFileChange,
  type ITreeEntry
} from '@llmos-lab/skills';
import type { SimpleGit } from 'simple-git';
import { EMPTY_TREE, NO_COMMIT, parseTree, resolve } from './plumbing';

/** Most paths that one call of `git update-index` is given. */
const PATHS_A_CALL = 200;

/** The same repository with other environment variables on top. */
type WithEnvironment = (more: Readonly<Record<string, string>>) => SimpleGit;

/** The repository and the branch that a commit goes to. */
export interface ICommitContext {
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
}

/** See `IVolumeStore.commit`. */
export async function writeCommit(
  context: ICommitContext,
  request: ICommitRequest
): Promise<string> {
  const { git, withEnvironment, ref } = context;
  const { parent, message, author, others = [] } = request;
  const before = parent === null ? EMPTY_TREE : await treeOf(git, parent);
  const changes = checkChanges(request.changes, await allPaths(git, parent));
  const scratch = await mkdtemp(join(tmpdir(), 'llmos-commit-'));
  try {
    const tree = await writeTree(context, parent, changes, scratch);
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
    await moveBranch(git, ref, parent, oid);
    return oid;
  } finally {
    await rm(scratch, { recursive: true });
  }
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
): Promise<ReadonlyMap<string, ITreeEntry['kind']>> {
  if (commit === null) {
    return new Map();
  }
  const text = await git.raw('ls-tree', '-r', '-t', '-z', '--full-tree', commit);
  return new Map(parseTree(text).map(({ path, kind }) => [path, kind]));
}

/** The last change of each path; git itself would silently turn a file into a folder. */
function checkChanges(
  changes: readonly IFileChange[],
  there: ReadonlyMap<string, ITreeEntry['kind']>
): readonly IFileChange[] {
  const byPath = new Map(changes.map(change => [change.path, change]));
  const stays = [...there.keys()].filter(
    path => there.get(path) === 'file' && byPath.get(path)?.content !== null
  );
  const put = [...byPath.values()].filter(({ content }) => content !== null);
  const files = new Set([...stays, ...put.map(({ path }) => path)]);
  const folders = new Set([...files].flatMap(path => foldersOf(path)));
  for (const { path, content } of byPath.values()) {
    checkPath(path);
    const above = foldersOf(path).find(folder => files.has(folder));
    const isMakingWay = content === null && there.get(path) === 'file';
    if (above !== undefined && !isMakingWay) {
      throw new VolumeError('not-a-folder', `"${above}" is a file, not a folder.`);
    }
    if (folders.has(path) && there.get(path) === 'folder') {
      throw new VolumeError('is-a-folder', `"${path}" is a folder, not a file.`);
    }
    if (content === null && there.get(path) !== 'file') {
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
  { git, withEnvironment }: ICommitContext,
  parent: string | null,
  changes: readonly IFileChange[],
  scratch: string
): Promise<string> {
  const own = withEnvironment({
    GIT_DIR: (await git.raw('rev-parse', '--absolute-git-dir')).trim(),
    GIT_INDEX_FILE: join(scratch, 'index'),
    // Taking a path out of an index wants a work tree, even an empty one.
    GIT_WORK_TREE: scratch
  });
  await own.raw('read-tree', parent ?? '--empty');
  const added: string[] = [];
  for (const { path, content } of changes) {
    if (content !== null) {
      const file = join(scratch, 'blob');
      await writeFile(file, content);
      const oid = await git.raw('hash-object', '-w', '--no-filters', file);
      added.push(`100644,${oid.trim()},${path}`);
    }
  }
  const removed = changes.filter(({ content }) => content === null);
  for (const paths of inParts(removed.map(({ path }) => path))) {
    await own.raw('update-index', '--force-remove', '--', ...paths);
  }
  for (const infos of inParts(added)) {
    const args = infos.flatMap(info => ['--cacheinfo', info]);
    await own.raw('update-index', '--add', ...args);
  }
  return (await own.raw('write-tree')).trim();
}

function inParts(items: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(items.length / PATHS_A_CALL);
  return Array.from({ length: count }, (_, at) =>
    items.slice(at * PATHS_A_CALL, (at + 1) * PATHS_A_CALL)
  );
}

async function moveBranch(
  git: SimpleGit,
  ref: string,
  from: string | null,
  to: string
): Promise<void> {
  const checkedOut = await isCheckedOut(git, ref);
  const readTree = ['read-tree', '-m', '-u', from ?? EMPTY_TREE, to];
  if (checkedOut) {
    await git.raw(readTree[0] ?? '', '-n', ...readTree.slice(1)).catch(dirty);
  }
  try {
    await git.raw('update-ref', ref, to, from ?? NO_COMMIT);
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
  if (checkedOut) {
    await git.raw(...readTree);
  }
}

async function isCheckedOut(git: SimpleGit, ref: string): Promise<boolean> {
  if ((await git.raw('rev-parse', '--is-bare-repository')).trim() === 'true') {
    return false;
  }
  return (await git.raw('symbolic-ref', '--quiet', 'HEAD')).trim() === ref;
}

function dirty(error: unknown): never {
  throw new VolumeError(
    'dirty',
    `The folder has changes that are not committed: ${String(error).trim()} ` +
      'Commit or stash them first.'
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
