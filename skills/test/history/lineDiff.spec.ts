import fc from 'fast-check';
import { lineDiff, matchItems } from '../../src/history/lineDiff';

const TEXT = fc
  .array(fc.constantFrom('a', 'b', 'c', 'x = 1', '}'), { maxLength: 30 })
  .map(lines => lines.join('\n'));

describe('lineDiff', () => {
  it('shows what was added and removed with line numbers', () => {
    expect(lineDiff('a\nb\nc', 'a\nx\nc')).toEqual([
      { kind: 'same', text: 'a', before: 1, after: 1 },
      { kind: 'removed', text: 'b', before: 2 },
      { kind: 'added', text: 'x', after: 2 },
      { kind: 'same', text: 'c', before: 3, after: 3 }
    ]);
  });

  it('gives both texts back, whatever they are', () => {
    fc.assert(
      fc.property(TEXT, TEXT, (before, after) => {
        const lines = lineDiff(before, after);
        const side = (other: string): string =>
          lines
            .filter(({ kind }) => kind !== other)
            .map(({ text }) => text)
            .join('\n');
        expect(side('added')).toBe(before);
        expect(side('removed')).toBe(after);
      })
    );
  });

  it('finds a longest common subsequence', () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(items, items, (a, b) => {
        const pairs = matchItems(a, b);
        expect(pairs.every(([x, y]) => a[x] === b[y])).toBe(true);
        expect(
          pairs.every(([x, y], at) => at === 0 || rises(pairs[at - 1], [x, y]))
        ).toBe(true);
        expect(pairs).toHaveLength(longest(a, b));
      })
    );
  });

  it('shows very unlike texts as one replaced by the other', () => {
    const text = (letter: string): string =>
      Array.from({ length: 3000 }, (_, index) => `${letter}${index}`).join('\n');
    const lines = lineDiff(text('a'), text('b'));
    expect(lines[0]?.kind).toBe('removed');
    expect(lines.at(-1)?.kind).toBe('added');
    expect(lines).toHaveLength(6000);
  });
});

function rises(
  before: readonly [number, number] | undefined,
  [x, y]: readonly [number, number]
): boolean {
  return before === undefined || (before[0] < x && before[1] < y);
}

/** By the table of all prefixes: slow and plain. */
function longest(a: readonly string[], b: readonly string[]): number {
  const row = new Array<number>(b.length + 1).fill(0);
  for (const item of a) {
    let diagonal = 0;
    b.forEach((other, at) => {
      const above = row[at + 1] ?? 0;
      row[at + 1] = item === other ? diagonal + 1 : Math.max(above, row[at] ?? 0);
      diagonal = above;
    });
  }
  return row[b.length] ?? 0;
}
