import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import { WORKFLOW_SUFFIX } from '@llmos-lab/skills';

import { splitDrive } from '../../volumes/copyToUser';

/** A notebook's or workflow's name: its file's, without the ending. */
export function nameOf(path: string): string {
  const name = PathExt.basename(splitDrive(path).local);
  return name.replace(/(?:\.workflow\.json|\.[^.]+)$/i, '') || name;
}

/** A path in the same folder of the same drive. */
export function besides(path: string, name: string): string {
  const folder = folderOf(path);
  return folder === '' || folder.endsWith(':') ? folder + name : `${folder}/${name}`;
}

/** The folder of a path, in the same drive. */
export function folderOf(path: string): string {
  const { drive, local } = splitDrive(path);
  const folder = PathExt.dirname(local);
  return drive === '' ? folder : `${drive}:${folder}`;
}

/** The path with the ending by which workflow files are known. */
export function workflowPath(path: string): string {
  return path.toLowerCase().endsWith(WORKFLOW_SUFFIX)
    ? path
    : path.replace(/(?:\.workflow)?(?:\.json)?$/i, '') + WORKFLOW_SUFFIX;
}

/**
 * Whether a file is there. Drives answer differently for what they lack, so that its
 * folder is asked; that one must be there.
 */
export async function isThere(
  contents: Contents.IManager,
  path: string
): Promise<boolean> {
  const folder: Contents.IModel = await contents.get(folderOf(path), {
    content: true
  });
  const name = PathExt.basename(splitDrive(path).local);
  return (folder.content as readonly Contents.IModel[]).some(
    item => item.name === name
  );
}
