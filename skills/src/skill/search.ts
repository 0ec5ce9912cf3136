import MiniSearch, { type SearchOptions } from 'minisearch';
import { normalise, splitWords, toDocument } from './searchText';
import type { ISkill } from './skill';

/** One answer of a search. */
export interface ISkillMatch {
  readonly id: string;
  /** Larger is better; comparable within one search only. */
  readonly score: number;
}

/** An index over a library that answers many searches. */
export interface ISkillSearch {
  /** Best first, ties by id. An empty query gives nothing. */
  search(query: string, limit?: number): readonly ISkillMatch[];
  /** For one word, by id: how well a skill's own text has it, from 0 to 1. */
  lookUp(word: string): ReadonlyMap<string, number>;
}

/** How much a word counts by where it stands. */
const BOOST = {
  id: 6,
  name: 6,
  aliases: 4,
  keywords: 5,
  category: 2,
  ports: 1,
  description: 2.5,
  body: 0.6
} as const;

/** How much of a skill's meaning a field holds: guides are their text. */
const SAYS = { ports: 0.7, body: 0.4, guide: 0.6 };

/** Weight of a match with a typo or a beginning, against 1 of a whole word. */
const WEIGHTS = { fuzzy: 0.35, prefix: 0.6 };

/** Weight of a word that is known once two neighbouring letters change places. */
const SWAPPED = 0.5;

/** Builds an index; takes about half a millisecond a skill. */
export function createSkillSearch(skills: readonly ISkill[]): ISkillSearch {
  const steps = indexSkills(skills);
  let step = steps.next();
  while (step.done !== true) {
    step = steps.next();
  }
  return step.value;
}

/** Builds an index, a skill at each step, for those who do something else in between. */
export function* indexSkills(
  skills: readonly ISkill[]
): Generator<undefined, ISkillSearch, undefined> {
  const byId = new Map(skills.map(skill => [skill.id, skill]));
  const words = new Set<string>();
  const index = new MiniSearch({
    fields: Object.keys(BOOST),
    tokenize: splitWords,
    processTerm: word => {
      const term = normalise(word);
      if (term !== null) {
        words.add(term);
      }
      return term;
    },
    searchOptions: {
      boost: BOOST,
      // One letter begins too many words, unless it is all that is asked.
      prefix: (term, _at, terms) => term.length > 1 || terms.length === 1,
      fuzzy: fuzzOf,
      weights: WEIGHTS,
      boostDocument: id => (byId.get(String(id))?.kind === 'context' ? 0.8 : 1)
    }
  });
  for (const skill of byId.values()) {
    index.add(toDocument(skill));
    yield;
  }
  const vocabulary = [...words].sort();
  return searchOf(skills, { index, byId, vocabulary });
}

/** What an index answers. */
function searchOf(
  skills: readonly ISkill[],
  {
    index,
    byId,
    vocabulary
  }: {
    readonly index: MiniSearch;
    readonly byId: ReadonlyMap<string, ISkill>;
    readonly vocabulary: readonly string[];
  }
): ISkillSearch {
  const aliases = new Map(
    skills.flatMap(skill => skill.aliases.map(alias => [alias, skill.id] as const))
  );
  return {
    search: (query, limit = Infinity) => {
      const exact = query.trim().toLowerCase();
      const top = byId.has(exact) ? exact : aliases.get(exact);
      const found = rank(index, query, vocabulary);
      const best = found.reduce((most, match) => Math.max(most, match.score), 1);
      const ranked = found.filter(match => match.id !== top);
      if (top !== undefined) {
        ranked.push({ id: top, score: best * 2 });
      }
      return ranked
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
    lookUp: word => {
      const term = normalise(word);
      return new Map(
        (term === null ? [] : index.search(term, looseOptions(term))).map(
          ({ id, match }) => [
            String(id),
            heldBy(term ?? '', match, byId.get(String(id))?.kind === 'context')
          ]
        )
      );
    }
  };
}

/** Finds a word also in another form, such as "rotates" for "rotation". */
function looseOptions(term: string): SearchOptions {
  const stem = stemOf(term);
  return {
    processTerm: word => (stem === word ? word : [word, stem]),
    prefix: word => word.length > 2,
    fuzzy: word => (word === stem ? false : fuzzOf(word))
  };
}

/** The part of a word that its other forms share. */
function stemOf(term: string): string {
  return term.slice(0, Math.max(5, Math.ceil(term.length * 0.65)));
}

/** The best that words of a skill hold of a term; `match` has the fields of each. */
function heldBy(
  term: string,
  match: Readonly<Record<string, readonly string[]>>,
  isGuide: boolean
): number {
  return Object.entries(match).reduce((best, [word, fields]) => {
    const form = word === term ? 1 : word.startsWith(stemOf(term)) ? 0.8 : 0.4;
    const place = Math.max(
      ...fields.map(field =>
        field === 'body'
          ? isGuide
            ? SAYS.guide
            : SAYS.body
          : field === 'ports'
            ? SAYS.ports
            : 1
      )
    );
    return Math.max(best, form * place);
  }, 0);
}

/** Letters that may be wrong in a word. */
function fuzzOf(term: string): number | false {
  return term.length > 7 ? 2 : term.length > 3 ? 1 : false;
}

/** What the index finds for a query; `vocabulary` is its words, sorted. */
function rank(
  index: MiniSearch,
  query: string,
  vocabulary: readonly string[]
): ISkillMatch[] {
  /** The asked word behind each word that is looked up. */
  const asked = new Map<string, string>();
  const found = index.search(query, {
    processTerm: word => {
      const term = normalise(word);
      if (term === null) {
        return null;
      }
      const terms = [term, ...swapsOf(term, vocabulary)];
      terms.forEach(each => asked.set(each, term));
      return terms;
    },
    boostTerm: term => (asked.get(term) === term ? 1 : SWAPPED)
  });
  const count = new Set(asked.values()).size;
  return found.map(({ id, score, queryTerms }) => ({
    id: String(id),
    // A skill that answers more of the words comes before one that repeats a single one.
    score:
      score * coverage(count, new Set(queryTerms.map(term => asked.get(term))).size)
  }));
}

/**
 * For a word that nothing begins with: what it becomes when two neighbouring letters
 * change places, as far as something begins with that. Edit distance counts such a slip
 * as two typos, too many for a short word.
 */
function swapsOf(term: string, vocabulary: readonly string[]): string[] {
  if (term.length < 3 || hasPrefix(vocabulary, term)) {
    return [];
  }
  const swaps = new Set<string>();
  for (let at = 0; at + 1 < term.length; at++) {
    const [first = '', second = ''] = term.slice(at, at + 2);
    swaps.add(term.slice(0, at) + second + first + term.slice(at + 2));
  }
  swaps.delete(term);
  return [...swaps].filter(swap => hasPrefix(vocabulary, swap));
}

/** Whether one of the sorted words begins so. */
function hasPrefix(sorted: readonly string[], prefix: string): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < prefix) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return sorted[low]?.startsWith(prefix) ?? false;
}

function coverage(asked: number, met: number): number {
  return asked === 0 ? 1 : 0.5 + (0.5 * Math.min(asked, met)) / asked;
}
