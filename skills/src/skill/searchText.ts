import { findFences } from './code';
import type { ISkill } from './skill';

/** Words that say nothing about which skill is meant. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and any are as at be by can could do does for from get give has have how i if in ' +
    'into is it its let make me my need of on or our please show so some something that ' +
    'the their them then there this to up us use using want was we what when where which ' +
    'will with would you your'
  ).split(' ')
);

/** What the index reads of a skill, by field. */
export function toDocument(skill: ISkill): Record<string, string> {
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

/** The words of a text, as they are written. */
export function splitWords(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
}

/** Lower case, no accents, no plural; null drops the word. */
export function normalise(word: string): string | null {
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
