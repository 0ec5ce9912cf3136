import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import {
  CANDIDATES,
  checkSkills,
  type ICheckedSkills,
  type ISkillFile
} from '@llmos-lab/skills';
import { bareMessage, isBareRepository } from './clone';
import { CommandFailure, WRONG_USAGE } from './failure';

/** Files of a skills folder that are about the folder, not skills. */
const NOT_SKILLS: ReadonlySet<string> = new Set([
  'readme.md',
  'contributing.md',
  'changelog.md',
  'license.md'
]);

/** What is read of a file: more than 1 MB, which the reader says is too large. */
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * Reads the skills at a path: one file, a folder of them, or a volume (which has `skills/`).
 * Folders with a SKILL.md are one skill each. Paths are given as the person wrote them. A
 * bare repository is read through `withFolders`.
 */
export async function readSkills(path: string): Promise<ICheckedSkills> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      error.code === 'ENOENT'
        ? `There is no file or folder ${path}. Give the path of a skill file, a folder of skills or a volume.`
        : `${path} cannot be read: ${error.message}.`,
      WRONG_USAGE
    );
  });
  if (await isBareRepository(path)) {
    throw new CommandFailure(bareMessage(path, 'Its skills run'), WRONG_USAGE);
  }
  const paths = info.isFile()
    ? [path]
    : await listSkills(await skillsFolder(path), listDisk);
  const files = await Promise.all(paths.map(readSkillFile));
  if (!info.isFile() || !/^skill\.md$/i.test(basename(path))) {
    return checkSkills(files);
  }
  return renameFiles(checkSkills(absolute(files)), path);
}

/** The id of a lone SKILL.md is its folder, which `SKILL.md` or `./SKILL.md` does not name. */
function absolute(files: readonly ISkillFile[]): readonly ISkillFile[] {
  return files.map(({ path, text }) => ({ path: resolve(path), text }));
}

function renameFiles(checked: ICheckedSkills, path: string): ICheckedSkills {
  return {
    skills: checked.skills.map(found => ({ ...found, path })),
    problems: checked.problems.map(problem => ({ ...problem, file: path }))
  };
}

async function skillsFolder(path: string): Promise<string> {
  const inside = join(path, 'skills');
  const info = await stat(inside).catch(() => null);
  return info?.isDirectory() ? inside : path;
}

/** What stands in a folder, on disk or in a commit. */
interface IFolderEntry {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
}

/**
 * Paths of the skill files in a folder and below it: `<id>.md`, and `SKILL.md` of folders
 * that are one skill each. `skills/<id>/` beside `<id>.md` holds files of that skill, and what
 * waits for review in `evolution/candidates/` is none yet.
 */
export async function listSkills(
  folder: string,
  list: (folder: string) => Promise<readonly IFolderEntry[]>
): Promise<readonly string[]> {
  const entries = await list(folder);
  const own = entries.find(({ name }) => name === 'SKILL.md');
  if (own) {
    return [own.path];
  }
  const names = new Set(entries.map(({ name }) => name));
  const paths: string[] = [];
  for (const { name, path, isFolder } of entries) {
    const isWaiting = join(basename(folder), name) === join(CANDIDATES);
    if (name.startsWith('.') || name === 'node_modules' || isWaiting) {
      continue;
    }
    if (!isFolder) {
      paths.push(...(isSkillName(name) ? [path] : []));
    } else if (!names.has(`${name}.md`)) {
      paths.push(...(await listSkills(path, list)));
    }
  }
  return paths.sort();
}

async function listDisk(folder: string): Promise<readonly IFolderEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.map(entry => ({
    ...{ name: entry.name, path: join(folder, entry.name) },
    isFolder: entry.isDirectory()
  }));
}

function isSkillName(name: string): boolean {
  return name.toLowerCase().endsWith('.md') && !NOT_SKILLS.has(name.toLowerCase());
}

async function readSkillFile(path: string): Promise<ISkillFile> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: MAX_BYTES - 1 })) {
    chunks.push(chunk as Buffer);
  }
  return { path: toSlashes(path), text: Buffer.concat(chunks).toString('utf8') };
}

function toSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
