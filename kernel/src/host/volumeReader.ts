import { parseSkillFile, type IParsedFile, type IProblem } from '@llmos-lab/skills';
import type { Contents } from '@jupyterlab/services';
import { asksForFiles } from '../runtimes/besideFiles';
import { toHex } from './hex';
import { isMissing } from './missing';
import type { ISkillEntry } from './tokens';

/** The part of Contents that reading needs. */
export type ContentsReader = Pick<Contents.IManager, 'get' | 'driveName'>;

/** A skill file as read, with the `sha256:` of its bytes. */
export interface IVolumeFile extends IParsedFile {
  readonly version: string;
}

/** What one volume holds; ids may still repeat. */
export interface IVolumeContent {
  readonly files: readonly IVolumeFile[];
  /** Folders that could not be looked at. */
  readonly problems: readonly IProblem[];
}

/** Folder of a volume in which skills stand. */
export const SKILLS_FOLDER = 'skills';

/** `sha256:` and the hash of the text's UTF-8 bytes, as lower-case hexadecimal. */
export async function hashText(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return `sha256:${toHex(await crypto.subtle.digest('SHA-256', bytes))}`;
}

/** Files that were found, and what could not be looked at. */
interface IListing {
  readonly paths: readonly string[];
  readonly problems: readonly IProblem[];
}

/** What is in a folder; one that is missing is empty, one that fails is a problem. */
async function listFolder(
  contents: ContentsReader,
  path: string
): Promise<{ models: readonly Contents.IModel[]; problems: readonly IProblem[] }> {
  try {
    const folder = await contents.get(path, { content: true });
    return { models: (folder.content ?? []) as Contents.IModel[], problems: [] };
  } catch (reason) {
    const problems = isMissing(reason) ? [] : [unreadable('folder', path, reason)];
    return { models: [], problems };
  }
}

/** Skill files of a volume: `skills/*.md`, and `SKILL.md` in folders below it. */
async function listSkillFiles(
  contents: ContentsReader,
  volume: string
): Promise<IListing> {
  const root = `${volume}:${SKILLS_FOLDER}`;
  const { models, problems } = await listFolder(contents, root);
  const files = models.filter(m => m.type !== 'directory' && m.name.endsWith('.md'));
  const folders = await Promise.all(
    models
      .filter(m => m.type === 'directory')
      .map(async ({ name }): Promise<IListing> => {
        const inside = await listFolder(contents, `${root}/${name}`);
        const found = inside.models.some(m => m.name === 'SKILL.md');
        return {
          paths: found ? [`${root}/${name}/SKILL.md`] : [],
          problems: inside.problems
        };
      })
  );
  const paths = files.map(m => `${root}/${m.name}`);
  return {
    paths: [...paths, ...folders.flatMap(folder => folder.paths)].sort(),
    problems: [...problems, ...folders.flatMap(folder => folder.problems)]
  };
}

/**
 * Reads one skill file; null when it is not there. One that fails has no skill and a
 * problem that says so.
 */
export async function readSkillFile(
  contents: ContentsReader,
  path: string
): Promise<IVolumeFile | null> {
  try {
    const options = { content: true, type: 'file', format: 'text' } as const;
    const model = await contents.get(path, options);
    const text = typeof model.content === 'string' ? model.content : '';
    const file = parseSkillFile({ path, text });
    const version = await hashText(text);
    return { ...file, version, skill: file.skill && withoutKeeping(file.skill) };
  } catch (reason) {
    const problems = [unreadable('file', path, reason)];
    return isMissing(reason)
      ? null
      : { path, text: '', version: '', skill: null, problems };
  }
}

/** Whether a path below `skills/` of its volume is that of a skill file. */
export function isSkillFile(path: string, volume: string): boolean {
  const inside = path.slice(`${volume}:${SKILLS_FOLDER}/`.length);
  return /^[^/]+\.md$|^[^/]+\/SKILL\.md$/.test(inside);
}

/** Results of what reads files beside it are not kept: its version is of its text. */
function withoutKeeping(skill: ISkillEntry['skill']): ISkillEntry['skill'] {
  return skill.kind === 'executable' && asksForFiles(skill.type, skill.code)
    ? { ...skill, pure: false }
    : skill;
}

function unreadable(kind: 'file' | 'folder', path: string, reason: unknown): IProblem {
  const detail = reason instanceof Error ? reason.message : String(reason);
  return {
    code: 'unreadable-file',
    severity: 'error',
    message: `The ${kind} could not be read: ${detail} Open it, or reload the page.`,
    file: path,
    line: 1
  };
}

/**
 * Reads all skills of one volume through Contents. A volume that is not mounted or has
 * no `skills` folder is empty; a file or folder that fails is a problem, and the rest
 * still loads.
 */
export async function readVolume(
  contents: ContentsReader,
  volume: string
): Promise<IVolumeContent> {
  if (contents.driveName(`${volume}:${SKILLS_FOLDER}`) !== volume) {
    return { files: [], problems: [] };
  }
  const { paths, problems } = await listSkillFiles(contents, volume);
  const read = await Promise.all(paths.map(path => readSkillFile(contents, path)));
  return { files: read.filter(file => file !== null), problems };
}
