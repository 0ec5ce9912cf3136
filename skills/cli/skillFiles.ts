import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { checkSkills, type ICheckedSkills, type ISkillFile } from '@llmos-lab/skills';
import { CommandFailure } from './failure';

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
 * Folders with a SKILL.md are one skill each. Paths are given as the person wrote them.
 */
export async function readSkills(path: string): Promise<ICheckedSkills> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      error.code === 'ENOENT'
        ? `There is no file or folder ${path}. Give the path of a skill file, a folder of skills or a volume.`
        : `${path} cannot be read: ${error.message}.`,
      2
    );
  });
  const paths = info.isFile() ? [path] : await listFolder(await skillsFolder(path));
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

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.map(entry => entry.name);
  if (names.some(name => name === 'SKILL.md')) {
    return [join(folder, 'SKILL.md')];
  }
  const paths: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') {
      continue;
    }
    if (entry.isDirectory()) {
      paths.push(...(await listSubfolder(path, names)));
    } else if (isSkillName(entry.name)) {
      paths.push(path);
    }
  }
  return paths.sort();
}

/** `skills/<id>/` holds files beside `<id>.md`: none of them is a skill. */
async function listSubfolder(path: string, siblings: string[]): Promise<string[]> {
  return siblings.includes(`${basename(path)}.md`) ? [] : listFolder(path);
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
