/** Lines of a netlist as SPICE reads them: continued, without comments, cut into words. */

/** A logical line, and how many `.subckt` it stands in. */
export interface ICard {
  readonly text: string;
  readonly depth: number;
}

/** All cards but comments and the bodies of `.control`. */
export function cardsOf(text: string): readonly ICard[] {
  const cards: ICard[] = [];
  let depth = 0;
  let isControl = false;
  for (const line of joined(text)) {
    if (/^\.control\b/i.test(line)) {
      isControl = true;
    } else if (/^\.endc\b/i.test(line)) {
      isControl = false;
    } else if (/^\.end$/i.test(line)) {
      break;
    } else if (!isControl) {
      const isStart = /^\.subckt\b/i.test(line);
      depth -= /^\.ends\b/i.test(line) && depth > 0 ? 1 : 0;
      cards.push({ text: line, depth });
      depth += isStart ? 1 : 0;
    }
  }
  return cards;
}

function joined(text: string): readonly string[] {
  const lines: string[] = [];
  for (const raw of text.split(/\r?\n/)) {
    // `;` and ` $ ` begin comments; `*` does at the beginning of a line.
    const line = raw.replace(/(;|\s\$\s).*$/, '').trim();
    if (line === '' || line.startsWith('*')) {
      continue;
    }
    if (line.startsWith('+') && lines.length > 0) {
      lines.push(`${lines.pop() ?? ''} ${line.slice(1).trim()}`);
    } else {
      lines.push(line);
    }
  }
  return lines;
}

/**
 * Words of a card. What stands in brackets, braces or quotes stays together, and so
 * does `name = value`.
 *
 * @example wordsOf('V1 a 0 SIN(0 1 1k)') // ['V1', 'a', '0', 'SIN(0 1 1k)']
 */
export function wordsOf(card: string): string[] {
  const words: string[] = [];
  let word = '';
  let depth = 0;
  let quote = '';
  const text = card.replace(/\s*=\s*/g, '=').replace(/\s+\(/g, '(');
  for (const char of text) {
    const ends = /[\s,]/.test(char) && depth === 0 && quote === '';
    if (ends) {
      words.push(word);
      word = '';
      continue;
    }
    if (quote) {
      quote = char === quote ? '' : quote;
    } else if (char === "'" || char === '"') {
      quote = char;
    } else {
      depth += '({'.includes(char) ? 1 : ')}'.includes(char) ? -1 : 0;
      depth = Math.max(depth, 0);
    }
    word += char;
  }
  return [...words, word].filter(Boolean);
}
