/** Longest title of a node of plain code, in characters. */
const LIMIT = 60;

/** What a cell of plain code is called: its first comment, else its first telling line. */
export function titleOfCode(source: string): string {
  const lines = source
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  const [first = ''] = lines;
  const comment = /^#\s*(?:%%)?\s*(.+)$/.exec(first)?.[1];
  const telling =
    lines.find(line => !/^(#|import\b|from\b|@|"""|''')/.test(line)) ?? first;
  const title = comment ?? telling;
  return title.length > LIMIT ? `${title.slice(0, LIMIT - 1)}…` : title;
}
