import type { Contents } from '@jupyterlab/services';
import { skillPath } from '@llmos-lab/skills';

import { writeSkillFiles } from '../../author/skillFiles';
import { exists, USER_VOLUME } from '../../volumes/copyToUser';

/** Where a new skill goes in the person's volume; null when one is there already. */
export async function newSkillPath(
  contents: Contents.IManager,
  id: string
): Promise<string | null> {
  const path = `${USER_VOLUME}:${skillPath(id)}`;
  return (await exists(contents, path)) ? null : path;
}

/** Writes the skill; saving in a volume commits it. */
export function saveSkillText(
  contents: Contents.IManager,
  path: string,
  text: string
): Promise<void> {
  return writeSkillFiles(contents, { path, text, beside: [] });
}
