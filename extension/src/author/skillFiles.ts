import type { Contents } from '@jupyterlab/services';
import { decodeBase64, encodeBase64 } from '@llmos-lab/skills';

import { exists, makeFolders, splitDrive, USER_VOLUME } from '../volumes/copyToUser';

/** A file with its bytes; `path` is a Contents path, or relative to a skill's folder. */
export interface IFileBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A skill in a volume: its own file, and the files in the folder that belongs to it. */
export interface ISkillFiles {
  /** Contents path of the skill's own file. */
  readonly path: string;
  readonly text: string;
  /** Paths are relative to `folderBeside(path)`, sorted. */
  readonly beside: readonly IFileBytes[];
}

/**
 * The folder with a skill's other files: `skills/<id>` of `skills/<id>.md`, and the
 * folder itself of `skills/<id>/SKILL.md`.
 */
export function folderBeside(path: string): string {
  return path.replace(/(?:\/SKILL)?\.md$/i, '');
}

/** Whether the skill is a folder with `SKILL.md` in it. */
export function isFolderSkill(path: string): boolean {
  return /\/SKILL\.md$/i.test(path);
}

/** Reads a skill with all that belongs to it. */
export async function readSkillFiles(
  contents: Contents.IManager,
  path: string
): Promise<ISkillFiles> {
  const folder = folderBeside(path);
  const found = (await exists(contents, folder)) ? await walk(contents, folder) : [];
  const beside = await Promise.all(
    found
      .filter(file => file !== path)
      .sort()
      .map(async file => ({
        path: file.slice(folder.length + 1),
        bytes: await readBytes(contents, file)
      }))
  );
  return { path, text: await readText(contents, path), beside };
}

/** Writes a skill and the files beside it, making the folders that they need. */
export async function writeSkillFiles(
  contents: Contents.IManager,
  { path, text, beside }: ISkillFiles
): Promise<void> {
  const folder = folderBeside(path);
  // The skill comes last, so that it is never there without its files.
  for (const file of beside) {
    await writeBytes(contents, `${folder}/${file.path}`, file.bytes);
  }
  await makeFolders(contents, path);
  await contents.save(path, { type: 'file', format: 'text', content: text });
}

/** What became of a copy. */
export interface ICopy {
  /** Contents path of the copy. */
  readonly path: string;
  /** Whether it was made now; an existing copy is kept as it is. */
  readonly made: boolean;
  /** How many files beside the skill came with it. */
  readonly beside: number;
}

/**
 * Copies a file of any volume to the same place in the user's volume, where it shadows
 * the original; a skill with all files beside it.
 */
export async function copyToUser(
  contents: Contents.IManager,
  path: string
): Promise<ICopy> {
  const target = `${USER_VOLUME}:${splitDrive(path).local}`;
  if (await exists(contents, target)) {
    return { path: target, made: false, beside: 0 };
  }
  if (!/\.md$/i.test(path)) {
    await writeBytes(contents, target, await readBytes(contents, path));
    return { path: target, made: true, beside: 0 };
  }
  const { text, beside } = await readSkillFiles(contents, path);
  await writeSkillFiles(contents, { path: target, text, beside });
  return { path: target, made: true, beside: beside.length };
}

/**
 * Writes a skill in the place of one at `old`. What only the old one had goes last: when
 * the new one finds no room, the old one is still there.
 */
export async function replaceSkillFiles(
  contents: Contents.IManager,
  old: string,
  files: ISkillFiles
): Promise<void> {
  const folder = folderBeside(old);
  const beside = (await exists(contents, folder)) ? await walk(contents, folder) : [];
  await writeSkillFiles(contents, files);
  const target = folderBeside(files.path);
  const kept = new Set([
    files.path,
    ...files.beside.map(({ path }) => `${target}/${path}`)
  ]);
  for (const path of new Set([old, ...beside])) {
    if (!kept.has(path)) {
      await contents.delete(path);
    }
  }
  if ((await exists(contents, folder)) && (await walk(contents, folder)).length === 0) {
    await contents.delete(folder);
  }
}

/** Deletes a skill and the folder with its files. */
export async function deleteSkillFiles(
  contents: Contents.IManager,
  path: string
): Promise<void> {
  if (!isFolderSkill(path)) {
    await contents.delete(path);
  }
  const folder = folderBeside(path);
  if (await exists(contents, folder)) {
    await contents.delete(folder);
  }
}

/** Text of a file. */
export async function readText(
  contents: Contents.IManager,
  path: string
): Promise<string> {
  const model = await contents.get(path, { type: 'file', format: 'text' });
  return typeof model.content === 'string' ? model.content : '';
}

async function readBytes(
  contents: Contents.IManager,
  path: string
): Promise<Uint8Array> {
  const model = await contents.get(path, { type: 'file', format: 'base64' });
  const text = typeof model.content === 'string' ? model.content : '';
  return model.format === 'base64'
    ? decodeBase64(text)
    : new TextEncoder().encode(text);
}

async function writeBytes(
  contents: Contents.IManager,
  path: string,
  bytes: Uint8Array
): Promise<void> {
  await makeFolders(contents, path);
  const content = encodeBase64(bytes);
  await contents.save(path, { type: 'file', format: 'base64', content });
}

/** Contents paths of all files below a folder. */
async function walk(contents: Contents.IManager, folder: string): Promise<string[]> {
  const model = await contents.get(folder, { content: true });
  const models = (model.content ?? []) as Contents.IModel[];
  const found = await Promise.all(
    models.map(async ({ name, type }) => {
      const path = `${folder}/${name}`;
      return type === 'directory' ? await walk(contents, path) : [path];
    })
  );
  return found.flat();
}
