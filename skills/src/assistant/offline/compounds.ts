/** Skills that are several others in one call, as those learned from runs. */
import { readCompoundCode } from '../../evolution/compoundCode';
import type { IExecutableSkill, ISkill } from '../../skill/skill';
import { says, wordsOf } from './wanted';

/** A skill and those that it calls. */
export interface ICompoundSkill {
  readonly skill: IExecutableSkill;
  readonly members: readonly string[];
}

/** A library by whether a question is answered with a skill or with what it consists of. */
export interface ISplitLibrary {
  /** Those that do one thing each. */
  readonly single: readonly ISkill[];
  /** Compounds that the question names. */
  readonly named: readonly ICompoundSkill[];
  readonly others: readonly ICompoundSkill[];
}

/**
 * Sets compounds apart. They have the words of their members: beside those no word would
 * tell any of them, and a question for the members would find the compound alone, which
 * gives less. Only who names a compound means it.
 */
export function splitLibrary(
  skills: readonly ISkill[],
  question: string
): ISplitLibrary {
  const compounds = skills.flatMap(skill => compoundOf(skill) ?? []);
  const byId = new Map(skills.map(skill => [skill.id, skill]));
  const words = wordsOf(question);
  const isNamed = ({ skill: { id, name }, members }: ICompoundSkill): boolean => {
    const own = wordsOf(id);
    const known = members.flatMap(member => [
      ...wordsOf(member),
      ...wordsOf(byId.get(member)?.name ?? '')
    ]);
    return (
      says(question, id) ||
      says(question, name) ||
      // "my h2 study", but not "vqe convergence", which are words of its members.
      (own.every(word => words.includes(word)) &&
        own.some(word => !known.includes(word)))
    );
  };
  const named = compounds.filter(isNamed);
  return {
    single: skills.filter(skill => !compounds.some(each => each.skill === skill)),
    named,
    others: compounds.filter(each => !named.includes(each))
  };
}

/** What was read of skills, which never change: their code is parsed once. */
const alreadyRead = new WeakMap<ISkill, ICompoundSkill | null>();

function compoundOf(skill: ISkill): ICompoundSkill | null {
  const before = alreadyRead.get(skill);
  if (before !== undefined) {
    return before;
  }
  const read = readCompound(skill);
  alreadyRead.set(skill, read);
  return read;
}

function readCompound(skill: ISkill): ICompoundSkill | null {
  if (skill.kind !== 'executable' || !skill.code.includes('skill(')) {
    return null;
  }
  const members = readCompoundCode(skill.code)?.labels ?? [];
  return members.length > 1 ? { skill, members } : null;
}
