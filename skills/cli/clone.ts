/** A volume that is a Git repository on this machine. */
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  profileActor,
  type Actor,
  type IAuthor,
  type IFileChange,
  type IProfileFields,
  type VolumeOwner
} from '@llmos-lab/skills';
import { CheckRepoActions } from 'simple-git';
import { CommandFailure, WRONG_USAGE } from './failure';
import { gitIn } from './git/gitIn';
import { openGitStore, type IGitStore } from './git/store';
import { authorOf, readIdentity, readOwner } from './identity';
import { isLink, placeIn } from './placeIn';
import { initAdvice, requireVolumeFolder } from './requireFolder';

/** A clone or a bare repository. */
export interface IClone {
  readonly folder: string;
  /** The one that is checked out. */
  readonly branch: string;
  readonly store: IGitStore;
  readonly isBare: boolean;
  readonly profile: IProfileFields;
  readonly actor: Actor;
  readonly owner: VolumeOwner;
  readonly author: IAuthor;
}

/**
 * Opens the branch that is checked out.
 *
 * @throws CommandFailure where there is no repository, or no branch
 */
export async function openClone(dir: string): Promise<IClone> {
  const folder = resolve(dir);
  requireVolumeFolder(dir);
  if (!(await isRepository(folder))) {
    throw new CommandFailure(
      `${folder} is not a Git repository. ${volumeAdvice(folder, dir)}`,
      WRONG_USAGE
    );
  }
  const git = gitIn(folder);
  const head = (await git.raw('symbolic-ref', '--quiet', 'HEAD')).trim();
  if (head === '') {
    throw new CommandFailure(
      `${folder} stands at a commit, not on a branch. Go back with: git switch main`
    );
  }
  const branch = head.replace(/^refs\/heads\//, '');
  const profile = await readIdentity(folder);
  return {
    folder,
    branch,
    store: openGitStore({ folder, branch }),
    isBare: (await git.raw('rev-parse', '--is-bare-repository')).trim() === 'true',
    profile,
    actor: profileActor(profile),
    owner: await readOwner(folder, profile),
    author: authorOf(profile)
  };
}

const VOLUME_FOLDERS = ['skills', 'sessions', 'workflows', 'evolution'];

/** How to make a volume of a folder; of one with other files, such as /etc, none is made. */
export function volumeAdvice(folder: string, dir = folder): string {
  const isMeant =
    VOLUME_FOLDERS.some(name => existsSync(join(folder, name))) ||
    (existsSync(folder) && readdirSync(folder).length === 0);
  return isMeant ? initAdvice(dir) : 'Give the folder of a volume.';
}

/** As {@link openClone}; null where the folder is no repository. */
export async function cloneIn(dir: string): Promise<IClone | null> {
  return (await isRepository(dir)) ? openClone(dir) : null;
}

/** Whether the folder itself is a repository, bare or with a work tree. */
export async function isRepository(folder: string): Promise<boolean> {
  if (!existsSync(folder)) {
    return false;
  }
  const git = gitIn(folder);
  return (
    (await git.checkIsRepo(CheckRepoActions.IS_REPO_ROOT)) ||
    (await git.checkIsRepo(CheckRepoActions.BARE))
  );
}

/** Whether a folder is a repository that has no files beside its history. */
export async function isBareRepository(folder: string): Promise<boolean> {
  return (
    existsSync(join(folder, 'HEAD')) &&
    existsSync(join(folder, 'objects')) &&
    (await gitIn(folder).checkIsRepo(CheckRepoActions.BARE))
  );
}

/** What a command says that needs those files, and what to do instead. */
export function bareMessage(folder: string, what: string): string {
  return `${folder} has no files beside its history. ${what} in a clone of it.`;
}

/**
 * What the work tree has otherwise than the newest commit, within files or folders.
 *
 * @throws CommandFailure when the way to one of them is a link
 */
export async function workChanges(
  clone: Pick<IClone, 'folder' | 'store'>,
  paths: readonly string[]
): Promise<readonly IFileChange[]> {
  const { folder } = clone;
  const changes: IFileChange[] = [];
  for (const path of await changedPaths(clone, paths)) {
    const isThere = lstatSync(join(folder, path), { throwIfNoEntry: false })?.isFile();
    const content = isThere ? new Uint8Array(await readFile(join(folder, path))) : null;
    changes.push({ path, content });
  }
  return changes;
}

/** Of files that a command writes beside their place, and leaves when it is killed. */
const HIDDEN = /(?:^|\/)\./;

/**
 * Paths of files that differ from the newest commit, as Git itself sees them. Links stay as
 * they are in the history, and hidden files are left out until somebody adds them.
 *
 * @throws CommandFailure when the way to one of `paths` is a link
 */
export async function changedPaths(
  { folder, store }: Pick<IClone, 'folder' | 'store'>,
  paths: readonly string[]
): Promise<readonly string[]> {
  paths.forEach(path => placeIn(folder, path));
  const list = async (...args: string[]): Promise<readonly string[]> => {
    const text = await gitIn(folder).raw(
      ...['--literal-pathspecs', ...args, '-z', '--', ...paths]
    );
    return text.split('\0').filter(path => path !== '');
  };
  const tracked =
    (await store.head()) === null
      ? await list('ls-files', '--cached')
      : await list('diff', '--name-only', '--no-renames', '--no-ext-diff', 'HEAD');
  const others = await list('ls-files', '--others', '--exclude-standard');
  const found = [...tracked, ...others.filter(path => !HIDDEN.test(path))];
  return [...new Set(found)]
    .filter(path => !isLink(join(folder, path)) && !path.endsWith('/'))
    .sort();
}

/** Files in a folder of a work tree, without links. */
export async function listWork(
  folder: string,
  path: string
): Promise<readonly string[]> {
  const place = join(folder, path);
  const info = lstatSync(place, { throwIfNoEntry: false });
  if (!info?.isDirectory()) {
    // Links are left out: they may lead out of the volume.
    return info?.isFile() ? [path] : [];
  }
  const entries = await readdir(place);
  const found = await Promise.all(
    entries.map(name => listWork(folder, `${path}/${name}`))
  );
  return found.flat().sort();
}
