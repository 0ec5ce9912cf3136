import { searchSkills } from '../../skill/librarySearch';
import type { ISkillMatch } from '../../skill/search';
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

/** The skills that a question names by words of their own. */
export interface IWanted {
  /**
   * For each part of what is asked the best one, and others for words that it does not
   * answer ("a sphere in a scene"). What no skill answers names none.
   */
  readonly skills: readonly IExecutableSkill[];
  /**
   * Named by what those leave of a part: of "plot the convergence of a VQE" the plot has
   * the words that count most, and the VQE is what it plots. A word may also mean
   * something else, so they are meant only where they connect.
   */
  readonly besides: readonly IExecutableSkill[];
}

/** Finds the skills that a question names. */
export function wantedSkills(
  skills: readonly ISkill[],
  asked: readonly IAsked[]
): IWanted {
  // The whole stands for itself only where none of its parts does.
  const answered = asked.filter(({ fitting }) => fitting.size > 0);
  const parts = answered.filter(each => each !== asked[0]);
  const clauses = (parts.length > 0 ? parts : answered).flatMap(({ text }) =>
    clausesOf(text)
  );
  const terms = tellingTerms(skills);
  const first = new Set<string>();
  const besides = new Set<string>();
  for (const clause of clauses) {
    let { ids, left } = namedIn(skills, clause, { words: wordsOf(clause), terms });
    ids.forEach(id => first.add(id));
    while (ids.length > 0 && left.length > 0) {
      ({ ids, left } = namedIn(skills, left.join(' '), { words: left, terms }));
      ids.forEach(id => besides.add(id));
    }
  }
  const executable = (ids: readonly string[]): readonly IExecutableSkill[] =>
    ids.flatMap(id =>
      skills.flatMap(skill =>
        skill.kind === 'executable' && skill.id === id ? skill : []
      )
    );
  return {
    skills: executable([...first]),
    besides: executable([...besides].filter(id => !first.has(id)))
  };
}

/** The skills that a text names, best first, and the words that name none of them. */
function namedIn(
  skills: readonly ISkill[],
  text: string,
  {
    words,
    terms
  }: {
    readonly words: readonly string[];
    readonly terms: ReadonlyMap<string, readonly string[]>;
  }
): { readonly ids: readonly string[]; readonly left: readonly string[] } {
  const open = new Set(words);
  const hits = searchSkills(skills, text, 4);
  const best = hits[0]?.score ?? 0;
  const named = hits.filter(({ id, score }) => {
    const met = (terms.get(id) ?? []).filter(
      term =>
        term.split(' ').every(word => words.includes(word)) &&
        term.split(' ').some(word => open.has(word))
    );
    if (met.length === 0 || score < best * ASKED) {
      return false;
    }
    met.flatMap(term => term.split(' ')).forEach(word => open.delete(word));
    return true;
  });
  return {
    ids: named.map(({ id }) => id),
    left: words.filter(word => open.has(word))
  };
}

/** By id, what tells a skill from others among what it is called by. */
function tellingTerms(
  skills: readonly ISkill[]
): ReadonlyMap<string, readonly string[]> {
  const terms = skills.map(skill => [skill.id, termsOf(skill)] as const);
  const owners = new Map<string, number>();
  for (const term of terms.flatMap(([, own]) => own)) {
    owners.set(term, (owners.get(term) ?? 0) + 1);
  }
  return new Map(
    terms.map(([id, own]) => [
      id,
      own.filter(term => (owners.get(term) ?? 0) <= TELLING)
    ])
  );
}

/** What a skill is called by: words of its id and name, and keywords as a whole. */
function termsOf({ id, name, keywords }: ISkill): readonly string[] {
  const own = [...wordsOf(id), ...wordsOf(name)];
  return [...new Set([...own, ...keywords.map(word => wordsOf(word).join(' '))])];
}

/** Whether a text has a name as it is written, whatever its case, as words of its own. */
export function says(text: string, name: string): boolean {
  const spaced = (part: string): string =>
    ` ${part.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, ' ')} `.replace(/ +/g, ' ');
  return spaced(text).includes(spaced(name));
}

/** Whether words have all of a name; one without words is not among them. */
export function hasWords(words: readonly string[], name: string): boolean {
  const own = wordsOf(name);
  return own.length > 0 && own.every(word => words.includes(word));
}

/** Words without their plural, as the search compares them. */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word.length > 1)
    .map(word => (word.length > 3 ? word.replace(/s$/, '') : word));
}
