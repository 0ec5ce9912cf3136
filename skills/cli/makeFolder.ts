import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Node's own way (`recursive`) tries for
 * ever where the system answers for a folder that is there as if it were not, as in `/proc`,
 * and no signal ends it.
 *
 * @throws Error of the system, such as ENOTDIR or EACCES
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) {
    return;
  }
  const above = dirname(folder);
  if (above !== folder) {
    await makeFolder(above);
  }
  try {
    await mkdir(folder);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!(await isFolder(folder))) {
      throw error;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() === true;
}
