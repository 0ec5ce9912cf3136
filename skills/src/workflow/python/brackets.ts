import type { Expression } from './ast';
import { accept, expect, fault, isAt, lastEnd, type ICursor } from './cursor';
import { isComprehension, takeGenerators } from './generators';
import { group } from './group';

type Parser = (cursor: ICursor) => Expression;

/** How what stands between brackets is read. */
export interface IBracketParts {
  /** A value with or without a star, or a walrus. */
  readonly item: Parser;
  readonly test: Parser;
  readonly operation: Parser;
  readonly primary: Parser;
  readonly yielded: Parser;
}

/** A comprehension of which the elements have been read. */
interface IOpened {
  readonly elements: readonly Expression[];
  readonly start: number;
  readonly close: string;
}

/** A tuple, an expression in brackets, a `yield` or a generator. */
export function takeBrackets(cursor: ICursor, parts: IBracketParts): Expression {
  const { start } = expect(cursor, '(');
  if (accept(cursor, ')')) {
    return { kind: 'Sequence', items: [], start, end: lastEnd(cursor) };
  }
  if (isAt(cursor, 'yield')) {
    const value = parts.yielded(cursor);
    expect(cursor, ')');
    return value;
  }
  const first = parts.item(cursor);
  if (isComprehension(cursor)) {
    return closeComprehension(cursor, parts, { elements: [first], start, close: ')' });
  }
  const items = [first];
  while (accept(cursor, ',') && !isAt(cursor, ')')) {
    items.push(parts.item(cursor));
  }
  const tuple = items.length > 1 || isAt(cursor, ',', -1);
  expect(cursor, ')');
  if (!tuple && first.kind === 'Starred') {
    fault(cursor);
  }
  return tuple ? { kind: 'Sequence', items, start, end: lastEnd(cursor) } : first;
}

/** A list, or a comprehension of one. */
export function takeSquare(cursor: ICursor, parts: IBracketParts): Expression {
  const { start } = expect(cursor, '[');
  const items: Expression[] = [];
  while (!isAt(cursor, ']')) {
    items.push(parts.item(cursor));
    if (items.length === 1 && isComprehension(cursor)) {
      return closeComprehension(cursor, parts, { elements: items, start, close: ']' });
    }
    if (!accept(cursor, ',')) {
      break;
    }
  }
  expect(cursor, ']');
  return { kind: 'Sequence', items, start, end: lastEnd(cursor) };
}

/** A dict, a set, or a comprehension of either. */
export function takeBraces(cursor: ICursor, parts: IBracketParts): Expression {
  const { start } = expect(cursor, '{');
  const items: Expression[] = [];
  while (!isAt(cursor, '}')) {
    const before = items.length;
    if (accept(cursor, '**')) {
      items.push(parts.operation(cursor));
    } else {
      items.push(parts.item(cursor));
      if (accept(cursor, ':')) {
        items.push(parts.test(cursor));
      }
    }
    if (before === 0 && isComprehension(cursor)) {
      return closeComprehension(cursor, parts, { elements: items, start, close: '}' });
    }
    if (!accept(cursor, ',')) {
      break;
    }
  }
  expect(cursor, '}');
  return group(items, start, lastEnd(cursor));
}

function closeComprehension(
  cursor: ICursor,
  parts: IBracketParts,
  { elements, start, close }: IOpened
): Expression {
  const value = takeComprehension(cursor, parts, elements, start);
  expect(cursor, close);
  return { ...value, end: lastEnd(cursor) };
}

/** The `for` parts behind the elements; a lone argument of a call has no bracket of its own. */
export function takeComprehension(
  cursor: ICursor,
  { primary, operation }: Pick<IBracketParts, 'primary' | 'operation'>,
  elements: readonly Expression[],
  start: number
): Expression {
  const generators = takeGenerators(cursor, primary, operation);
  return { kind: 'Comprehension', elements, generators, start, end: lastEnd(cursor) };
}
