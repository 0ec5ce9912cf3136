import type { Expression, IName, Pattern } from './ast';
import {
  accept,
  expect,
  fault,
  isAt,
  isName,
  lastEnd,
  nested,
  next,
  peek,
  takeIdentifier,
  takeList,
  takeName,
  type ICursor
} from './cursor';
import { parseOperation, parsePrimary } from './expressions';

/** The pattern of a `case`, with commas outside brackets. */
export function parsePatterns(cursor: ICursor): Pattern {
  const first = parseStarPattern(cursor);
  if (!isAt(cursor, ',')) {
    return first;
  }
  const parts = [first];
  while (accept(cursor, ',') && !isAt(cursor, ':') && !isAt(cursor, 'if')) {
    parts.push(parseStarPattern(cursor));
  }
  return { kind: 'Parts', parts };
}

function parseStarPattern(cursor: ICursor): Pattern {
  return accept(cursor, '*')
    ? capture(takeIdentifier(cursor))
    : nested(cursor, parsePattern);
}

/** `_` matches all and binds nothing. */
function capture(at: IName, pattern?: Pattern): Pattern {
  if (at.id === '_' && !pattern) {
    return { kind: 'Parts', parts: [] };
  }
  return { kind: 'Capture', name: at.id, at, ...(pattern ? { pattern } : {}) };
}

function parsePattern(cursor: ICursor): Pattern {
  const parts = [parseClosed(cursor)];
  while (accept(cursor, '|')) {
    parts.push(parseClosed(cursor));
  }
  const [first] = parts;
  const pattern: Pattern =
    parts.length === 1 && first ? first : { kind: 'Parts', parts };
  return accept(cursor, 'as') ? capture(takeIdentifier(cursor), pattern) : pattern;
}

function parseClosed(cursor: ICursor): Pattern {
  const token = peek(cursor);
  if (isName(cursor)) {
    return parseNamedPattern(cursor);
  }
  if (token.kind === 'op' && (token.text === '(' || token.text === '[')) {
    const close = next(cursor).text === '(' ? ')' : ']';
    return { kind: 'Parts', parts: takeList(cursor, close, parseStarPattern) };
  }
  if (accept(cursor, '{')) {
    return { kind: 'Parts', parts: takeList(cursor, '}', parseEntry) };
  }
  const literal =
    token.kind === 'string' ||
    token.kind === 'number' ||
    (token.kind === 'op' && token.text === '-') ||
    ['None', 'True', 'False'].includes(token.text);
  return literal ? { kind: 'Value', value: parseLiteral(cursor) } : fault(cursor);
}

/** A literal: text, a number, or a complex number as a sum. */
function parseLiteral(cursor: ICursor): Expression {
  const { start } = peek(cursor);
  accept(cursor, '-');
  const items = [parsePrimary(cursor)];
  if (accept(cursor, '+') || accept(cursor, '-')) {
    items.push(parsePrimary(cursor));
  }
  return { kind: 'Group', items, start, end: lastEnd(cursor) };
}

/** A capture, `a.b`, or a class with its patterns. */
function parseNamedPattern(cursor: ICursor): Pattern {
  const name = takeIdentifier(cursor);
  const { start } = name;
  let value: Expression = name;
  if (!isAt(cursor, '.') && !isAt(cursor, '(')) {
    return capture(name);
  }
  while (accept(cursor, '.')) {
    const attribute = takeName(cursor);
    value = { kind: 'Attribute', value, attribute, start, end: lastEnd(cursor) };
  }
  if (!accept(cursor, '(')) {
    return { kind: 'Value', value };
  }
  return { kind: 'Parts', value, parts: takeList(cursor, ')', parseArgument) };
}

function parseArgument(cursor: ICursor): Pattern {
  if (isName(cursor) && isAt(cursor, '=', 1)) {
    cursor.at += 2;
  }
  return nested(cursor, parsePattern);
}

/** `key: pattern` or `**rest`. */
function parseEntry(cursor: ICursor): Pattern {
  if (accept(cursor, '**')) {
    return capture(takeIdentifier(cursor));
  }
  const value = parseOperation(cursor);
  expect(cursor, ':');
  return { kind: 'Parts', value, parts: [nested(cursor, parsePattern)] };
}
