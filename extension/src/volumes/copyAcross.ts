import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import { exists, splitDrive } from './copyToUser';
import { nameOf } from './fileStore';
import { copyName, joinPath } from './naming';

/** The part of JupyterLab's contents manager that knows drives. */
export type DrivesContents = Pick<
  Contents.IManager,
  'get' | 'save' | 'delete' | 'copy' | 'rename' | 'driveName'
>;

/**
 * Lets files and folders be copied and moved from one drive to another, which
 * JupyterLab's manager refuses ("not currently implemented"): so that cut, copy, paste
 * and drag work between volumes. Within a drive nothing changes.
 */
export function enableCopyAcross(
  contents: DrivesContents,
  trans: TranslationBundle
): void {
  const { copy, rename } = contents;
  const isAcross = (from: string, to: string): boolean =>
    contents.driveName(from) !== contents.driveName(to);
  contents.copy = (from, folder) =>
    isAcross(from, folder)
      ? copyInto(contents, from, folder)
      : copy.call(contents, from, folder);
  contents.rename = (from, to) =>
    isAcross(from, to)
      ? move(contents, from, to, trans)
      : rename.call(contents, from, to);
}

/** Copies under the first free name, as a paste within one drive does. */
async function copyInto(
  contents: DrivesContents,
  from: string,
  folder: string
): Promise<Contents.IModel> {
  const { local } = splitDrive(from);
  for (let count = 0; ; count++) {
    const path = inFolder(folder, copyName(nameOf(local), count));
    if (!(await exists(contents, path))) {
      return copyTree(contents, from, path);
    }
  }
}

/** The source goes only after everything of it is there. */
async function move(
  contents: DrivesContents,
  from: string,
  to: string,
  trans: TranslationBundle
): Promise<Contents.IModel> {
  const source = await contents.get(from, { content: false });
  if (!source.writable) {
    throw new Error(trans.__('"%1" may not be moved away. Copy it instead.', from));
  }
  if (await exists(contents, to)) {
    throw new Error(trans.__('"%1" exists already. Choose another name.', to));
  }
  const moved = await copyTree(contents, from, to);
  await contents.delete(from);
  return moved;
}

async function copyTree(
  contents: DrivesContents,
  from: string,
  to: string
): Promise<Contents.IModel> {
  const { type } = await contents.get(from, { content: false });
  if (type !== 'directory') {
    // As bytes, so that nothing is rewritten on the way.
    const options = { type: 'file', format: 'base64', content: true } as const;
    const model = await contents.get(from, options);
    const { format } = model;
    const content: unknown = model.content;
    return contents.save(to, { type: model.type, format, content });
  }
  const made = await contents.save(to, { type: 'directory' });
  const { content } = (await contents.get(from, { content: true })) as {
    content: readonly Contents.IModel[];
  };
  for (const { path, name } of content) {
    await copyTree(contents, path, inFolder(to, name));
  }
  return made;
}

function inFolder(folder: string, name: string): string {
  const { drive, local } = splitDrive(folder);
  const path = joinPath(local.replace(/^\/|\/$/g, ''), name);
  return drive === '' ? path : `${drive}:${path}`;
}
