import type { IModule, Statement } from './ast';
import { isKind, peek, SyntaxFault, type ICursor } from './cursor';
import { parseStatement } from './statements';
import { tokenise } from './tokens';

/**
 * Reads a cell. A statement that is no Python is left out with everything in it, and the
 * next statement of the module is tried, so that a half-typed cell keeps its other lines.
 */
export function parsePython(source: string): IModule {
  const tokens = tokenise(source);
  const cursor: ICursor = { source, tokens, at: 0, depth: 0 };
  const statements: Statement[] = [];
  const faults: number[] = [];
  while (!isKind(cursor, 'end')) {
    const start = cursor.at;
    try {
      statements.push(...parseStatement(cursor));
    } catch (error) {
      if (!(error instanceof SyntaxFault)) {
        throw error;
      }
      faults.push(peek(cursor).start);
      cursor.at = start;
      cursor.depth = 0;
      skipStatement(cursor);
    }
  }
  return { statements, complete: faults.length === 0, faults };
}

/** Moves behind the line at the cursor and behind the block below it, if it has one. */
function skipStatement(cursor: ICursor): void {
  let depth = 0;
  for (let first = true; !isKind(cursor, 'end'); first = false) {
    const { kind } = peek(cursor);
    if (kind === 'indent') {
      depth += 1;
    } else if (kind === 'dedent') {
      depth -= 1;
    }
    cursor.at += 1;
    const lineEnds = kind === 'newline' || (kind === 'dedent' && !first);
    if (lineEnds && depth <= 0 && !isKind(cursor, 'indent')) {
      return;
    }
  }
}
