import type { Expression, ICase, IHandler, IWithItem, Statement } from './ast';
import {
  accept,
  expect,
  fault,
  isAt,
  isKind,
  lastEnd,
  nested,
  next,
  peek,
  takeIdentifier,
  takeList,
  type ICursor
} from './cursor';
import {
  parseArguments,
  parseNamed,
  parseParameters,
  parsePrimary,
  parseStars,
  parseTargets,
  parseTest
} from './expressions';
import { parsePatterns } from './patterns';
import { endLine, parseLine, parseTypeParameters } from './simple';
import { asTarget } from './targets';

const COMPOUND: ReadonlySet<string> = new Set([
  'if',
  'while',
  'for',
  'try',
  'with',
  'def',
  'class',
  'async'
]);

/** Whether a compound statement begins here; `match` is one only when it reads as one. */
function startsCompound(cursor: ICursor): boolean {
  const { kind, text } = peek(cursor);
  if (kind === 'op') {
    return text === '@';
  }
  return (
    kind === 'name' && (COMPOUND.has(text) || (text === 'match' && isMatch(cursor)))
  );
}

/** A line `match …:` with an indented `case` below it. */
function isMatch(cursor: ICursor): boolean {
  for (let at = cursor.at + 1; ; at++) {
    const token = cursor.tokens[at];
    if (!token || token.kind === 'end' || token.kind === 'newline') {
      const colon = cursor.tokens[at - 1];
      return (
        at > cursor.at + 2 &&
        colon?.text === ':' &&
        cursor.tokens[at + 1]?.kind === 'indent' &&
        cursor.tokens[at + 2]?.text === 'case'
      );
    }
  }
}

/** A compound statement, or the simple statements of one line. */
export function parseStatement(cursor: ICursor): readonly Statement[] {
  if (isKind(cursor, 'magic')) {
    next(cursor);
    endLine(cursor);
    return [];
  }
  const compound = startsCompound(cursor);
  return compound ? [nested(cursor, parseCompound)] : parseLine(cursor);
}

function parseCompound(cursor: ICursor): Statement {
  const { start, text } = peek(cursor);
  switch (text) {
    case 'if':
      next(cursor);
      return parseIf(cursor, start);
    case 'while':
      return parseWhile(cursor, start);
    case 'for':
      return parseFor(cursor, start);
    case 'try':
      return parseTry(cursor, start);
    case 'with':
      return parseWith(cursor, start);
    case 'match':
      return parseMatch(cursor, start);
    case 'async':
      next(cursor);
      if (!isAt(cursor, 'for') && !isAt(cursor, 'with') && !isAt(cursor, 'def')) {
        fault(cursor);
      }
      return isAt(cursor, 'def')
        ? parseDefinition(cursor, start, [])
        : parseCompound(cursor);
    default:
      return parseDecorated(cursor, start);
  }
}

/** The indented or one-line body behind a colon. */
function parseBody(cursor: ICursor): readonly Statement[] {
  expect(cursor, ':');
  if (!isKind(cursor, 'newline')) {
    return isKind(cursor, 'magic') ? fault(cursor) : parseLine(cursor);
  }
  next(cursor);
  if (!isKind(cursor, 'indent')) {
    fault(cursor);
  }
  next(cursor);
  const statements: Statement[] = [];
  while (!isKind(cursor, 'dedent')) {
    statements.push(...nested(cursor, parseStatement));
  }
  next(cursor);
  return statements;
}

function parseElse(cursor: ICursor): readonly Statement[] {
  return accept(cursor, 'else') ? parseBody(cursor) : [];
}

function parseIf(cursor: ICursor, start: number): Statement {
  const test = parseNamed(cursor);
  const body = parseBody(cursor);
  const elif = peek(cursor).start;
  const otherwise = accept(cursor, 'elif')
    ? [nested(cursor, inner => parseIf(inner, elif))]
    : parseElse(cursor);
  return { kind: 'If', test, body, otherwise, start, end: lastEnd(cursor) };
}

function parseWhile(cursor: ICursor, start: number): Statement {
  next(cursor);
  const test = parseNamed(cursor);
  const body = parseBody(cursor);
  const otherwise = parseElse(cursor);
  return { kind: 'While', test, body, otherwise, start, end: lastEnd(cursor) };
}

function parseFor(cursor: ICursor, start: number): Statement {
  next(cursor);
  const target = parseTargets(cursor);
  expect(cursor, 'in');
  const iterable = parseStars(cursor);
  const body = parseBody(cursor);
  const otherwise = parseElse(cursor);
  const end = lastEnd(cursor);
  return { kind: 'For', target, iterable, body, otherwise, start, end };
}

