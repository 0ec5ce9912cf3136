import { formatPython, readPython } from '../../skill/python';
import type { IPort, JsonValue } from '../../skill/skill';
import { checkInput } from '../../skill/values';

/** A value that an input takes in a sweep: as data, and as Python writes it. */
export interface ISweepValue {
  readonly value: JsonValue;
  /** A literal; that of a number input is a float, since 1 and 1.0 have other keys. */
  readonly text: string;
}

/** Values at even distances, or, on a log scale, in even ratios; both ends are among them. */
export interface ISweepRange {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly scale: 'linear' | 'log';
}

/** The values of an input, or why there are none, as a sentence for people. */
export type SweepValues =
  | { readonly ok: true; readonly values: readonly ISweepValue[] }
  | { readonly ok: false; readonly reason: string };

/** Points of a sweep at most: its cell's text and table hold all of them. */
export const MOST_POINTS = 10_000;

/** Types whose values a range can give. */
const RANGED: ReadonlySet<string> = new Set(['number', 'integer', 'any']);

/** Types whose values have no colon. */
const NUMBERS: ReadonlySet<string> = new Set(['number', 'integer']);

/** Whether the values of an input can be given by their ends and how many they are. */
export function takesRange(port: IPort): boolean {
  return RANGED.has(port.type) && !port.enum;
}

/**
 * The values of a range, as `--sweep CELL.INPUT=A:B:N` has them; those of an integer are
 * rounded, and none comes twice.
 *
 * @example
 * rangeValues('s', port, { from: 0, to: 1, count: 3, scale: 'linear' }); // 0.0, 0.5, 1.0
 */
export function rangeValues(
  skill: string,
  port: IPort,
  range: ISweepRange
): SweepValues {
  const fault = rangeFault(port, range);
  if (fault !== null) {
    return { ok: false, reason: fault };
  }
  const numbers = spread(range);
  const values =
    port.type === 'integer' ? [...new Set(numbers.map(roundHalfEven))] : numbers;
  const isFloat = port.type !== 'integer';
  return checked(
    skill,
    port,
    values.map(value => ({ value, text: isFloat ? floatText(value) : String(value) }))
  );
}

function rangeFault(port: IPort, range: ISweepRange): string | null {
  const { from, to, count, scale } = range;
  if (!takesRange(port)) {
    return `"${port.name}" takes no range: give its values one by one.`;
  }
  if (!Number.isFinite(from) || !Number.isFinite(to)) {
    return `Give two numbers between which "${port.name}" goes.`;
  }
  if (!Number.isInteger(count) || count < 1 || count > MOST_POINTS) {
    return `Give a whole number of points from 1 to ${MOST_POINTS}.`;
  }
  return scale === 'log' && !(from * to > 0)
    ? 'On a log scale both ends must have the same sign, and none may be 0.'
    : null;
}

/** Larger than what the arithmetic of a range adds to its values, in parts of them. */
const NOISE = 8 * Number.EPSILON;

/**
 * Both ends exactly, between them what one would write: 1 and not 0.9999999999999999. Each
 * value is the same in whatever language it is computed.
 */
function spread({ from, to, count, scale }: ISweepRange): readonly number[] {
  if (count === 1) {
    return [from];
  }
  const greatest = Math.max(Math.abs(from), Math.abs(to));
  const at = (share: number): number =>
    scale === 'log'
      ? plain(from * (to / from) ** share)
      : plain(from + (to - from) * share, greatest);
  return Array.from({ length: count }, (_, n) =>
    n === 0 ? from : n === count - 1 ? to : at(n / (count - 1))
  );
}

/** The value with 12 digits or 0, where that differs by no more than noise. */
function plain(value: number, size = Math.abs(value)): number {
  const rounded = Math.abs(value) < NOISE * size ? 0 : Number(value.toPrecision(12));
  return Math.abs(rounded - value) <= NOISE * size ? rounded : value;
}

/** As Python rounds: a half goes to the even neighbour. */
function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const isHalf = value - low === 0.5;
  const rounded = isHalf ? (low % 2 === 0 ? low : low + 1) : Math.round(value);
  return rounded === 0 ? 0 : rounded;
}

