import type { Contents } from '@jupyterlab/services';
import { toSkillId } from '@llmos-lab/skills';

import type { ISkillLibrary } from '../tokens';
import { exists, USER_VOLUME } from '../volumes/copyToUser';

/** Longest id of a skill. */
const MAX_LENGTH = 64;

/** The folder that new skills go to. */
const FOLDER = `${USER_VOLUME}:skills`;

/** Where a new skill of the user's volume goes. */
export function newSkillPath(id: string): string {
  return `${FOLDER}/${id}.md`;
}

/**
 * Ids that files of the user's volume have by their names. A file with errors is in no
 * library, and yet it is somebody's work.
 */
export async function idsOfFiles(
  contents: Contents.IManager
): Promise<ReadonlySet<string>> {
  if (!(await exists(contents, FOLDER))) {
    return new Set();
  }
  const folder = await contents.get(FOLDER, { content: true });
  const models = (folder.content ?? []) as readonly Contents.IModel[];
  return new Set(models.map(({ name }) => name.replace(/\.md$/i, '').toLowerCase()));
}

/** The skill's file that stands under an id's name in the user's volume, if any does. */
export async function fileOfId(
  contents: Contents.IManager,
  id: string
): Promise<string | undefined> {
  for (const path of [newSkillPath(id), `${FOLDER}/${id}/SKILL.md`]) {
    if (await exists(contents, path)) {
      return path;
    }
  }
  return undefined;
}

/**
 * The id itself, or with the first number from 2 on that no skill, alias or file has.
 * `files` are those of `idsOfFiles`.
 */
export function freeSkillId(
  wanted: string,
  library: ISkillLibrary,
  files: ReadonlySet<string> = new Set()
): string {
  const base = toSkillId(wanted);
  for (let count = 1; ; count++) {
    const end = count === 1 ? '' : `-${count}`;
    const id = `${base.slice(0, MAX_LENGTH - end.length).replace(/-+$/, '')}${end}`;
    if (!library.get(id) && !files.has(id)) {
      return id;
    }
  }
}
