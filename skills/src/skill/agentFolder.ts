import { pathProblem } from '../volume/path';
import type { IAgentSkill } from './agentSkill';

/** A file of an archive or folder, before anything of it is believed. */
export interface IIncomingFile {
  /** Relative, as the archive has it. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A skill found among incoming files. */
export interface IIncomingSkill {
  /** Path of its own file, for messages. */
  readonly path: string;
  /** Name of its folder; undefined for a Markdown file that stands alone. */
  readonly folder: string | undefined;
  readonly bytes: Uint8Array;
  /** The files of its folder, by their path in it. */
  readonly beside: readonly IIncomingFile[];
}

/** Why files are refused, in words for people. */
export class IncomingError extends Error {
  override readonly name = 'IncomingError';
}

/** What an import may hold, so that an archive cannot fill the browser's storage. */
export const IMPORT_LIMITS = {
  /** Files in all. */
  files: 2000,
  /** Bytes of one file, unpacked. */
  fileBytes: 20 * 1024 * 1024,
  /** Bytes in all, unpacked. */
  bytes: 100 * 1024 * 1024
} as const;

/** Names and sizes as an archive's table of contents has them. */
export interface IIncomingEntry {
  readonly path: string;
  readonly size: number;
}

/**
 * Checks names and sizes before anything is unpacked.
 *
 * @throws IncomingError for the first fault.
 */
export function checkIncoming(entries: readonly IIncomingEntry[]): void {
  const files = entries.filter(({ path }) => !path.endsWith('/'));
  if (files.length > IMPORT_LIMITS.files) {
    throw new IncomingError(
      `It holds ${files.length} files; at most ${IMPORT_LIMITS.files} can be imported. ` +
        'Import its skills one by one.'
    );
  }
  let total = 0;
  const seen = new Map<string, string>();
  for (const { path, size } of entries) {
    const problem = pathProblem(path.replace(/\/$/, ''));
    if (problem !== null) {
      throw new IncomingError(
        `The path "${path}" cannot be used: ${problem}. Nothing was imported.`
      );
    }
    if (size > IMPORT_LIMITS.fileBytes) {
      throw new IncomingError(
        `"${path}" has ${megabytes(size)}; a file may have ${megabytes(IMPORT_LIMITS.fileBytes)}. ` +
          'Leave it out, or keep the data elsewhere.'
      );
    }
    total += size;
    const twin = seen.get(path.toLowerCase());
    if (twin !== undefined) {
      throw new IncomingError(
        `"${twin}" and "${path}" have the same name on many systems. Rename one of them.`
      );
    }
    seen.set(path.toLowerCase(), path);
  }
  if (total > IMPORT_LIMITS.bytes) {
    throw new IncomingError(
      `Unpacked it has ${megabytes(total)}; at most ${megabytes(IMPORT_LIMITS.bytes)} can be imported.`
    );
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Files that systems add by themselves. */
const LITTER = /(?:^|\/)(?:__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini)(?:\/|$)/;
const OWN_FILE = /^skill\.md$/i;

/**
 * The skills among incoming files. A folder with `SKILL.md` is one, with all below it;
 * where there is none, each Markdown file with front matter is one, with the folder of
 * its name. `name` stands for the folder when `SKILL.md` is at the top.
 */
export function findSkills(
  incoming: readonly IIncomingFile[],
  name: string
): readonly IIncomingSkill[] {
  const files = incoming
    .filter(({ path }) => !LITTER.test(path) && !path.endsWith('/'))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const folders = files
    .filter(({ path }) => OWN_FILE.test(lastPart(path)))
    .map(({ path }) => folderOf(path));
  const outer = folders.filter(
    folder => !folders.some(other => other !== folder && isBelow(folder, other))
  );
  const skills = [...new Set(outer)].flatMap(folder =>
    folderSkill(files, folder, folder === '' ? name : lastPart(folder))
  );
  return skills.length > 0 ? skills : files.flatMap(file => loneSkill(file, files));
}

function folderSkill(
  files: readonly IIncomingFile[],
  folder: string,
  name: string
): readonly IIncomingSkill[] {
  const inside = files
    .filter(({ path }) => isBelow(path, folder))
    .map(({ path, bytes }) => ({
      path: folder === '' ? path : path.slice(folder.length + 1),
      bytes
    }));
  const own = inside.find(({ path }) => OWN_FILE.test(path));
  return own
    ? [
        {
          path: folder === '' ? own.path : `${folder}/${own.path}`,
          folder: name,
          bytes: own.bytes,
          beside: inside.filter(file => file !== own)
        }
      ]
    : [];
}

/** A Markdown file that begins with front matter. */
function loneSkill(
  file: IIncomingFile,
  rest: readonly IIncomingFile[]
): readonly IIncomingSkill[] {
  const { path, bytes } = file;
  const [a, b, c] = bytes.subarray(bytes[0] === 0xef ? 3 : 0);
  if (!/\.md$/i.test(path) || a !== 0x2d || b !== 0x2d || c !== 0x2d) {
    return [];
  }
  const folder = path.replace(/\.md$/i, '');
  const beside = rest
    .filter(other => other.path.startsWith(`${folder}/`))
    .map(other => ({ ...other, path: other.path.slice(folder.length + 1) }));
  return [{ path, folder: undefined, bytes, beside }];
}

/** The files of an export: one folder, named as the skill, with all that belongs to it. */
export function packFolder(
  { name, text }: IAgentSkill,
  beside: readonly IIncomingFile[],
  encode: (text: string) => Uint8Array
): readonly IIncomingFile[] {
  return [
    { path: `${name}/SKILL.md`, bytes: encode(text) },
    ...beside
      .filter(({ path }) => !OWN_FILE.test(path))
      .map(({ path, bytes }) => ({ path: `${name}/${path}`, bytes }))
  ];
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}
