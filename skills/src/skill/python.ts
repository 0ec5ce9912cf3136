import type { JsonValue } from './skill';

/**
 * A JSON value as a Python literal. Text is written with double quotes and escapes that
 * Python and JSON share, so that the reader below gives the same value back.
 */
export function formatPython(value: JsonValue): string {
  if (value === null) {
    return 'None';
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if (typeof value === 'number') {
    return formatNumber(value);
  }
  if (typeof value === 'string') {
    return formatText(value);
  }
  if (isList(value)) {
    return `[${value.map(formatPython).join(', ')}]`;
  }
  const entries = Object.entries(value);
  return `{${entries.map(([key, item]) => `${formatText(key)}: ${formatPython(item)}`).join(', ')}}`;
}

/**
 * A value as an argument that people read: a text of several lines keeps its lines, in
 * triple quotes; anything else as `formatPython` has it.
 */
export function formatArgument(value: JsonValue): string {
  return typeof value === 'string' && value.includes('\n')
    ? formatLines(value)
    : formatPython(value);
}

function formatLines(text: string): string {
  const lines = text
    .split('\n')
    .map(line => formatText(line).slice(1, -1).replaceAll('\\"', '"'))
    .join('\n')
    .replace(/"$/, '\\"')
    .replaceAll('"""', '""\\"');
  return `"""${lines}"""`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** JavaScript writes 1e21 as Python does; −0 keeps its sign only as a float. */
function formatNumber(value: number): string {
  if (Object.is(value, -0)) {
    return '-0.0';
  }
  return Number.isFinite(value)
    ? String(value)
    : `float("${String(value).toLowerCase().replace('infinity', 'inf')}")`;
}

function formatText(text: string): string {
  // DEL and the line separators are legal in a literal but invisible to a reader.
  const invisible =
    /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
  return JSON.stringify(text).replace(
    invisible,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
}

/**
 * Reads a Python literal of JSON's kind: numbers, text, True, False, None, lists, tuples
 * and dicts with text keys. Undefined for every other expression.
 */
export function readPython(source: string): JsonValue | undefined {
  const reader: IReader = { source, at: 0, depth: 0 };
  const value = readValue(reader);
  skipSpace(reader);
  return value === undefined || reader.at < source.length ? undefined : value;
}

interface IReader {
  readonly source: string;
  at: number;
  depth: number;
}

const NAMES: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['None', null],
  ['True', true],
  ['False', false]
]);
const NUMBER =
  /[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\d(?:_?\d)*)?\.?\d(?:_?\d)*\.?(?:[eE][-+]?\d+)?)(?![\w.])/y;
const MAX_DEPTH = 200;

function readValue(reader: IReader): JsonValue | undefined {
  skipSpace(reader);
  const { source } = reader;
  const first = source[reader.at] ?? '';
  if (first === '"' || first === "'") {
    return readText(reader);
  }
  if (first === '[' || first === '(' || first === '{') {
    reader.depth += 1;
    const value =
      reader.depth > MAX_DEPTH
        ? undefined
        : first === '{'
          ? readDict(reader)
          : readItems(reader, first === '[' ? ']' : ')');
    reader.depth -= 1;
    return value;
  }
  const word = /[A-Za-z]+(?!\w)/y;
  word.lastIndex = reader.at;
  const name = word.exec(source)?.[0];
  if (name !== undefined) {
    reader.at += name.length;
    return NAMES.get(name);
  }
  NUMBER.lastIndex = reader.at;
  const digits = NUMBER.exec(source)?.[0];
  if (digits === undefined) {
    return undefined;
  }
  reader.at += digits.length;
  return toNumber(digits);
}

function toNumber(digits: string): number | undefined {
  const plain = digits.replace(/_/g, '');
  // Python refuses 012, JavaScript reads it.
  if (/^[-+]?0\d+$/.test(plain) && !/^[-+]?0+$/.test(plain)) {
    return undefined;
  }
  const negative = plain.startsWith('-');
  const value = Number(plain.replace(/^[-+]/, ''));
  // Python's integer -0 is 0.
  return negative && !(value === 0 && /^-\d+$/.test(plain)) ? -value : value;
}

function readItems(reader: IReader, end: string): JsonValue | undefined {
  const items: JsonValue[] = [];
  let comma = false;
  for (reader.at += 1; ; reader.at += 1) {
    skipSpace(reader);
    if (reader.source[reader.at] === end) {
      break;
    }
    const item = readValue(reader);
    if (item === undefined) {
      return undefined;
    }
    items.push(item);
    skipSpace(reader);
    if (reader.source[reader.at] === end) {
      break;
    }
    if (reader.source[reader.at] !== ',') {
      return undefined;
    }
    comma = true;
  }
  reader.at += 1;
  // Brackets round one value are no tuple: (3) is 3.
  return end === ')' && items.length === 1 && !comma ? items[0] : items;
}

function readDict(reader: IReader): JsonValue | undefined {
  const entries = new Map<string, JsonValue>();
  for (reader.at += 1; ; reader.at += 1) {
    skipSpace(reader);
    if (reader.source[reader.at] === '}') {
      break;
    }
    const key = readValue(reader);
    skipSpace(reader);
    if (typeof key !== 'string' || reader.source[reader.at] !== ':') {
      return undefined;
    }
    reader.at += 1;
    const value = readValue(reader);
    if (value === undefined) {
      return undefined;
    }
    entries.set(key, value);
    skipSpace(reader);
    if (reader.source[reader.at] === '}') {
      break;
    }
    if (reader.source[reader.at] !== ',') {
      return undefined;
    }
  }
  reader.at += 1;
  return Object.fromEntries(entries);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '/': '\\/',
  '\n': ''
};

function readText(reader: IReader): string | undefined {
  const { source } = reader;
  const quote = source[reader.at] ?? '';
  const triple = source.startsWith(quote.repeat(3), reader.at);
  const end = triple ? quote.repeat(3) : quote;
  let text = '';
  for (reader.at += end.length; reader.at < source.length;) {
    if (source.startsWith(end, reader.at)) {
      reader.at += end.length;
      return text;
    }
    const unit = source[reader.at] ?? '';
    if (unit === '\n' && !triple) {
      return undefined;
    }
    if (unit !== '\\') {
      text += unit;
      reader.at += 1;
      continue;
    }
    const escape = readEscape(reader);
    if (escape === undefined) {
      return undefined;
    }
    text += escape;
  }
  return undefined;
}

function readEscape(reader: IReader): string | undefined {
  const { source } = reader;
  const kind = source[reader.at + 1] ?? '';
  const digits = { x: 2, u: 4, U: 8 }[kind];
  if (digits !== undefined) {
    const hex = source.slice(reader.at + 2, reader.at + 2 + digits);
    reader.at += 2 + digits;
    const code = parseInt(hex, 16);
    const valid = hex.length === digits && /^[0-9a-fA-F]+$/.test(hex);
    return valid && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  }
  // Octal and \N{…} escapes are left to Python.
  if (/[1-7N]/.test(kind) || /^0[0-7]/.test(source.slice(reader.at + 1))) {
    return undefined;
  }
  reader.at += 2;
  return ESCAPES[kind] ?? `\\${kind}`;
}

function skipSpace(reader: IReader): void {
  const space = /(?:[ \t\r\n\f]|\\\r?\n|#[^\n]*)*/y;
  space.lastIndex = reader.at;
  reader.at += space.exec(reader.source)?.[0].length ?? 0;
}
