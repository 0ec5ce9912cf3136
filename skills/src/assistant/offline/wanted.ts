import { searchSkills, type ISkillMatch } from '../../skill/search';
import type { IExecutableSkill, ISkill } from '../../skill/skill';
import { clausesOf } from '../choose';
import type { IAsked } from '../relevance';

/** Share of the best hit's score from which on a skill has to do with a question. */
const NEAR = 0.2;
/** The same for what a part of a question asks for besides its best hit. */
const ASKED = 0.5;
/** A word that more skills than these own tells none of them apart, such as "circuit". */
const TELLING = 2;

/** Those of the hits, best first, that are not only near by a word of their text. */
export function nearMatches(ranked: readonly ISkillMatch[]): readonly ISkillMatch[] {
  const best = ranked[0]?.score ?? 0;
  return ranked.filter(({ score }) => score >= best * NEAR);
}

/**
 * For each part of what is asked the skills that it names by words of their own: the best
 * one, and others for words that it does not answer ("a sphere in a scene"). What no skill
 * answers names none.
 */
export function wantedSkills(
  skills: readonly ISkill[],
  asked: readonly IAsked[]
): readonly IExecutableSkill[] {
  const executable = skills.filter(
    (skill): skill is IExecutableSkill => skill.kind === 'executable'
  );
  const terms = new Map(skills.map(skill => [skill.id, termsOf(skill)]));
  const owners = new Map<string, number>();
  for (const term of [...terms.values()].flat()) {
    owners.set(term, (owners.get(term) ?? 0) + 1);
  }
  // The whole stands for itself only where none of its parts does.
  const answered = asked.filter(({ fitting }) => fitting.size > 0);
  const parts = answered.filter(each => each !== asked[0]);
  const clauses = (parts.length > 0 ? parts : answered).flatMap(({ text }) =>
    clausesOf(text)
  );
  const found = clauses.flatMap(part => {
    const words = wordsOf(part);
    const open = new Set(words);
    const hits = searchSkills(skills, part, 4);
    const best = hits[0]?.score ?? 0;
    return hits.flatMap(({ id, score }) => {
      const met = (terms.get(id) ?? []).filter(
        term =>
          (owners.get(term) ?? 0) <= TELLING &&
          term.split(' ').every(word => words.includes(word)) &&
          term.split(' ').some(word => open.has(word))
      );
      if (met.length === 0 || score < best * ASKED) {
        return [];
      }
      met.flatMap(term => term.split(' ')).forEach(word => open.delete(word));
      return executable.filter(skill => skill.id === id);
    });
  });
  return [...new Set(found)];
}

/** What a skill is called by: words of its id and name, and keywords as a whole. */
function termsOf({ id, name, keywords }: ISkill): readonly string[] {
  const own = [...wordsOf(id), ...wordsOf(name)];
  return [...new Set([...own, ...keywords.map(word => wordsOf(word).join(' '))])];
}

/** Words without their plural, as the search compares them. */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word.length > 1)
    .map(word => (word.length > 3 ? word.replace(/s$/, '') : word));
}
