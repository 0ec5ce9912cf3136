import { toSkillId } from '@llmos-lab/skills';

import type { ISkillLibrary } from '../tokens';

/** Longest id of a skill. */
const MAX_LENGTH = 64;

/** The id itself, or with the first number from 2 on that no skill or alias has. */
export function freeSkillId(wanted: string, library: ISkillLibrary): string {
  const base = toSkillId(wanted);
  for (let count = 1; ; count++) {
    const end = count === 1 ? '' : `-${count}`;
    const id = `${base.slice(0, MAX_LENGTH - end.length).replace(/-+$/, '')}${end}`;
    if (!library.get(id)) {
      return id;
    }
  }
}
