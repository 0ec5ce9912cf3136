import { searchSkills } from '../skill/librarySearch';
import type { ISkillMatch } from '../skill/search';
import type { ISkill } from '../skill/skill';

/** Skills that the assistant reads for one question, best first. */
export interface IChosenSkills {
  readonly skills: readonly ISkill[];
  /** Those a person pinned are among them whatever the question. */
  readonly pinned: ReadonlySet<string>;
}

/** How the words of a question divide into the things that it asks for. */
const CLAUSE = /[,;.?!:\n]+|\b(?:and then|then|and|plus|after that|afterwards|with)\b/i;

/** The parts of a question, each of which may ask for another skill. */
export function clausesOf(question: string): readonly string[] {
  return question
    .split(CLAUSE)
    .map(part => part.trim())
    .filter(part => part !== '');
}

/**
 * Ranks skills for a question (R1.6). A question may ask for several things, so the best
 * of each part come before what only fits the whole a little.
 */
export function rankForQuestion(
  skills: readonly ISkill[],
  question: string,
  limit: number
): readonly ISkillMatch[] {
  const whole = searchSkills(skills, question);
  const scores = new Map(whole.map(({ id, score }) => [id, score]));
  const parts = clausesOf(question);
  const best = whole[0]?.score ?? 0;
  if (parts.length > 1) {
    for (const part of parts) {
      const found = searchSkills(skills, part, 2);
      const top = found[0]?.score ?? 0;
      found.forEach(({ id, score }, place) => {
        // The first of a part counts nearly as much as the first of all.
        const share = top > 0 ? (score / top) * (place === 0 ? 0.9 : 0.5) : 0;
        scores.set(id, Math.max(scores.get(id) ?? 0, share * Math.max(best, top)));
      });
    }
  }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}

/** The skills for a question's context: the pinned ones, then the best, `limit` in all. */
export function chooseSkills(
  skills: readonly ISkill[],
  question: string,
  {
    limit,
    pinned = []
  }: { readonly limit: number; readonly pinned?: readonly string[] }
): IChosenSkills {
  const byId = new Map(skills.map(skill => [skill.id, skill]));
  const kept = pinned.filter(id => byId.has(id));
  const ranked = rankForQuestion(skills, question, limit + kept.length)
    .map(({ id }) => id)
    .filter(id => !kept.includes(id))
    .slice(0, Math.max(0, limit));
  return {
    skills: [...kept, ...ranked].flatMap(id => byId.get(id) ?? []),
    pinned: new Set(kept)
  };
}
