import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import {
  folderBeside,
  MAX_FILE_BYTES,
  type SkillFiles
} from '../../kernel/src/runtimes/besideFiles';
import { CommandFailure } from './failure';

/**
 * Reads the files beside skills, for these skills only. Links that lead out of a skill's
 * folder are left out.
 *
 * @param paths of skill files
 */
export function filesBeside(
  paths: readonly string[]
): (path: string) => Promise<SkillFiles> {
  const known = new Set(paths);
  return async path => {
    if (!known.has(path)) {
      throw new CommandFailure(`There is no skill ${path}.`);
    }
    const files: Record<string, Uint8Array> = {};
    let bytes = 0;
    for (const { name, place } of await listBeside(path)) {
      bytes += (await stat(place)).size;
      if (bytes > MAX_FILE_BYTES) {
        throw new CommandFailure(`The files beside ${path} have more than 64 MB.`);
      }
      files[name] = new Uint8Array(await readFile(place));
    }
    return files;
  };
}

/** A file beside a skill. */
export interface IFileBeside {
  /** Its path in the skill's folder, with slashes. */
  readonly name: string;
  /** Its path as that of the skill is given. */
  readonly file: string;
  /** The same behind all links. */
  readonly place: string;
}

/** The files that a skill may read beside it; links out of its folder are left out. */
export async function listBeside(path: string): Promise<readonly IFileBeside[]> {
  const given = folderBeside(path) || '.';
  const folder = await realpath(given).catch(() => null);
  const found: IFileBeside[] = [];
  for (const file of folder === null ? [] : await listFiles(folder)) {
    // A link that leads nowhere is left out like one that leads out of the folder.
    const place = await realpath(file).catch(() => null);
    if (folder !== null && place?.startsWith(`${folder}${sep}`)) {
      const inside = relative(folder, file);
      const name = inside.split(sep).join('/');
      found.push({ name, file: join(given, inside), place });
    }
  }
  return found;
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(entry => {
      const path = join(folder, entry.name);
      return entry.isDirectory()
        ? listFiles(path)
        : Promise.resolve(entry.name === 'SKILL.md' ? [] : [path]);
    })
  );
  return found.flat().sort();
}
