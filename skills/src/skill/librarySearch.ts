import {
  createSkillSearch,
  indexSkills,
  type ISkillMatch,
  type ISkillSearch
} from './search';
import type { ISkill } from './skill';

/** An index, and what it is of. */
interface IIndexed {
  readonly skills: readonly ISkill[];
  readonly index: ISkillSearch;
}

/**
 * The last two: a question without a model is answered from those of the library that are
 * no compound, and the panel of skills asks for all, by turns.
 */
let latest: readonly IIndexed[] = [];

/** The index that is being built. */
let underWay: {
  readonly skills: readonly ISkill[];
  readonly built: Promise<void>;
} | null = null;

/**
 * Ranks skills for a query: whole words, beginnings and words with a typo, by id, name,
 * keywords, category, description and text. The index is kept until two other libraries were
 * asked for, so asking again with the same skills is fast.
 */
export function searchSkills(
  skills: readonly ISkill[],
  query: string,
  limit?: number
): readonly ISkillMatch[] {
  return librarySearch(skills).search(query, limit);
}

/** The index of a library; those of the last two asked for are kept. */
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
  return latest.find(each => isSame(each.skills, skills))?.index ?? null;
}

function isSame(some: readonly ISkill[], others: readonly ISkill[]): boolean {
  return (
    some.length === others.length && some.every((skill, at) => skill === others[at])
  );
}

function keep(skills: readonly ISkill[], index: ISkillSearch): ISkillSearch {
  const others = latest.filter(each => !isSame(each.skills, skills));
  latest = [{ skills: [...skills], index }, ...others].slice(0, 2);
  return index;
}
