import type { Contents } from '@jupyterlab/services';

/** The writable volume of the person at this browser. */
export const USER_VOLUME = 'user';

/** Name of the drive on which shares of others stand, until the page is closed. */
export const SHARED_DRIVE = 'shared';
/** Name of the drive on which files stand as they were. */
export const HISTORY_DRIVE = 'history';
/** The library that comes with the site. */
export const SYSTEM_VOLUME = 'system';

/** Drive and local part of a Contents path; the drive is `''` for the default one. */
export function splitDrive(path: string): { drive: string; local: string } {
  const cut = path.indexOf(':');
  return cut < 0
    ? { drive: '', local: path }
    : { drive: path.slice(0, cut), local: path.slice(cut + 1) };
}

/** Whether a path is of the history or a share: nobody's files, gone with the page. */
export function isPassing(path: string): boolean {
  return [SHARED_DRIVE, HISTORY_DRIVE].includes(splitDrive(path).drive);
}

/** Makes the folders that a file's path needs. */
export async function makeFolders(
  contents: Pick<Contents.IManager, 'get' | 'save'>,
  path: string
): Promise<void> {
  const { drive, local } = splitDrive(path);
  const parts = local.split('/').slice(0, -1);
  for (let depth = 1; depth <= parts.length; depth++) {
    const inside = parts.slice(0, depth).join('/');
    const folder = drive === '' ? inside : `${drive}:${inside}`;
    if (!(await exists(contents, folder))) {
      await contents.save(folder, { type: 'directory' });
    }
  }
}

/** Whether a path leads to a file or folder. */
export async function exists(
  contents: Pick<Contents.IManager, 'get'>,
  path: string
): Promise<boolean> {
  try {
    await contents.get(path, { content: false });
    return true;
  } catch (error) {
    const { response } = error as { response?: { status?: number } };
    if (response?.status === 404) {
      return false;
    }
    throw error;
  }
}
