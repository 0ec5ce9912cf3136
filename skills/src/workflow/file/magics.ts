import { parsePython } from '../python/parse';
import { tokenise } from '../python/tokens';

/** The source with lines for IPython as comments, and how many these were. */
export function withoutMagics(source: string): {
  readonly text: string;
  readonly count: number;
} {
  const { statements } = parsePython(source);
  const cuts = tokenise(source).flatMap(({ kind, text, start, end }) => {
    if (kind === 'magic') {
      return [{ start, end }];
    }
    if (kind !== 'string' || !/^\s*[%!]/.test(text)) {
      return [];
    }
    // `files = !ls` goes with the statement that takes the value.
    const owner = statements.find(each => each.start <= start && end <= each.end);
    return [
      { start: lineStart(source, owner?.kind === 'Assign' ? owner.start : start), end }
    ];
  });
  let result = '';
  let at = 0;
  for (const { start, end } of cuts) {
    const isIndented = start > lineStart(source, start);
    const line = source.slice(start, end);
    // `%time statement` runs the statement.
    const timed = /^%time\s+(?=\S)/.exec(line)?.[0].length;
    const kept =
      timed === undefined
        ? `${isIndented ? 'pass  ' : ''}# ${line.replace(/\n/g, '\n# ')}`
        : line.slice(timed);
    result += source.slice(at, start) + kept;
    at = end;
  }
  return { text: result + source.slice(at), count: cuts.length };
}

function lineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1;
}
