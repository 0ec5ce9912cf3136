import type { ITokenUsage } from './conversation';

/**
 * What a model costs, in US dollars for a million tokens, and how much it can read. The
 * table is the setting `prices` of the assistant.
 */
export interface IModelPrice {
  /** The model's name or its beginning; the longest that fits counts. */
  readonly model: string;
  readonly input: number;
  readonly output: number;
  /** Without it: a tenth of `input`. */
  readonly cacheRead?: number;
  /** Without it: a quarter more than `input`. */
  readonly cacheWrite?: number;
  /** Tokens that fit into one request. */
  readonly context?: number;
}

/** Tokens that a model of which nothing is known can surely read. */
export const DEFAULT_CONTEXT = 128_000;

/** What follows when a name is that of a later version: `claude-opus-5` in `…-5-5`. */
const LATER = /^[-.]?\d{1,2}(?!\d)/;

/**
 * The price of a model, by the longest beginning of its name; a vendor's prefix is
 * skipped. A later version is another model, with a price that nobody knows.
 */
export function findPrice(
  model: string,
  prices: readonly IModelPrice[]
): IModelPrice | undefined {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return prices
    .filter(price => {
      const start = price.model.toLowerCase();
      return name.startsWith(start) && !LATER.test(name.slice(start.length));
    })
    .reduce<IModelPrice | undefined>(
      (best, price) =>
        best === undefined || price.model.length > best.model.length ? price : best,
      undefined
    );
}

/** US dollars of an answer. */
export function costOf(usage: ITokenUsage, price: IModelPrice): number {
  const { input, output } = price;
  const { cacheRead = input / 10, cacheWrite = input * 1.25 } = price;
  return (
    (usage.input * input +
      usage.output * output +
      usage.cacheRead * cacheRead +
      usage.cacheWrite * cacheWrite) /
    1e6
  );
}

/**
 * About how many tokens a text has: a word of plain text is one for every four letters,
 * marks and digits count more, other scripts about one a character. Measured answers lie
 * within about a fifth of it.
 */
export function estimateTokens(text: string): number {
  let count = 0;
  for (const [run] of text.matchAll(/[A-Za-z]+|[0-9]+|[ \t]+|[^A-Za-z0-9 \t]/g)) {
    const first = run.charCodeAt(0);
    if (first === 32 || first === 9) {
      // One space belongs to the word behind it.
      count += run.length > 1 ? 1 : 0;
    } else if (/[A-Za-z]/.test(run)) {
      count += Math.ceil(run.length / 6);
    } else if (/[0-9]/.test(run)) {
      count += Math.ceil(run.length / 3);
    } else {
      count += first > 127 ? 0.9 : 0.7;
    }
  }
  return Math.ceil(count);
}

/** The beginning of a text that has at most so many tokens, ending at a line. */
export function truncateToTokens(
  text: string,
  limit: number
): { readonly text: string; readonly isCut: boolean } {
  if (estimateTokens(text) <= limit) {
    return { text, isCut: false };
  }
  let used = 0;
  let end = 0;
  for (const line of text.split('\n')) {
    used += estimateTokens(line) + 1;
    if (used > limit) {
      break;
    }
    end += line.length + 1;
  }
  return { text: text.slice(0, Math.max(0, end - 1)), isCut: true };
}
