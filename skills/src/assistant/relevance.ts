import { librarySearch } from '../skill/librarySearch';
import { normalise, splitWords } from '../skill/searchText';
import type { ISkill } from '../skill/skill';
import { isColour } from './colours';

/** How the words of a question divide into things that are asked for by themselves. */
const ASKS = /[,;.?!:\n]+|\b(?:and then|then|and|plus|after that|afterwards)\b/i;

/** Words of a question that tell how it asks, or of any picture, not what it is about. */
const ASKING: ReadonlySet<string> = new Set(
  (
    'all about again against along also another best better between both but compare diagram each ' +
    'every example explain few good he help her here his just kind many model more most ' +
    'much must new no not now one only other out over own per please put run say she should ' +
    'slow so take tell than too two under very way well who why write'
  ).split(' ')
);

/** Words that are quantities or their units: `10k`, `3x3`, `kHz`. */
const QUANTITY =
  /^(?:\p{N}|[kMGmunpµ]?(?:Hz|eV|[Oo]hms?|[VAFHWΩÅ])$|(?:volt|farad|angstrom)s?$)/u;
/** Words that are names by how they are written: `LiH`, `QAOA`, `N2`. */
const NAME = /.\p{Lu}|\p{L}\p{N}/u;
/** A name that no skill knows is what the question is about: it counts so many times. */
const UNKNOWN_NAME = 2.5;
/** From this on a skill has a word itself, not one like it or only in a guide's text. */
const OWN = 0.6;
/**
 * From this share on a skill answers what is asked. Tuned on the questions of
 * `skills/test/assistant/questions.ts`: those that some skill answers, and those that none
 * does.
 */
const FITS = 0.4;
/** Share of the best one's from which on another answers it too. */
const BESIDE = 0.7;

/** How a skill meets what is asked. */
export interface ICover {
  /** The share of the informative words that its text has, from 0 to 1. */
  readonly share: number;
  /** The words that it has itself. */
  readonly words: readonly string[];
}

/** One thing that a question asks for. */
export interface IAsked {
  readonly text: string;
  /** By id; skills that have none of its words are left out. */
  readonly covers: ReadonlyMap<string, ICover>;
  /** Those that answer it. */
  readonly fitting: ReadonlySet<string>;
}

/**
 * What a question asks for, and how much of each skills cover: the share of its informative
 * words, where a word counts the more the fewer skills have it, and most when none has.
 * The whole comes first, then its parts, where there are several.
 */
export function askedOf(
  skills: readonly ISkill[],
  question: string
): readonly [IAsked, ...IAsked[]] {
  const parts = question
    .split(ASKS)
    .map(part => part.trim())
    .filter(part => wordsAsked(part).length > 0);
  return [
    askedIn(skills, question),
    ...(parts.length > 1 ? parts.map(part => askedIn(skills, part)) : [])
  ];
}

function askedIn(skills: readonly ISkill[], text: string): IAsked {
  const index = librarySearch(skills);
  const covers = new Map<string, { share: number; words: string[] }>();
  let total = 0;
  for (const word of wordsAsked(text)) {
    const held = index.lookUp(word);
    if (held.size === 0 && isColour(word)) {
      continue; // It is a value, unless a skill is about it.
    }
    const isName = held.size === 0 && NAME.test(word);
    const rarity = Math.log(1 + skills.length / (held.size + 0.5));
    const weight = rarity * (isName ? UNKNOWN_NAME : 1);
    total += weight;
    for (const [id, part] of held) {
      const cover = covers.get(id) ?? { share: 0, words: [] };
      cover.share += part * weight;
      cover.words.push(...(part >= OWN ? [word] : []));
      covers.set(id, cover);
    }
  }
  covers.forEach(cover => (cover.share /= total));
  const best = Math.max(...[...covers.values()].map(({ share }) => share));
  const limit = Math.max(FITS, best * BESIDE);
  const fitting = [...covers].filter(([, { share }]) => share >= limit);
  return { text, covers, fitting: new Set(fitting.map(([id]) => id)) };
}

/** The informative words of a text, each once, as it is written first. */
function wordsAsked(text: string): readonly string[] {
  const found = new Map<string, string>();
  for (const word of splitWords(text)) {
    const term = QUANTITY.test(word) || word.length < 2 ? null : normalise(word);
    if (term !== null && !ASKING.has(term) && !found.has(term)) {
      found.set(term, word);
    }
  }
  return [...found.values()];
}
