import { parseSkill, type IProblem } from '@llmos-lab/skills';
import type { Contents } from '@jupyterlab/services';
import type { ISkillEntry } from './tokens';

/** The part of Contents that reading needs. */
export type ContentsReader = Pick<Contents.IManager, 'get' | 'driveName'>;

/** What one volume holds; ids may still repeat. */
export interface IVolumeContent {
  readonly entries: readonly Omit<ISkillEntry, 'shadows'>[];
  readonly problems: readonly IProblem[];
}

/** Folder of a volume in which skills stand. */
export const SKILLS_FOLDER = 'skills';

/** `sha256:` and the hash of the text's UTF-8 bytes, as lower-case hexadecimal. */
export async function hashText(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, byte => byte.toString(16).padStart(2, '0'));
  return `sha256:${hex.join('')}`;
}

function isMissing(reason: unknown): boolean {
  const status = (reason as { response?: { status?: number } } | null)?.response
    ?.status;
  return status === 404 || /not found|does not exist|404/i.test(String(reason));
}

/** Skill files of a volume: `skills/*.md`, and `SKILL.md` in folders below it. */
async function listSkillFiles(
  contents: ContentsReader,
  volume: string
): Promise<string[]> {
  const root = await contents.get(`${volume}:${SKILLS_FOLDER}`, { content: true });
  const models = (root.content ?? []) as Contents.IModel[];
  const files = models.filter(m => m.type !== 'directory' && m.name.endsWith('.md'));
  const folders = await Promise.all(
    models
      .filter(m => m.type === 'directory')
      .map(async folder => {
        const path = `${volume}:${SKILLS_FOLDER}/${folder.name}`;
        const inside = await contents.get(path, { content: true });
        return ((inside.content ?? []) as Contents.IModel[])
          .filter(m => m.name === 'SKILL.md')
          .map(() => `${path}/SKILL.md`);
      })
  );
  const paths = files.map(m => `${volume}:${SKILLS_FOLDER}/${m.name}`);
  return [...paths, ...folders.flat()].sort();
}

async function readFile(
  contents: ContentsReader,
  volume: string,
  path: string
): Promise<IVolumeContent> {
  const model = await contents.get(path, {
    content: true,
    type: 'file',
    format: 'text'
  });
  const text = typeof model.content === 'string' ? model.content : '';
  const { skill, problems } = parseSkill(text, path);
  if (!skill) {
    return { entries: [], problems };
  }
  const version = await hashText(text);
  return { entries: [{ skill, volume, path, text, version }], problems };
}

function unreadable(path: string, reason: unknown): IProblem {
  const detail = reason instanceof Error ? reason.message : String(reason);
  return {
    code: 'unreadable-file',
    severity: 'error',
    message: `The file could not be read: ${detail} Open it, or reload the page.`,
    file: path,
    line: 1
  };
}

/**
 * Reads all skills of one volume through Contents. A volume that is not mounted or has
 * no `skills` folder is empty; a file that fails is a problem, and the rest still loads.
 */
export async function readVolume(
  contents: ContentsReader,
  volume: string
): Promise<IVolumeContent> {
  if (contents.driveName(`${volume}:${SKILLS_FOLDER}`) !== volume) {
    return { entries: [], problems: [] };
  }
  let paths: string[];
  try {
    paths = await listSkillFiles(contents, volume);
  } catch (reason) {
    const problems = isMissing(reason)
      ? []
      : [unreadable(`${volume}:${SKILLS_FOLDER}`, reason)];
    return { entries: [], problems };
  }
  const files = await Promise.all(
    paths.map(path =>
      readFile(contents, volume, path).catch(reason => ({
        entries: [],
        problems: [unreadable(path, reason)]
      }))
    )
  );
  return {
    entries: files.flatMap(file => file.entries),
    problems: files.flatMap(file => file.problems)
  };
}
