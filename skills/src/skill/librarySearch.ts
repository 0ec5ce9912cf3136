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

/** The index that is being built. */
let underWay: {
  readonly skills: readonly ISkill[];
  readonly built: Promise<void>;
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
 * Builds the index of a library that will be asked for, unless it is there; who asks while
 * it is built waits for the same one. `rest` is awaited after each skill, so that a page can
 * answer keys meanwhile.
 */
export async function prepareSearch(
  skills: readonly ISkill[],
  rest: () => Promise<void>
): Promise<void> {
  if (known(skills)) {
    return;
  }
  if (!underWay || !isSame(underWay.skills, skills)) {
    underWay = { skills: [...skills], built: build([...skills], rest) };
  }
  const { built } = underWay;
  try {
    await built;
  } finally {
    if (underWay?.built === built) {
      underWay = null;
    }
  }
}

async function build(
  skills: readonly ISkill[],
  rest: () => Promise<void>
): Promise<void> {
  const steps = indexing(skills);
  while (steps.next().done !== true) {
    await rest();
  }
}

/** Ends with the index kept. */
function* indexing(skills: readonly ISkill[]): Generator<undefined, void, undefined> {
  keep(skills, yield* indexSkills(skills));
}

function known(skills: readonly ISkill[]): ISkillSearch | null {
  return latest && isSame(latest.skills, skills) ? latest.index : null;
}

function isSame(some: readonly ISkill[], others: readonly ISkill[]): boolean {
  return (
    some.length === others.length && some.every((skill, at) => skill === others[at])
  );
}

function keep(skills: readonly ISkill[], index: ISkillSearch): ISkillSearch {
  latest = { skills: [...skills], index };
  return index;
}
