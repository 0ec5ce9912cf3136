import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { reasonOf } from '@llmos-lab/skills';
import {
  MAX_FILE_BYTES,
  type SkillFiles
} from '../../../kernel/src/runtimes/besideFiles';
import { CommandFailure, WRONG_USAGE } from '../failure';

/**
 * The files that a person gives a run to read, by their paths for its cells: from the folder
 * of the notebook where they are in it, else their names.
 *
 * @throws CommandFailure where one cannot be given
 */
export async function givenFiles(
  files: readonly string[],
  notebook: string
): Promise<SkillFiles> {
  const given = new Map<
    string,
    { readonly from: string; readonly bytes: Uint8Array }
  >();
  let size = 0;
  for (const file of files) {
    const path = pathFor(file, notebook);
    const from = resolve(file);
    const former = given.get(path)?.from;
    if (former === from) {
      continue;
    }
    if (former !== undefined) {
      const message = `--with ${file}: for the cells, ${path} is ${former} already.`;
      throw new CommandFailure(message, WRONG_USAGE);
    }
    size += await sizeOf(file);
    if (size > MAX_FILE_BYTES) {
      throw new CommandFailure(
        `The files of --with have more than ${MAX_FILE_BYTES / 2 ** 20} MB.`
      );
    }
    const bytes = new Uint8Array(await readFile(file).catch(unread(file)));
    given.set(path, { from, bytes });
  }
  return Object.fromEntries([...given].map(([path, { bytes }]) => [path, bytes]));
}

function pathFor(file: string, notebook: string): string {
  const inside = relative(dirname(notebook), file);
  const isOutside = isAbsolute(inside) || inside.split(sep)[0] === '..';
  return isOutside ? basename(file) : inside.split(sep).join('/');
}

async function sizeOf(file: string): Promise<number> {
  const info = await stat(file).catch(unread(file));
  if (!info.isFile()) {
    throw new CommandFailure(`--with ${file}: this is no file.`, WRONG_USAGE);
  }
  return info.size;
}

const unread =
  (file: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw new CommandFailure(
      error.code === 'ENOENT'
        ? `--with ${file}: there is no such file.`
        : `--with ${file} cannot be read: ${reasonOf(error)}.`,
      WRONG_USAGE
    );
  };