function parseTry(cursor: ICursor, start: number): Statement {
  next(cursor);
  const body = parseBody(cursor);
  const handlers: IHandler[] = [];
  while (accept(cursor, 'except')) {
    accept(cursor, '*');
    const type = isAt(cursor, ':') ? undefined : parseTest(cursor);
    const name = type && accept(cursor, 'as') ? takeIdentifier(cursor).id : undefined;
    handlers.push({
      ...(type ? { type } : {}),
      ...(name === undefined ? {} : { name }),
      body: parseBody(cursor)
    });
  }
  const otherwise = handlers.length > 0 ? parseElse(cursor) : [];
  const ends = accept(cursor, 'finally');
  if (!ends && handlers.length === 0) {
    fault(cursor);
  }
  const final = ends ? parseBody(cursor) : [];
  return { kind: 'Try', body, handlers, otherwise, final, start, end: lastEnd(cursor) };
}

function parseWith(cursor: ICursor, start: number): Statement {
  next(cursor);
  const items = isBracketedWith(cursor)
    ? parseBracketedItems(cursor)
    : parseWithItems(cursor);
  const body = parseBody(cursor);
  return { kind: 'With', items, body, start, end: lastEnd(cursor) };
}

/** `with (a as b, c):`: brackets round the items, with `as` or a comma directly in them. */
function isBracketedWith(cursor: ICursor): boolean {
  if (!isAt(cursor, '(')) {
    return false;
  }
  let depth = 0;
  let items = false;
  for (let at = cursor.at; ; at++) {
    const token = cursor.tokens[at];
    if (!token || token.kind === 'newline' || token.kind === 'end') {
      return false;
    }
    if (token.kind === 'op' && '([{'.includes(token.text)) {
      depth += 1;
    } else if (token.kind === 'op' && ')]}'.includes(token.text)) {
      depth -= 1;
      if (depth === 0) {
        return items && cursor.tokens[at + 1]?.text === ':';
      }
    } else if (depth === 1 && (token.text === 'as' || token.text === ',')) {
      items = true;
    } else if (depth === 1 && (token.text === 'for' || token.text === ':=')) {
      return false;
    }
  }
}

function parseBracketedItems(cursor: ICursor): readonly IWithItem[] {
  expect(cursor, '(');
  return takeList(cursor, ')', parseWithItem);
}

function parseWithItems(cursor: ICursor): readonly IWithItem[] {
  const items: IWithItem[] = [];
  do {
    items.push(parseWithItem(cursor));
  } while (accept(cursor, ','));
  return items;
}

function parseWithItem(cursor: ICursor): IWithItem {
  const context = parseTest(cursor);
  return accept(cursor, 'as')
    ? { context, target: asTarget(cursor, parsePrimary(cursor)) }
    : { context };
}

function parseDecorated(cursor: ICursor, start: number): Statement {
  const decorators: Expression[] = [];
  while (accept(cursor, '@')) {
    decorators.push(parseNamed(cursor));
    if (!isKind(cursor, 'newline')) {
      fault(cursor);
    }
    next(cursor);
  }
  accept(cursor, 'async');
  return parseDefinition(cursor, start, decorators);
}

function parseDefinition(
  cursor: ICursor,
  start: number,
  decorators: readonly Expression[]
): Statement {
  if (accept(cursor, 'class')) {
    return parseClass(cursor, start, decorators);
  }
  expect(cursor, 'def');
  const nameAt = takeIdentifier(cursor);
  const typeParameters = parseTypeParameters(cursor);
  expect(cursor, '(');
  const parameters = parseParameters(cursor, ')', { annotated: true });
  expect(cursor, ')');
  const returns = accept(cursor, '->') ? parseTest(cursor) : undefined;
  const body = parseBody(cursor);
  const end = lastEnd(cursor);
  const parts = { decorators, typeParameters, parameters, body, start, end };
  const named = { kind: 'FunctionDef', name: nameAt.id, nameAt } as const;
  return { ...named, ...parts, ...(returns ? { returns } : {}) };
}

function parseClass(
  cursor: ICursor,
  start: number,
  decorators: readonly Expression[]
): Statement {
  const nameAt = takeIdentifier(cursor);
  const typeParameters = parseTypeParameters(cursor);
  const list = isAt(cursor, '(') ? parseArguments(cursor) : [];
  const body = parseBody(cursor);
  const parts = { decorators, typeParameters, arguments: list, body };
  const named = { kind: 'ClassDef', name: nameAt.id, nameAt } as const;
  return { ...named, ...parts, start, end: lastEnd(cursor) };
}

function parseMatch(cursor: ICursor, start: number): Statement {
  next(cursor);
  const subject = parseStars(cursor);
  expect(cursor, ':');
  cursor.at += 2;
  const cases: ICase[] = [];
  while (accept(cursor, 'case')) {
    const pattern = parsePatterns(cursor);
    const guard = accept(cursor, 'if') ? parseNamed(cursor) : undefined;
    cases.push({ pattern, ...(guard ? { guard } : {}), body: parseBody(cursor) });
  }
  if (!isKind(cursor, 'dedent')) {
    fault(cursor);
  }
  next(cursor);
  return { kind: 'Match', subject, cases, start, end: lastEnd(cursor) };
}
