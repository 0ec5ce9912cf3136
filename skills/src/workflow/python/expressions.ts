import type { Expression, IArgument, IParameter } from './ast';
import {
  takeBraces,
  takeBrackets,
  takeComprehension,
  takeSquare,
  type IBracketParts
} from './brackets';
import {
  accept,
  BINARY,
  expect,
  fault,
  isAt,
  isName,
  KEYWORDS,
  lastEnd,
  nested,
  next,
  normalName,
  peek,
  takeList,
  takeName,
  type ICursor
} from './cursor';
import { isComprehension, takeTargets } from './generators';
import { group } from './group';
import { takeParameters } from './parameters';
import { startsExpression } from './targets';
import { takeText } from './text';

/** `a := b`, or an expression. */
export function parseNamed(cursor: ICursor): Expression {
  if (!isName(cursor) || !isAt(cursor, ':=', 1)) {
    return parseTest(cursor);
  }
  const { start, end } = peek(cursor);
  const target = { kind: 'Name', id: takeName(cursor), start, end } as const;
  next(cursor);
  const value = parseTest(cursor);
  return { kind: 'Walrus', target, value, start, end: value.end };
}

/** One expression without comma: a conditional, a lambda or an operation. */
export function parseTest(cursor: ICursor): Expression {
  return nested(cursor, parseTestHere);
}

function parseTestHere(cursor: ICursor): Expression {
  if (isAt(cursor, 'lambda')) {
    return parseLambda(cursor);
  }
  const body = parseOperation(cursor);
  if (!accept(cursor, 'if')) {
    return body;
  }
  const test = parseOperation(cursor);
  expect(cursor, 'else');
  const otherwise = parseTest(cursor);
  // Python evaluates the condition first.
  return group([test, body, otherwise], body.start, otherwise.end);
}

/**
 * Operands with operators between them. All of Python's operators evaluate from left to
 * right, so that their precedence does not matter here.
 */
export function parseOperation(cursor: ICursor): Expression {
  const first = parseOperand(cursor);
  const items = [first];
  let consumes = false;
  for (;;) {
    const token = peek(cursor);
    const known = token.kind === 'op' || token.kind === 'name';
    if (known && token.text === 'not' && isAt(cursor, 'in', 1)) {
      cursor.at += 2;
      consumes = true;
    } else if (known && BINARY.has(token.text)) {
      cursor.at += 1;
      consumes ||= token.text === 'in';
      if (token.text === 'is') {
        accept(cursor, 'not');
      }
    } else {
      return items.length === 1
        ? first
        : group(items, first.start, lastEnd(cursor), { consumes });
    }
    items.push(parseOperand(cursor));
  }
}

function parseOperand(cursor: ICursor): Expression {
  const { start, text, kind } = peek(cursor);
  if (kind === 'op' && (text === '-' || text === '+' || text === '~')) {
    next(cursor);
    const value = nested(cursor, parseOperand);
    return group([value], start, value.end);
  }
  if (kind === 'name' && text === 'not') {
    next(cursor);
    const value = nested(cursor, parseOperand);
    return group([value], start, value.end);
  }
  if (kind === 'name' && text === 'await') {
    next(cursor);
    const value = nested(cursor, parsePrimary);
    return { kind: 'Await', value, start, end: value.end };
  }
  return parsePrimary(cursor);
}

/** Links of a chain `a.b(c)[d]…`; each is one level of the tree. */
const MAX_CHAIN = 1000;

/** An atom with calls, indices and attributes behind it. */
export function parsePrimary(cursor: ICursor): Expression {
  const { start } = peek(cursor);
  let value = parseAtom(cursor);
  for (let links = 0; ; links++) {
    const token = peek(cursor);
    if (token.kind !== 'op') {
      return value;
    }
    if (links > MAX_CHAIN) {
      fault(cursor);
    }
    if (token.text === '.') {
      next(cursor);
      const attribute = takeName(cursor);
      value = { kind: 'Attribute', value, attribute, start, end: lastEnd(cursor) };
    } else if (token.text === '(') {
      const list = parseArguments(cursor);
      const end = lastEnd(cursor);
      const open = token.start;
      value = { kind: 'Call', callee: value, arguments: list, open, start, end };
    } else if (token.text === '[') {
      next(cursor);
      const index = parseIndex(cursor);
      expect(cursor, ']');
      value = { kind: 'Subscript', value, index, start, end: lastEnd(cursor) };
    } else {
      return value;
    }
  }
}

function parseIndex(cursor: ICursor): Expression {
  const { start } = peek(cursor);
  const items: Expression[] = [];
  let consumes = false;
  do {
    if (isAt(cursor, ']') && items.length > 0) {
      break;
    }
    const isStarred = accept(cursor, '*');
    consumes ||= isStarred;
    items.push(isStarred ? parseOperation(cursor) : parseSlice(cursor));
  } while (accept(cursor, ','));
  return group(items, start, lastEnd(cursor), { consumes });
}

