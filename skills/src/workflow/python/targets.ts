import type { Expression } from './ast';
import { fault, KEYWORDS, peek, type ICursor } from './cursor';

/** Checks that something can be assigned to. */
export function asTarget(cursor: ICursor, value: Expression): Expression {
  if (value.kind === 'Sequence') {
    value.items.forEach(item => asTarget(cursor, item));
  } else if (value.kind === 'Starred') {
    asTarget(cursor, value.value);
  } else if (!isSingleTarget(value)) {
    fault(cursor);
  }
  return value;
}

/** Whether `+=` and `:=` style assignment can go to it: no tuple, no list. */
export function isSingleTarget(value: Expression): boolean {
  return (
    value.kind === 'Name' || value.kind === 'Attribute' || value.kind === 'Subscript'
  );
}

const STARTING_WORDS: ReadonlySet<string> = new Set(
  'None True False lambda not await'.split(' ')
);

/** Whether an expression begins here. */
export function startsExpression(cursor: ICursor): boolean {
  const { kind, text } = peek(cursor);
  if (kind === 'op') {
    return ['(', '[', '{', '-', '+', '~', '*', '...'].includes(text);
  }
  const word = kind === 'name' && (!KEYWORDS.has(text) || STARTING_WORDS.has(text));
  return word || kind === 'string' || kind === 'number';
}
