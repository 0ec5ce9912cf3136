import type { Expression, IGenerator } from './ast';
import { accept, expect, isAt, lastEnd, peek, type ICursor } from './cursor';
import { asTarget } from './targets';

type Parser = (cursor: ICursor) => Expression;

/** Whether the `for` of a comprehension stands here. */
export function isComprehension(cursor: ICursor): boolean {
  return isAt(cursor, 'for') || (isAt(cursor, 'async') && isAt(cursor, 'for', 1));
}

/** The `for … in … if …` parts of a comprehension. */
export function takeGenerators(
  cursor: ICursor,
  primary: Parser,
  operation: Parser
): readonly IGenerator[] {
  const generators: IGenerator[] = [];
  while (isComprehension(cursor)) {
    accept(cursor, 'async');
    expect(cursor, 'for');
    const target = takeTargets(cursor, primary);
    expect(cursor, 'in');
    const iterable = operation(cursor);
    const conditions: Expression[] = [];
    while (accept(cursor, 'if')) {
      conditions.push(operation(cursor));
    }
    generators.push({ target, iterable, conditions });
  }
  return generators;
}

/** The targets of a `for`: no operators, so that `in` ends them. */
export function takeTargets(cursor: ICursor, primary: Parser): Expression {
  const { start } = peek(cursor);
  const first = takeTarget(cursor, primary);
  if (!isAt(cursor, ',')) {
    return asTarget(cursor, first);
  }
  const items = [first];
  while (accept(cursor, ',') && !isAt(cursor, 'in')) {
    items.push(takeTarget(cursor, primary));
  }
  return asTarget(cursor, { kind: 'Sequence', items, start, end: lastEnd(cursor) });
}

function takeTarget(cursor: ICursor, primary: Parser): Expression {
  const { start } = peek(cursor);
  const star = accept(cursor, '*');
  const value = primary(cursor);
  return star ? { kind: 'Starred', value, start, end: value.end } : value;
}
