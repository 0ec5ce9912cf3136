import MiniSearch from 'minisearch';
import { findFences } from './code';
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

/** Words that say nothing about which skill is meant. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and any are as at be by can could do does for from get give has have how i if in ' +
    'into is it its let make me my need of on or our please show so some something that ' +
    'the their them then there this to up us use using want was we what when where which ' +
    'will with would you your'
  ).split(' ')
);

/** Weight of a match with a typo or a beginning, against 1 of a whole word. */
const WEIGHTS = { fuzzy: 0.35, prefix: 0.6 };

/** Weight of a word that is known once two neighbouring letters change places. */
const SWAPPED = 0.5;

/** Builds an index; takes about half a millisecond a skill. */
export function createSkillSearch(skills: readonly ISkill[]): ISkillSearch {
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
      fuzzy: term => (term.length > 7 ? 2 : term.length > 3 ? 1 : false),
      weights: WEIGHTS,
      boostDocument: id => (byId.get(String(id))?.kind === 'context' ? 0.8 : 1)
    }
  });
  index.addAll([...byId.values()].map(toDocument));
  const vocabulary = [...words].sort();
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
    }
  };
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
  const known = latest;
  const same =
    known?.skills.length === skills.length &&
    known.skills.every((skill, index) => skill === skills[index]);
  const index = known && same ? known.index : createSkillSearch(skills);
  latest = { skills: [...skills], index };
  return index.search(query, limit);
}

function coverage(asked: number, met: number): number {
  return asked === 0 ? 1 : 0.5 + (0.5 * Math.min(asked, met)) / asked;
}

function toDocument(skill: ISkill): Record<string, string> {
  const ports = skill.kind === 'executable' ? [...skill.inputs, ...skill.outputs] : [];
  return {
    id: skill.id,
    name: skill.name,
    aliases: skill.aliases.join(' '),
    keywords: skill.keywords.join(' '),
    category: skill.category,
    ports: ports.map(port => `${port.name} ${port.description ?? ''}`).join(' '),
    description: skill.description,
    // That a long text repeats a word says little, and costs time.
    body: [...new Set(splitWords(withoutCode(skill.body)))].join(' ')
  };
}

/** Code would match by chance: every Python skill says `import` and `return`. */
function withoutCode(body: string): string {
  let text = '';
  let at = 0;
  for (const fence of findFences(body)) {
    text += body.slice(at, fence.start);
    at = fence.end;
  }
  return text + body.slice(at);
}

function splitWords(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
}

/** Lower case, no accents, no plural; null drops the word. */
function normalise(word: string): string | null {
  const plain = /^[\x20-\x7e]*$/.test(word)
    ? word.toLowerCase()
    : word
        .normalize('NFD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase();
  if (STOP_WORDS.has(plain)) {
    return null;
  }
  return plain.length > 3 && /[^sui]s$/.test(plain) ? plain.slice(0, -1) : plain;
}
