import type { Expression } from './ast';
import { fault, isKind, lastEnd, nested, next, peek, type ICursor } from './cursor';
import { group } from './group';
import type { IField } from './strings';
import { tokeniseRange } from './tokens';

type Parser = (cursor: ICursor) => Expression;

/** String literals side by side; those of f-strings hold expressions. */
export function takeText(cursor: ICursor, field: Parser): Expression {
  const { start } = peek(cursor);
  const fields: Expression[] = [];
  const first = cursor.at;
  while (isKind(cursor, 'string')) {
    const token = next(cursor);
    for (const place of token.fields ?? []) {
      fields.push(takeField(cursor, place, field));
    }
  }
  const end = lastEnd(cursor);
  if (fields.length > 0) {
    return group(fields, start, end);
  }
  const text = cursor.source.slice(start, end);
  return { kind: 'Constant', start, end, ...(cursor.at === first + 1 ? { text } : {}) };
}

/** The expression in the braces of an f-string, whose tokens are read apart. */
function takeField(outer: ICursor, place: IField, field: Parser): Expression {
  const { source, depth } = outer;
  const tokens = tokeniseRange(source, place.start, place.end);
  const cursor: ICursor = { source, tokens, at: 0, depth: depth + 1 };
  const value = nested(cursor, field);
  if (!isKind(cursor, 'end')) {
    fault(cursor);
  }
  return value;
}
