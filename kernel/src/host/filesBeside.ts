/** Reads the files beside a skill through Contents. */

import { decodeBase64 } from '@llmos-lab/skills';
import type { Contents } from '@jupyterlab/services';
import { MAX_FILE_BYTES, type SkillFiles } from '../runtimes/besideFiles';
import { failure } from '../runtimes/failure';
import { isMissing } from './missing';

/** Gives all files below a folder by their path in it; a missing folder has none. */
export type ReadFolder = (folder: string) => Promise<SkillFiles>;

/** Content of a path; null when there is no such file or folder. */
export async function readModel(
  contents: Pick<Contents.IManager, 'get'>,
  path: string,
  options: Contents.IFetchOptions = {}
): Promise<Contents.IModel | null> {
  try {
    return await contents.get(path, options);
  } catch (reason) {
    if (isMissing(reason)) {
      return null;
    }
    throw reason;
  }
}

/** Reads a folder of any drive; rejects when its files are too large to travel. */
export function folderReader(contents: Pick<Contents.IManager, 'get'>): ReadFolder {
  return async folder => {
    const paths = await filesBelow(contents, folder);
    const files: Record<string, Uint8Array> = {};
    let total = 0;
    for (const path of paths.sort()) {
      const bytes = await readBytes(contents, path);
      total += bytes.length;
      if (total > MAX_FILE_BYTES) {
        throw tooLarge(folder);
      }
      files[path.slice(folder.length + 1)] = bytes;
    }
    return files;
  };
}

async function filesBelow(
  contents: Pick<Contents.IManager, 'get'>,
  folder: string
): Promise<string[]> {
  const model = await readModel(contents, folder, { content: true });
  const inside =
    model?.type === 'directory' ? (model.content as Contents.IModel[]) : [];
  const found = await Promise.all(
    inside.map(async ({ name, type }) => {
      const path = `${folder}/${name}`;
      return type === 'directory' ? filesBelow(contents, path) : [path];
    })
  );
  return found.flat();
}

async function readBytes(
  contents: Pick<Contents.IManager, 'get'>,
  path: string
): Promise<Uint8Array> {
  const model = await contents.get(path, { type: 'file', format: 'base64' });
  const { format } = model;
  const content: unknown = model.content;
  const text = typeof content === 'string' ? content : '';
  return format === 'base64' ? decodeBase64(text) : new TextEncoder().encode(text);
}

function tooLarge(folder: string): Error {
  return failure(
    'bad-input',
    `The files in ${folder} are larger than ${MAX_FILE_BYTES / 2 ** 20} MB together, ` +
      `more than can go to a skill. Keep only what it reads there.`
  );
}