function floatText(value: number): string {
  const text = formatPython(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** One value as it is typed: text without quotes where the input is a text. */
export function readValue(
  skill: string,
  port: IPort,
  text: string
): ISweepValue | { readonly reason: string } {
  const value = readItem(port, text.trim());
  const problem = 'reason' in value ? null : checkInput(skill, port, value.value);
  return problem ? { reason: problem.message } : value;
}

/**
 * Values as they are typed: `A:B:N`, a list in brackets, or values with commas between
 * them, text without quotes where the input is a text, and numbers such as 4k7 where it
 * takes anything.
 */
export function readValues(skill: string, port: IPort, text: string): SweepValues {
  const trimmed = text.trim();
  const parts = trimmed.split(':');
  const isList = trimmed.startsWith('[');
  if (parts.length === 3 && RANGED.has(port.type) && !isList) {
    const [from = NaN, to = NaN, count = NaN] = parts.map(part =>
      part.trim() === '' ? NaN : Number(part)
    );
    return rangeValues(skill, port, { from, to, count, scale: 'linear' });
  }
  if (parts.length > 1 && NUMBERS.has(port.type) && !isList) {
    const reason =
      'Write A:B:N for N values from A to B, such as 0.4:2.5:24, ' +
      'or the values with commas between them.';
    return { ok: false, reason };
  }
  const items = isList ? listItems(trimmed) : splitItems(trimmed);
  if (!items) {
    return { ok: false, reason: `The list of "${port.name}" is no list of values.` };
  }
  const values: ISweepValue[] = [];
  for (const item of items) {
    const value = readItem(port, item);
    if ('reason' in value) {
      return { ok: false, ...value };
    }
    values.push(value);
  }
  return checked(skill, port, values);
}

/** Values that are data already, such as the arguments of a command. */
export function givenValues(
  skill: string,
  port: IPort,
  given: readonly JsonValue[]
): SweepValues {
  return checked(
    skill,
    port,
    given.map(value => toValue(port, value, formatPython(value)))
  );
}

/** Values as the list field of a form shows them; `readValues` gives them back. */
export function formatValues(values: readonly ISweepValue[]): string {
  const texts = values.map(({ text }) => text);
  return texts.every(text => /^[-+.\w]+$/.test(text))
    ? texts.join(', ')
    : `[${texts.join(', ')}]`;
}

/** JSON's words too, which the command line reads. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['true', 'True'],
  ['false', 'False'],
  ['null', 'None']
]);

/** A number with what it is scaled by, such as 4k7, which is no Python. */
const SCALED = /^[-+]?\.?\d[\w.]*$/;

function readItem(
  port: IPort,
  item: string
): ISweepValue | { readonly reason: string } {
  const text = WORDS.get(item) ?? item;
  const value = readPython(text);
  const isUnquoted =
    (port.type === 'string' && typeof value !== 'string') ||
    (port.type === 'any' && value === undefined && SCALED.test(item));
  if (isUnquoted) {
    return { value: item, text: formatPython(item) };
  }
  if (value === undefined) {
    const advice = port.type === 'any' ? ' Write a text in quotes.' : '';
    return { reason: `"${item}" is no value for "${port.name}".${advice}` };
  }
  return toValue(port, value, text);
}

function toValue(port: IPort, value: JsonValue, text: string): ISweepValue {
  if (port.type === 'number' && typeof value === 'number') {
    return { value, text: floatText(value) };
  }
  // An integer that was typed as 2.0 is the integer 2.
  return { value, text: port.type === 'any' ? text : formatPython(value) };
}

/** The parts of a text between its outer commas. */
function splitItems(text: string): readonly string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

/** The items of a list literal as they are written; null when it has no end. */
function listItems(text: string): readonly string[] | null {
  const items: string[] = [];
  let depth = 0;
  let start = 1;
  let quote = '';
  for (let at = 1; at < text.length; at++) {
    const letter = text[at] ?? '';
    const isEnd = depth === 0 && letter === ']';
    if (quote !== '') {
      at += letter === '\\' ? 1 : 0;
      quote = letter === quote ? '' : quote;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
    } else if (isEnd || (depth === 0 && letter === ',')) {
      items.push(text.slice(start, at).trim());
      start = at + 1;
      if (isEnd) {
        return at === text.length - 1 ? items.filter(item => item !== '') : null;
      }
    } else {
      depth += '[({'.includes(letter) ? 1 : ')}]'.includes(letter) ? -1 : 0;
    }
  }
  return null;
}

/** The values, each fitting the input and none twice; else what is wrong with the first. */
function checked(
  skill: string,
  port: IPort,
  values: readonly ISweepValue[]
): SweepValues {
  if (values.length === 0) {
    return { ok: false, reason: `Give values for "${port.name}".` };
  }
  if (values.length > MOST_POINTS) {
    return { ok: false, reason: `Give at most ${MOST_POINTS} values.` };
  }
  for (const { value } of values) {
    const problem = checkInput(skill, port, value);
    if (problem) {
      return { ok: false, reason: problem.message };
    }
  }
  const byText = new Map(values.map(value => [value.text, value]));
  return { ok: true, values: [...byText.values()] };
}
