/** A volume in an ordinary clone, through the `git` command itself. */
import {
  checkPath,
  VolumeError,
  type ILogEntry,
  type ILogRange,
  type IPathDiff,
  type ITreeEntry,
  type IVolumeStore
} from '@llmos-lab/skills';
import type { SimpleGit } from 'simple-git';
import { moveBranch, writeCommit } from './commit';
import { gitIn } from './gitIn';
import { EMPTY_TREE, NO_COMMIT, parseTree, resolve, SUBMODULE } from './plumbing';

/** Which repository and branch. */
export interface IGitStoreOptions {
  /** A bare repository, or a clone. */
  readonly folder: string;
  /** By default `main`. */
  readonly branch?: string;
}

/** A volume on disk, which may have files that are not committed yet. */
export interface IGitStore extends IVolumeStore {
  /** As `commit`, of files that stand in the work tree with these very contents. */
  commitPresent: IVolumeStore['commit'];
  /** Moves the branch, and what is checked out, to a commit that has all of it. */
  forward(to: string, from: string | null): Promise<void>;
}

/**
 * Opens one branch of a repository on disk. Commits are written beside the work tree and
 * move the branch by compare-and-swap; where that branch is checked out, its files and
 * index follow, and a file with edits of its own stops the commit before it is written.
 */
export function openGitStore({ folder, branch = 'main' }: IGitStoreOptions): IGitStore {
  const git = gitIn(folder);
  const withEnvironment = (more: Readonly<Record<string, string>>): SimpleGit =>
    gitIn(folder, { allowEnvironment: Object.keys(more) }).env({
      ...plainEnvironment(),
      ...more
    });
  const ref = `refs/heads/${branch}`;
  const context = { folder, git, withEnvironment, ref };
  const head = async (): Promise<string | null> => resolve(git, ref);
  const commitAt = async (at?: string): Promise<string | null> => {
    const oid = at === undefined ? await head() : await resolve(git, `${at}^{commit}`);
    if (at !== undefined && oid === null) {
      throw new VolumeError(
        'no-such-commit',
        `There is no commit ${at} in this volume.`
      );
    }
    return oid;
  };
  return {
    head,
    async read(path, at) {
      const file = checkPath(path).join('/');
      const commit = await commitAt(at);
      const entry = commit && (await listTree(git, commit, file))[0];
      return entry && entry.kind === 'file'
        ? new Uint8Array(await git.binaryCatFile(['blob', entry.oid]))
        : null;
    },
    async list(inside = '', at) {
      const commit = await commitAt(at);
      const path = inside === '' ? '' : `${checkPath(inside).join('/')}/`;
      return commit === null ? [] : listTree(git, commit, path);
    },
    async log(range = {}) {
      const start = await commitAt(range.from);
      return start === null ? [] : readLog(git, start, range);
    },
    async diff(from, to) {
      const before = from === null ? EMPTY_TREE : await commitAt(from);
      return diffTrees(git, before ?? EMPTY_TREE, (await commitAt(to)) ?? EMPTY_TREE);
    },
    commit: (changes, message, author, parent, others) =>
      writeCommit(context, {
        changes,
        message,
        author,
        parent,
        ...(others && { others })
      }),
    forward: (to, from) => moveBranch(context, from, to, null),
    commitPresent: (changes, message, author, parent, others) =>
      writeCommit(context, {
        ...{ changes, message, author, parent, present: true },
        ...(others && { others })
      })
  };
}

async function listTree(
  git: SimpleGit,
  commit: string,
  path: string
): Promise<readonly ITreeEntry[]> {
  const paths = path === '' ? [] : [path];
  const text = await git.raw('ls-tree', '-z', '--full-tree', commit, '--', ...paths);
  // Like the store in the browser: a submodule's files are not in this repository.
  return parseTree(text)
    .filter(({ mode }) => mode !== SUBMODULE)
    .map(({ path: name, kind, oid }) => ({ path: name, kind, oid }));
}

const LOG_FORMAT = ['%H', '%P', '%T', '%an', '%ae', '%at', '%B'];

async function readLog(
  git: SimpleGit,
  start: string,
  { path, limit, merged }: ILogRange
): Promise<readonly ILogEntry[]> {
  const text = await git.raw(
    'log',
    // A way to show merges asks for their differences too, unless `-s` follows it.
    ...(merged
      ? ['--date-order', '--full-history', '--diff-merges=first-parent', '-s']
      : ['--first-parent']),
    // Merges that left the path as it was on their own side are no changes of it.
    ...(merged && path !== undefined ? ['--root', '--diff-filter=ACDMRTUXB'] : []),
    '-z',
    `--format=tformat:${LOG_FORMAT.join('%x00')}`,
    ...(limit === undefined ? [] : [`--max-count=${limit}`]),
    start,
    ...(path === undefined ? [] : ['--', checkPath(path).join('/')])
  );
  const fields = text.split('\0');
  const entries: ILogEntry[] = [];
  for (let at = 0; at + LOG_FORMAT.length <= fields.length; at += LOG_FORMAT.length) {
    const [
      oid = '',
      parents = '',
      tree = '',
      name = '',
      email = '',
      time,
      message = ''
    ] = fields.slice(at, at + LOG_FORMAT.length);
    entries.push({
      oid,
      parents: parents === '' ? [] : parents.split(' '),
      tree,
      author: { name, email, time: Number(time) },
      // Git ends what it prints with a line end, whether the message has one or not.
      message: message.replace(/\n$/, '')
    });
  }
  return entries;
}

async function diffTrees(
  git: SimpleGit,
  from: string,
  to: string
): Promise<readonly IPathDiff[]> {
  const text = await git.raw('diff-tree', '-r', '-z', '--no-renames', from, to);
  const fields = text.split('\0');
  const diffs: IPathDiff[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = '', newMode, before = '', after = ''] = (fields[at] ?? '').split(
      ' '
    );
    const side = (oid: string, mode: string | undefined): string | null =>
      oid === NO_COMMIT || mode === SUBMODULE ? null : oid;
    const sides = { from: side(before, oldMode.slice(1)), to: side(after, newMode) };
    if (sides.from !== null || sides.to !== null) {
      diffs.push({ path: fields[at + 1] ?? '', ...sides });
    }
  }
  return diffs.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What plumbing needs of this process's environment: no editor, pager or helper. */
function plainEnvironment(): Readonly<Record<string, string>> {
  const names = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP'];
  return Object.fromEntries(
    names.flatMap(name => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    })
  );
}