function parseSlice(cursor: ICursor): Expression {
  const { start } = peek(cursor);
  const items: Expression[] = [];
  if (!isAt(cursor, ':')) {
    items.push(parseNamed(cursor));
  }
  for (let colons = 0; colons < 2 && accept(cursor, ':'); colons++) {
    if (!isAt(cursor, ':') && !isAt(cursor, ',') && !isAt(cursor, ']')) {
      items.push(parseTest(cursor));
    }
  }
  return group(items, start, lastEnd(cursor));
}

/** A call's or a class's arguments, brackets included. */
export function parseArguments(cursor: ICursor): readonly IArgument[] {
  expect(cursor, '(');
  return takeList(cursor, ')', inner => nested(inner, parseArgument));
}

function parseArgument(cursor: ICursor): IArgument {
  const { start, text, kind } = peek(cursor);
  let name: string | null = null;
  let star: IArgument['star'] = '';
  if (kind === 'op' && (text === '*' || text === '**')) {
    next(cursor);
    star = text;
  } else if (isName(cursor) && isAt(cursor, '=', 1)) {
    name = takeName(cursor);
    next(cursor);
  }
  const valueStart = peek(cursor).start;
  const first = name === null && star === '' ? parseNamed(cursor) : parseTest(cursor);
  const value = isComprehension(cursor)
    ? takeComprehension(cursor, BETWEEN, [first], valueStart)
    : first;
  const end = lastEnd(cursor);
  return { name, star, value, valueStart, valueEnd: end, start, end };
}

function parseLambda(cursor: ICursor): Expression {
  const { start } = expect(cursor, 'lambda');
  const parameters = parseParameters(cursor, ':', { annotated: false });
  expect(cursor, ':');
  const body = parseTest(cursor);
  return { kind: 'Lambda', parameters, body, start, end: body.end };
}

/** The parameters of a function, or of a lambda, up to the token that closes them. */
export function parseParameters(
  cursor: ICursor,
  close: string,
  { annotated }: { annotated: boolean }
): readonly IParameter[] {
  return takeParameters(cursor, close, {
    annotation: annotated ? parseAnnotation : null,
    value: parseTest
  });
}

function parseAnnotation(cursor: ICursor): Expression {
  return accept(cursor, '*') ? parseOperation(cursor) : parseTest(cursor);
}

function parseAtom(cursor: ICursor): Expression {
  const token = peek(cursor);
  const { start, end, text } = token;
  if (token.kind === 'string') {
    return takeText(cursor, parseStarsOrYield);
  }
  if (token.kind === 'number') {
    next(cursor);
    return { kind: 'Constant', start, end };
  }
  if (token.kind === 'name') {
    if (text === 'None' || text === 'True' || text === 'False') {
      next(cursor);
      return { kind: 'Constant', start, end };
    }
    if (KEYWORDS.has(text)) {
      fault(cursor);
    }
    next(cursor);
    return { kind: 'Name', id: normalName(text), start, end };
  }
  if (token.kind === 'op') {
    if (text === '(') {
      return nested(cursor, inner => takeBrackets(inner, BETWEEN));
    }
    if (text === '[') {
      return nested(cursor, inner => takeSquare(inner, BETWEEN));
    }
    if (text === '{') {
      return nested(cursor, inner => takeBraces(inner, BETWEEN));
    }
    if (text === '...') {
      next(cursor);
      return { kind: 'Constant', start, end };
    }
  }
  return fault(cursor);
}

/** `a`, `a, b`, `*a, b`: one expression or a tuple without brackets. */
export function parseStars(cursor: ICursor): Expression {
  const { start } = peek(cursor);
  const first = parseItem(cursor);
  if (!isAt(cursor, ',')) {
    return first;
  }
  const items = [first];
  while (accept(cursor, ',') && startsExpression(cursor)) {
    items.push(parseItem(cursor));
  }
  return { kind: 'Sequence', items, start, end: lastEnd(cursor) };
}

/** What may stand on the right of `=`: values with stars, or a `yield`. */
export function parseStarsOrYield(cursor: ICursor): Expression {
  return isAt(cursor, 'yield') ? parseYield(cursor) : parseStars(cursor);
}

function parseYield(cursor: ICursor): Expression {
  const { start } = expect(cursor, 'yield');
  const items = accept(cursor, 'from')
    ? [parseTest(cursor)]
    : startsExpression(cursor)
      ? [parseStars(cursor)]
      : [];
  return group(items, start, lastEnd(cursor));
}

function parseStarOr(
  cursor: ICursor,
  other: (cursor: ICursor) => Expression
): Expression {
  const { start } = peek(cursor);
  if (!accept(cursor, '*')) {
    return other(cursor);
  }
  const value = parseOperation(cursor);
  return { kind: 'Starred', value, start, end: value.end };
}

function parseItem(cursor: ICursor): Expression {
  return parseStarOr(cursor, parseNamed);
}

const BETWEEN: IBracketParts = {
  item: parseItem,
  test: parseTest,
  operation: parseOperation,
  primary: parsePrimary,
  yielded: parseYield
};

/** The targets of a `for`. */
export function parseTargets(cursor: ICursor): Expression {
  return takeTargets(cursor, parsePrimary);
}
