import { isRecord } from '../json';
import { isSecretName, MASK, maskText } from '../session/mask';

/** Variables that are told of, and letters of a line, at most. */
const MOST_LINES = 40;
const MOST_LETTERS = 400;

/** Types whose values are no secrets, whatever the name: `use_token`, `token_count`. */
const PLAIN_TYPES: ReadonlySet<unknown> = new Set(['int', 'float', 'bool', 'NoneType']);

/** Tokens whose shape shows at the end only, which previews cut off. */
const CUT_TOKENS =
  /\beyJ[A-Za-z0-9_-]{8,}[A-Za-z0-9._-]*|(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]+:)[^\s:/@'"]+(?=['"]…)/gi;

/**
 * What a kernel says of variables (`llmos._glance`), one line each: name, type, shape and a
 * small preview. It goes to the model's provider, so secrets are taken out, by the name of
 * the variable and by the shape of a token. The answer comes from the notebook's own Python:
 * whatever is odd is left out, and no line is longer than it may be.
 *
 * @example
 * variableLines({ x: { type: 'ndarray float64', shape: [3, 4], preview: '0, 0, …' } });
 * // ['x: ndarray float64 (3, 4) = 0, 0, …']
 */
export function variableLines(answer: unknown): readonly string[] {
  return isRecord(answer)
    ? Object.entries(answer)
        .slice(0, MOST_LINES)
        .flatMap(([name, facts]) => {
          const lineOf = (words: string): string =>
            `${name}: ${words}`.replace(/\s+/g, ' ');
          const words = wordsOf(name, facts);
          const whole = lineOf(words);
          const line =
            whole.length > MOST_LETTERS ? lineOf(wordsOf(name, facts, true)) : whole;
          return words === ''
            ? []
            : line.length > MOST_LETTERS
              ? `${line.slice(0, MOST_LETTERS - 1)}…`
              : line;
        })
    : [];
}

/** @param isShort - members that have a size go by that, so that all are named */
function wordsOf(name: string, facts: unknown, isShort = false): string {
  if (!isRecord(facts) || typeof facts['type'] !== 'string') {
    return '';
  }
  const { type, shape, preview, members } = facts;
  const sizes = Array.isArray(shape)
    ? shape.filter(size => Number.isInteger(size))
    : [];
  const inner = isRecord(members)
    ? Object.entries(members).map(([each, of]) => {
        const sized = isShort && isRecord(of) && Array.isArray(of['shape']);
        return `${each}: ${wordsOf(each, sized ? { ...of, preview: '' } : of)}`;
      })
    : [];
  const shown =
    isSecretName(name) && !PLAIN_TYPES.has(type)
      ? MASK
      : typeof preview === 'string'
        ? maskText(preview).replace(CUT_TOKENS, MASK)
        : '';
  return [
    type,
    sizes.length > 0 ? ` (${sizes.join(', ')})` : '',
    typeof preview === 'string' && preview !== '' ? ` = ${shown}` : '',
    inner.length > 0 ? ` { ${inner.join('; ')} }` : ''
  ].join('');
}
