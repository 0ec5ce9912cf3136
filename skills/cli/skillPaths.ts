/** The files that a volume has of a skill: its own, and those beside it. */
import { skillPath, type IFileChange, type IVolumeStore } from '@llmos-lab/skills';
import { changedPaths, listWork, type IClone } from './clone';
import { CommandFailure } from './failure';

/** A volume in a folder; without a clone a plain folder. */
export interface ISkillPlace {
  readonly folder: string;
  readonly clone: Pick<IClone, 'folder' | 'store' | 'isBare'> | null;
}

/** Where the files beside a skill are written. */
export function besidePath(id: string, name = ''): string {
  return `skills/${id}${name === '' ? '' : `/${name}`}`;
}

/**
 * Paths of all files that stand there of a skill, none where its id is free: those on disk,
 * and of a bare repository, which has none, those of its newest commit.
 */
export async function pathsOfSkill(
  { folder, clone }: ISkillPlace,
  id: string
): Promise<readonly string[]> {
  return clone?.isBare ? committedPaths(clone.store, id) : pathsOnDisk(folder, id);
}

/**
 * Takes away what a skill has and the one in its place has not.
 *
 * @param given paths that are written anew
 * @param asCommit whether a clone changes by a commit, else by its files
 * @throws CommandFailure for a file of a clone that no commit has: it would be lost
 */
export async function removalsFor(
  { folder, clone }: ISkillPlace,
  id: string,
  given: readonly string[],
  asCommit: boolean
): Promise<readonly IFileChange[]> {
  const isCommit = clone !== null && (asCommit || clone.isBare);
  const paths = isCommit
    ? await committedPaths(clone.store, id)
    : await pathsOnDisk(folder, id);
  if (clone && !clone.isBare) {
    const known = new Set([...(await committedPaths(clone.store, id)), ...given]);
    const changed = await changedPaths(clone, [besidePath(id)]);
    const fresh = changed.find(path => !known.has(path));
    if (fresh !== undefined) {
      throw new CommandFailure(
        `${fresh} is not committed, and would ${isCommit ? 'stay beside the new skill' : 'be lost'}. ` +
          'Commit it, or take it away first.'
      );
    }
  }
  return paths
    .filter(path => !given.includes(path))
    .map(path => ({ path, content: null }));
}

async function committedPaths(
  store: Pick<IVolumeStore, 'read' | 'list'>,
  id: string
): Promise<readonly string[]> {
  const listAll = async (folder: string): Promise<readonly string[]> => {
    const found = await store.list(folder);
    const parts = found.map(({ path, kind }) =>
      kind === 'folder' ? listAll(path) : Promise.resolve([path])
    );
    return (await Promise.all(parts)).flat();
  };
  const isThere = (await store.read(skillPath(id))) !== null;
  return [...(isThere ? [skillPath(id)] : []), ...(await listAll(besidePath(id)))];
}

async function pathsOnDisk(folder: string, id: string): Promise<readonly string[]> {
  const paths = [skillPath(id), besidePath(id)];
  return (await Promise.all(paths.map(path => listWork(folder, path)))).flat();
}
