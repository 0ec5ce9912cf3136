import fc from 'fast-check';
import { layoutCommits, orderCommits } from '../../src/history/commitGraph';

const entry = (oid: string, parents: readonly string[], time = 0) => ({
  oid,
  parents,
  author: { time }
});
type Entry = ReturnType<typeof entry>;
const byOid = (entries: readonly Entry[]): ReadonlyMap<string, Entry> =>
  new Map(entries.map(item => [item.oid, item]));

/** Any history: each commit has up to two of those before it as parents. */
const HISTORY = fc
  .array(fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.nat(5)), {
    minLength: 1,
    maxLength: 25
  })
  .map(items =>
    items.map(([first, second, isMerge, time], at) => {
      const parents = at === 0 ? [] : [`c${first % at}`];
      return entry(
        `c${at}`,
        isMerge && at > 0 ? [...parents, `c${second % at}`] : parents,
        time
      );
    })
  );

describe('orderCommits', () => {
  it('puts every reachable commit once, and children before parents', () => {
    fc.assert(
      fc.property(HISTORY, history => {
        const head = history.at(-1)?.oid ?? '';
        const ordered = orderCommits(byOid(history), head);
        const place = new Map(ordered.map(({ oid }, at) => [oid, at]));
        expect(place.size).toBe(ordered.length);
        expect(ordered[0]?.oid).toBe(head);
        for (const { oid, parents } of ordered) {
          for (const parent of parents) {
            expect(place.get(parent)).toBeGreaterThan(place.get(oid) ?? Infinity);
          }
        }
      })
    );
  });

  it('puts the newer of two lines of work first', () => {
    const history = [
      entry('base', [], 1),
      entry('mine', ['base'], 3),
      entry('theirs', ['base'], 2),
      entry('merge', ['mine', 'theirs'], 4)
    ];
    expect(orderCommits(byOid(history), 'merge').map(({ oid }) => oid)).toEqual([
      'merge',
      'mine',
      'theirs',
      'base'
    ]);
  });
});

describe('layoutCommits', () => {
  it('draws a line of commits in one column', () => {
    const rows = layoutCommits([entry('b', ['a']), entry('a', [])]);
    expect(rows).toEqual([
      { oid: 'b', column: 0, passing: [], above: [], below: [0] },
      { oid: 'a', column: 0, passing: [], above: [0], below: [] }
    ]);
  });

  it('draws a merge as two columns that join again', () => {
    const rows = layoutCommits([
      entry('m', ['x', 'y']),
      entry('x', ['r']),
      entry('y', ['r']),
      entry('r', [])
    ]);
    expect(rows.map(({ column }) => column)).toEqual([0, 0, 1, 0]);
    expect(rows[0]?.below).toEqual([0, 1]);
    expect(rows[2]?.below).toEqual([0]);
  });

  it('leads every line from a child to its parent without a gap', () => {
    fc.assert(
      fc.property(HISTORY, history => {
        const log = orderCommits(byOid(history), history.at(-1)?.oid ?? '');
        const rows = layoutCommits(log);
        rows.forEach((row, at) => {
          const down = [...new Set([...row.passing, ...row.below])].sort();
          const next = rows[at + 1];
          const up = next ? [...new Set([...next.passing, ...next.above])].sort() : [];
          expect(down).toEqual(up);
          expect(row.passing).not.toContain(row.column);
          expect(row.below).toHaveLength(new Set(log[at]?.parents).size);
        });
      })
    );
  });

  it('lays out ten thousand commits at once', () => {
    const log = Array.from({ length: 10_000 }, (_, at) =>
      entry(`${10_000 - at}`, at === 9999 ? [] : [`${9999 - at}`], 10_000 - at)
    );
    expect(layoutCommits(orderCommits(byOid(log), '10000'))).toHaveLength(10_000);
  });
});
