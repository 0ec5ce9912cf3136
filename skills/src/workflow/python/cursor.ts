import type { IName } from './ast';
import type { IToken, TokenKind } from './tokens';

/** A place in a list of tokens; the parser's functions move it. */
export interface ICursor {
  readonly source: string;
  readonly tokens: readonly IToken[];
  at: number;
  /** Nesting of expressions and statements, so that hostile input cannot end the stack. */
  depth: number;
}

/** Thrown where the source is no Python, caught where the next statement begins. */
export class SyntaxFault extends Error {}

const MAX_DEPTH = 400;

const END: IToken = { kind: 'end', text: '', start: 0, end: 0 };

/** Words that cannot be names. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else ' +
    'except finally for from global if import in is lambda nonlocal not or pass raise ' +
    'return try while with yield'
  ).split(' ')
);

/** Operators between two operands. */
export const BINARY: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '@',
  '**',
  '<<',
  '>>',
  '&',
  '|',
  '^',
  '<',
  '>',
  '==',
  '!=',
  '<=',
  '>=',
  'and',
  'or',
  'in',
  'is'
]);

/**
 * The token here or some places ahead; an end token behind the last, never undefined.
 */
export function peek(cursor: ICursor, ahead = 0): IToken {
  return cursor.tokens[cursor.at + ahead] ?? END;
}

/** Takes the token here, whatever it is. */
export function next(cursor: ICursor): IToken {
  const token = peek(cursor);
  cursor.at += 1;
  return token;
}

/** The end of the token before the cursor. */
export function lastEnd(cursor: ICursor): number {
  return cursor.tokens[cursor.at - 1]?.end ?? 0;
}

/** Whether an operator or keyword stands here. */
export function isAt(cursor: ICursor, text: string, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.text === text && (token.kind === 'op' || token.kind === 'name');
}

/** For kinds that any text may have: numbers, strings, line ends. */
export function isKind(cursor: ICursor, kind: TokenKind): boolean {
  return peek(cursor).kind === kind;
}

/** Takes an operator or keyword if it stands here. */
export function accept(cursor: ICursor, text: string): boolean {
  const found = isAt(cursor, text);
  if (found) {
    cursor.at += 1;
  }
  return found;
}

/** Takes what must stand here. @throws SyntaxFault when something else does */
export function expect(cursor: ICursor, text: string): IToken {
  if (!isAt(cursor, text)) {
    fault(cursor);
  }
  return next(cursor);
}

/** Whether a name that is no keyword stands here. */
export function isName(cursor: ICursor, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.kind === 'name' && !KEYWORDS.has(token.text);
}

/** Takes a name; Python compares names in their NFKC form. */
export function takeName(cursor: ICursor): string {
  if (!isName(cursor)) {
    fault(cursor);
  }
  return normalName(next(cursor).text);
}

/** Takes a name with its place. */
export function takeIdentifier(cursor: ICursor): IName {
  const { start, end } = peek(cursor);
  return { kind: 'Name', id: takeName(cursor), start, end };
}

/** A name as Python compares it (PEP 3131); plain ASCII is left as it is, for speed. */
export function normalName(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFKC');
}

/** Gives up on this statement. @throws SyntaxFault always */
export function fault(cursor: ICursor): never {
  throw new SyntaxFault(`unexpected ${peek(cursor).kind}`);
}

/** Runs a step one level deeper. */
export function nested<T>(cursor: ICursor, step: (cursor: ICursor) => T): T {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) {
    fault(cursor);
  }
  const value = step(cursor);
  cursor.depth -= 1;
  return value;
}

/** Items with commas between them, a comma behind the last one too, and the closing bracket. */
export function takeList<T>(
  cursor: ICursor,
  close: string,
  item: (cursor: ICursor) => T
): readonly T[] {
  const items: T[] = [];
  while (!isAt(cursor, close)) {
    items.push(item(cursor));
    if (!accept(cursor, ',')) {
      break;
    }
  }
  expect(cursor, close);
  return items;
}
