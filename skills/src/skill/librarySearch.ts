import {
  createSkillSearch,
  indexSkills,
  type ISkillMatch,
  type ISkillSearch
} from './search';
import type { ISkill } from './skill';

let latest: {
  readonly skills: readonly ISkill[];
  readonly index: ISkillSearch;
} | null = null;

/**
 * Ranks skills for a query: whole words, beginnings and words with a typo, by id, name,
 * keywords, category, description and text. The index of the last library is kept, so
 * asking again with the same skills is fast.
 */
export function searchSkills(
  skills: readonly ISkill[],
  query: string,
  limit?: number
): readonly ISkillMatch[] {
  return librarySearch(skills).search(query, limit);
}

/** The index of a library; that of the last one asked for is kept. */
export function librarySearch(skills: readonly ISkill[]): ISkillSearch {
  return keep(skills, known(skills) ?? createSkillSearch(skills));
}

/**
 * Builds the index of a library that will be asked for, unless it is there. `rest` is
 * awaited after each skill, so that a page can answer keys meanwhile.
 */
export async function prepareSearch(
  skills: readonly ISkill[],
  rest: () => Promise<void>
): Promise<void> {
  if (known(skills)) {
    return;
  }
  const steps = indexSkills(skills);
  let step = steps.next();
  while (step.done !== true) {
    await rest();
    step = steps.next();
  }
  keep(skills, step.value);
}

function known(skills: readonly ISkill[]): ISkillSearch | null {
  const isSame =
    latest?.skills.length === skills.length &&
    latest.skills.every((skill, index) => skill === skills[index]);
  return isSame ? (latest?.index ?? null) : null;
}

function keep(skills: readonly ISkill[], index: ISkillSearch): ISkillSearch {
  latest = { skills: [...skills], index };
  return index;
}
