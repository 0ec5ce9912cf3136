import { lineEnd, scanString, type IField } from './strings';

/** Kinds of token; `magic` stands for a whole line that IPython, not Python, reads. */
export type TokenKind =
  | 'name'
  | 'number'
  | 'string'
  | 'op'
  | 'newline'
  | 'indent'
  | 'dedent'
  | 'magic'
  | 'error'
  | 'end';

/** A piece of the source; offsets count UTF-16 units. */
export interface IToken {
  readonly kind: TokenKind;
  /** The token's text; empty for indentation and the end. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of f-strings: the expressions in it, in the order of their evaluation. */
  readonly fields?: readonly IField[];
}

const NAME =
  /[\p{L}\p{Nl}_\u2118\u212E\u309B\u309C][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}_\u00B7\u0387\u1369-\u1371\u19DA\u2118\u212E\u309B\u309C]*/uy;
const NUMBER =
  /(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?)/y;
const OPERATOR =
  /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|\*\*|\/\/|>>|<<|[-+*/%&|^@=!<>]=|[-+*/%&|^~<>@()[\]{},:.;=]/y;
const SPACE = /(?:[ \t\f]|\\(?:\r\n?|\n))*/y;
const ASSIGNED_MAGIC = /[ \t]*[%!](?!=)(?:[^\r\n\\]|\\(?:\r\n?|\n)|\\)*/y;
const PREFIX = /(?:[rR][bBfF]?|[bBfF][rR]?|[uU])?(?=['"])/y;

/** What the scanner carries along; `at` is the only thing that moves freely. */
interface IScan {
  readonly source: string;
  readonly end: number;
  readonly tokens: IToken[];
  /** Offsets of brackets that are open. */
  readonly open: {
    readonly at: number;
    readonly tokens: number;
    readonly text: string;
  }[];
  readonly indents: number[];
  /** Brackets that never close: their line ends as if they were not there. */
  readonly unclosed: Set<number>;
  at: number;
}

const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** How often a bracket without end may be mended before the rest is given up. */
const MAX_MENDS = 20;

/** The tokens of a cell. Never fails: what is no Python becomes `error` tokens. */
export function tokenise(source: string): readonly IToken[] {
  const unclosed = new Set<number>();
  for (;;) {
    const scan = createScan(source, 0, source.length, unclosed);
    const base = /^(?:[ \t\f]*(?:#[^\n]*)?\r?\n)*([ \t]*)/.exec(source)?.[1] ?? '';
    scan.indents.push(widthOf(base));
    while (scan.at < scan.end) {
      scanLine(scan);
    }
    const first = scan.open[0];
    if (first && unclosed.size < MAX_MENDS) {
      unclosed.add(first.at);
      continue;
    }
    closeLine(scan);
    for (let depth = scan.indents.length; depth > 1; depth--) {
      push(scan, 'dedent', scan.end, scan.end);
    }
    push(scan, 'end', scan.end, scan.end);
    return scan.tokens;
  }
}

/** The tokens of an expression within a source, as in the braces of an f-string. */
export function tokeniseRange(
  source: string,
  start: number,
  end: number
): readonly IToken[] {
  const scan = createScan(source, start, end, new Set());
  scan.open.push({ at: start, tokens: 0, text: '' });
  while (scan.at < scan.end) {
    scanToken(scan);
  }
  push(scan, 'end', end, end);
  return scan.tokens;
}

function createScan(
  source: string,
  at: number,
  end: number,
  unclosed: Set<number>
): IScan {
  return { source, end, tokens: [], open: [], indents: [], unclosed, at };
}

function push(
  scan: IScan,
  kind: TokenKind,
  start: number,
  end: number,
  fields?: readonly IField[]
): void {
  const text = scan.source.slice(start, end);
  scan.tokens.push(
    fields ? { kind, text, start, end, fields } : { kind, text, start, end }
  );
}

/** Ends a logical line that has tokens. */
function closeLine(scan: IScan): void {
  const last = scan.tokens[scan.tokens.length - 1];
  if (last && last.kind !== 'newline' && last.kind !== 'dedent') {
    push(scan, 'newline', scan.at, scan.at);
  }
}

/** Tabs reach to the next multiple of eight, as in CPython. */
function widthOf(indent: string): number {
  let width = 0;
  for (const unit of indent) {
    // A form feed starts the line anew.
    width =
      unit === '\f' ? 0 : unit === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1;
  }
  return width;
}

/** Reads one logical line: indentation, then tokens up to a line end outside brackets. */
function scanLine(scan: IScan): void {
  const { source } = scan;
  let start = scan.at;
  while (source[start] === ' ' || source[start] === '\t' || source[start] === '\f') {
    start += 1;
  }
  const next = source[start];
  if (next === undefined || next === '\n' || next === '\r' || next === '#') {
    const end = lineEnd(source, start, scan.end);
    scan.at = Math.min(source.startsWith('\r\n', end) ? end + 2 : end + 1, scan.end);
    return;
  }
  const width = start === scan.at ? 0 : widthOf(source.slice(scan.at, start));
  scan.at = start;
  scanIndent(scan, width);
  if (next === '%' || next === '!' || next === '?') {
    scanMagic(scan, scan.at);
    return;
  }
  const first = scan.tokens.length;
  while (scan.at < scan.end) {
    const unit = source[scan.at] ?? '';
    if ((unit === '\n' || unit === '\r') && scan.open.length === 0) {
      scan.at += unit === '\r' && source[scan.at + 1] === '\n' ? 2 : 1;
      closeLine(scan);
      return;
    }
    if (unit === '?' && scan.open.length === 0 && isHelp(scan)) {
      const start = scan.tokens[first]?.start ?? scan.at;
      scan.tokens.length = first;
      scanMagic(scan, start);
      return;
    }
    scanToken(scan);
  }
}

/** `name?` and `name??` at the end of a line ask IPython for help. */
function isHelp(scan: IScan): boolean {
  const help = /\?{1,2}[ \t]*(?:[\r\n]|$)/y;
  help.lastIndex = scan.at;
  return help.test(scan.source);
}

function scanIndent(scan: IScan, width: number): void {
  const { indents, at } = scan;
  // IPython takes the first line's indentation off all lines.
  const base = indents[0] ?? 0;
  const column = Math.max(width, base);
  const current = indents[indents.length - 1] ?? 0;
  if (column > current) {
    indents.push(column);
    push(scan, 'indent', at, at);
    return;
  }
  while (column < (indents[indents.length - 1] ?? 0)) {
    indents.pop();
    push(scan, 'dedent', at, at);
  }
  if (column !== (indents[indents.length - 1] ?? 0)) {
    push(scan, 'error', at, at);
  }
}

/** Takes the rest of the line, with lines that a backslash adds, as one token. */
function scanMagic(scan: IScan, start: number): void {
  const line = /(?:[^\r\n\\]|\\(?:\r\n?|\n)|\\)*/y;
  line.lastIndex = start;
  const length = line.exec(scan.source)?.[0].length ?? 0;
  push(scan, 'magic', start, start + length);
  scan.at = start + length;
  closeLine(scan);
}

/** Reads a token or skips space; what begins here is told by its first character. */
function scanToken(scan: IScan): void {
  const { source, at } = scan;
  const unit = source[at] ?? '';
  if (unit === ' ' || unit === '\t' || unit === '\f' || unit === '\\') {
    const end = unit === ' ' && source[at + 1] !== ' ' ? at + 1 : matchEnd(SPACE, scan);
    if (end === at || (end === at + 1 && unit === '\\')) {
      scanUnknown(scan);
    } else {
      scan.at = end;
    }
  } else if (unit === '\n' || unit === '\r') {
    scan.at += 1;
  } else if (unit === '#') {
    scan.at = lineEnd(source, at, scan.end);
  } else if (isLetter(unit)) {
    if (!('rRbBfFuU'.includes(unit) && scanText(scan))) {
      scanName(scan);
    }
  } else if (unit === '"' || unit === "'") {
    scanText(scan);
  } else if (isDigit(unit) || (unit === '.' && isDigit(source[at + 1] ?? ''))) {
    scanMatch(scan, NUMBER, 'number');
  } else if (!scanOperator(scan, unit) && !scanMatch(scan, NAME, 'name')) {
    scanUnknown(scan);
  }
}

function isLetter(unit: string): boolean {
  return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || unit === '_';
}

function isDigit(unit: string): boolean {
  return unit >= '0' && unit <= '9';
}

function scanUnknown(scan: IScan): void {
  push(scan, 'error', scan.at, scan.at + 1);
  scan.at += 1;
}

function scanText(scan: IScan): boolean {
  PREFIX.lastIndex = scan.at;
  const prefix = PREFIX.exec(scan.source)?.[0];
  if (prefix === undefined) {
    return false;
  }
  const text = scanString(scan.source, scan.at, prefix, scan.end);
  push(scan, text.closed ? 'string' : 'error', scan.at, text.end, text.fields);
  scan.at = text.end;
  return true;
}

/** A name of ASCII letters, which nearly all are, or else by Unicode's rules. */
function scanName(scan: IScan): void {
  const { source } = scan;
  let end = scan.at + 1;
  while (
    end < scan.end &&
    (isLetter(source[end] ?? '') || isDigit(source[end] ?? ''))
  ) {
    end += 1;
  }
  if (source.charCodeAt(end) > 127) {
    scanMatch(scan, NAME, 'name');
    return;
  }
  push(scan, 'name', scan.at, end);
  scan.at = end;
}

function scanMatch(scan: IScan, pattern: RegExp, kind: 'name' | 'number'): boolean {
  const end = matchEnd(pattern, scan);
  const found = end > scan.at;
  if (found) {
    push(scan, kind, scan.at, end);
    scan.at = end;
  }
  return found;
}

/** Where a sticky pattern's match here ends; `test` spares the array that `exec` makes. */
function matchEnd(pattern: RegExp, scan: IScan): number {
  pattern.lastIndex = scan.at;
  return pattern.test(scan.source) ? pattern.lastIndex : scan.at;
}

function scanOperator(scan: IScan, unit: string): boolean {
  const start = scan.at;
  const end = matchEnd(OPERATOR, scan);
  if (end === start) {
    return false;
  }
  scan.at = end;
  if (unit === '(' || unit === '[' || unit === '{') {
    if (scan.unclosed.has(start)) {
      push(scan, 'error', start, scan.at);
      return true;
    }
    scan.open.push({ at: start, tokens: scan.tokens.length, text: unit });
  } else if (CLOSING[unit] !== undefined) {
    const opening = scan.open[scan.open.length - 1];
    if (opening && opening.text !== CLOSING[unit]) {
      push(scan, 'error', start, scan.at);
      return true;
    }
    scan.open.pop();
  }
  push(scan, 'op', start, scan.at);
  if (unit === '=' && end === start + 1 && scan.open.length === 0) {
    scanAssignedMagic(scan);
  }
  return true;
}

/** `files = !ls` and `t = %timeit f()`: the right side is a value of some kind. */
function scanAssignedMagic(scan: IScan): void {
  const end = matchEnd(ASSIGNED_MAGIC, scan);
  if (end > scan.at) {
    push(scan, 'string', scan.at, end);
    scan.at = end;
  }
}
