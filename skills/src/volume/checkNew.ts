import { findInTree } from './findInTree';
import { checkPath, pathProblem } from './path';
import type { IFileChange } from './store';
import type { ReadTree } from './tree';

/**
 * Asks that new names can be used everywhere. What a parent has stays usable under its
 * name: others pushed it with Git, and it must be possible to merge, edit and delete it.
 *
 * @param roots trees of the parents
 * @throws VolumeError `bad-path`
 */
export async function checkNew(
  changes: readonly IFileChange[],
  roots: readonly string[],
  readTree: ReadTree
): Promise<void> {
  for (const { path } of changes) {
    if (pathProblem(path) !== null && !(await hasOddParts(path, roots, readTree))) {
      checkPath(path);
    }
  }
}

/** Whether each part of a path that could not be used is in one of the trees. */
async function hasOddParts(
  path: string,
  roots: readonly string[],
  readTree: ReadTree
): Promise<boolean> {
  const parts = path.split('/');
  for (const [index, part] of parts.entries()) {
    if (pathProblem(part) !== null) {
      const above = parts.slice(0, index + 1);
      const found = await Promise.all(
        roots.map(async root => findInTree(above, root, readTree))
      );
      if (found.every(item => item === null)) {
        return false;
      }
    }
  }
  return true;
}
