/** An expression in an f-string: offsets of its source, braces left out. */
export interface IField {
  readonly start: number;
  readonly end: number;
}

/** A string literal: where it ends, and the expressions in it if it is an f-string. */
export interface IText {
  readonly end: number;
  readonly closed: boolean;
  readonly fields?: readonly IField[];
}

/**
 * Scans the literal that begins at `start`. One without end stops at its line's end, so
 * that the lines below still count.
 */
export function scanString(
  source: string,
  start: number,
  prefix: string,
  limit: number,
  depth = 0
): IText {
  const quote = source[start + prefix.length] ?? '"';
  const open = start + prefix.length;
  const mark = source.startsWith(quote.repeat(3), open) ? quote.repeat(3) : quote;
  const body = open + mark.length;
  if (!/f/i.test(prefix)) {
    return scanPlain(source, body, mark, limit);
  }
  const fields: IField[] = [];
  const scan: IFormat = { source, mark, raw: /r/i.test(prefix), limit, fields, depth };
  const end = scanFormat(scan, body, { spec: false });
  return end < 0
    ? { end: lineEnd(source, start, limit), closed: false }
    : { end: end + mark.length, closed: true, fields };
}

function scanPlain(source: string, body: number, mark: string, limit: number): IText {
  let at = body;
  while (at < limit) {
    const unit = source[at];
    if (unit === '\\') {
      at += source[at + 1] === '\r' && source[at + 2] === '\n' ? 3 : 2;
    } else if ((unit === '\n' || unit === '\r') && mark.length === 1) {
      return { end: at, closed: false };
    } else if (unit === mark[0] && source.startsWith(mark, at)) {
      return { end: at + mark.length, closed: true };
    } else {
      at += 1;
    }
  }
  const start = body - mark.length;
  return { end: lineEnd(source, start, limit), closed: false };
}

/** Where the line ends, at most at `limit`; Python ends lines at a lone `\r` too. */
export function lineEnd(source: string, start: number, limit: number): number {
  for (let at = start; at < limit; at++) {
    if (source[at] === '\n' || source[at] === '\r') {
      return at;
    }
  }
  return limit;
}

interface IFormat {
  readonly source: string;
  readonly mark: string;
  readonly raw: boolean;
  readonly limit: number;
  readonly fields: IField[];
  depth: number;
}

/** How deep f-strings may stand in each other; CPython's limit is 150. */
const MAX_DEPTH = 100;

/**
 * Scans the literal part of an f-string, or of a format specification. Gives the offset
 * of the closing mark (or of the specification's `}`), −1 when there is none.
 */
function scanFormat(scan: IFormat, body: number, { spec }: { spec: boolean }): number {
  const { source, mark, raw, limit } = scan;
  for (let at = body; at >= 0 && at < limit;) {
    const unit = source[at] ?? '';
    if (unit === '{') {
      if (!spec && source[at + 1] === '{') {
        at += 2;
      } else {
        at = scanField(scan, at + 1);
      }
    } else if (unit === '}' && spec) {
      return at;
    } else if (unit === '\\') {
      const named = raw ? null : /\\N\{[^}\r\n]*\}/y;
      if (named) {
        named.lastIndex = at;
      }
      const length = named?.exec(source)?.[0].length;
      const brace = source[at + 1] === '{' || source[at + 1] === '}';
      at += length ?? (brace ? 1 : 2);
    } else if ((unit === '\n' || unit === '\r') && mark.length === 1) {
      return -1;
    } else if (unit === mark[0] && source.startsWith(mark, at)) {
      return spec ? -1 : at;
    } else {
      at += 1;
    }
  }
  return -1;
}

/** Scans `expression = !r :spec }` from behind its brace; gives the offset behind `}`. */
function scanField(scan: IFormat, start: number): number {
  const { source } = scan;
  scan.depth += 1;
  const end = scan.depth > MAX_DEPTH ? -1 : endOfExpression(scan, start);
  if (end < 0) {
    return -1;
  }
  // `{name=}` shows the expression's text too.
  const shown = /(?<![=!<>:])=\s*$/.exec(source.slice(start, end));
  const exprEnd = shown ? start + shown.index : end;
  if (source.slice(start, exprEnd).trim() === '') {
    return -1;
  }
  scan.fields.push({ start, end: exprEnd });
  let at = end;
  if (source[at] === '!') {
    const conversion = /![sra]\s*/y;
    conversion.lastIndex = at;
    const length = conversion.exec(source)?.[0].length;
    if (length === undefined) {
      return -1;
    }
    at += length;
  }
  if (source[at] === ':') {
    at = scanFormat(scan, at + 1, { spec: true });
  }
  scan.depth -= 1;
  return at >= 0 && source[at] === '}' ? at + 1 : -1;
}

/** Offset of the `}`, `:` or `!` that ends an expression at its own bracket depth. */
function endOfExpression(scan: IFormat, start: number): number {
  const { source, limit } = scan;
  let depth = 0;
  for (let at = start; at < limit;) {
    const unit = source[at] ?? '';
    const prefix = /(?<!\w)(?:[rR][bBfF]?|[bBfF][rR]?|[uU])?(?=['"])/y;
    prefix.lastIndex = at;
    const string = prefix.exec(source);
    if (string && (unit === '"' || unit === "'" || string[0] !== '')) {
      const text = scanString(source, at, string[0], limit, scan.depth);
      if (!text.closed) {
        return -1;
      }
      at = text.end;
    } else if (depth === 0 && (unit === '}' || unit === ':')) {
      return at;
    } else if (depth === 0 && unit === '!' && source[at + 1] !== '=') {
      return at;
    } else {
      depth += '([{'.includes(unit) ? 1 : ')]}'.includes(unit) ? -1 : 0;
      at += unit === '!' ? 2 : 1;
    }
  }
  return -1;
}
