import fc from 'fast-check';
import { ancestors, buildGraph, descendants, type ICellSource } from '../../src/index';

const cells = (...sources: string[]): ICellSource[] =>
  sources.map((source, index) => ({ id: `c${index}`, source }));
const edges = (...sources: string[]): string[] =>
  buildGraph(cells(...sources)).edges.map(
    ({ from, name, to, late }) => `${from} ${name} ${to}${late ? ' late' : ''}`
  );

describe('buildGraph', () => {
  it('leads from the nearest definition above', () => {
    expect(edges('x = 1', 'y = x', 'x = 2', 'z = x + y')).toEqual([
      'c0 x c1',
      'c2 x c3',
      'c1 y c3'
    ]);
  });

  it('leads from a cell that changes the value in place, and to it', () => {
    expect(edges('x = []', 'x.append(1)', 'print(x)')).toEqual(['c0 x c1', 'c1 x c2']);
  });

  it('gives a cell that redefines a name its own source', () => {
    expect(edges('df = load()', 'df = df.dropna()', 'df')).toEqual([
      'c0 df c1',
      'c1 df c2'
    ]);
  });

  it('marks a name that only cells below define', () => {
    expect(edges('print(x)', 'x = 1', 'x = 2')).toEqual(['c1 x c0 late']);
    expect(edges('x = x + 1')).toEqual([]);
  });

  it('draws nothing for names that no cell defines', () => {
    expect(edges('y = x', 'z = math.pi')).toEqual([]);
  });

  it('finds skill calls under a name imported above', () => {
    const graph = buildGraph(
      cells('from llmos import skill as s', 'h = await s("a")()', 'await s("b")(x=h.x)')
    );
    expect(graph.cells.map(({ calls }) => calls.map(call => call.skill))).toEqual([
      [],
      ['a'],
      ['b']
    ]);
  });

  it('reads only the cell that changed', () => {
    const before = buildGraph(cells('x = 1', 'y = x', 'z = y'));
    const after = buildGraph(cells('x = 1', 'y = x + 1', 'z = y'), before);
    const same = after.cells.map(
      (cell, index) => cell.analysis === before.cells[index]?.analysis
    );
    expect(same).toEqual([true, false, true]);
  });

  it('gives the same graph step by step as at once', () => {
    const source = fc.constantFrom(
      'x = 1',
      'y = x',
      'x += y',
      'z.append(x)',
      'z = []',
      'print(x, y, z)',
      'x = (',
      'from llmos import skill as s',
      'y = await s("a")(x=x)'
    );
    const notebooks = fc.array(fc.array(source, { maxLength: 6 }), { maxLength: 6 });
    fc.assert(
      fc.property(notebooks, steps => {
        let graph = buildGraph([]);
        for (const step of steps) {
          graph = buildGraph(cells(...step), graph);
          expect(graph).toEqual(buildGraph(cells(...step)));
        }
      })
    );
  });

  it('draws edges upward only when they are late', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const cell = fc.tuple(name, name).map(([to, from]) => `${to} = ${from}`);
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), sources => {
        for (const { from, to, late } of buildGraph(cells(...sources)).edges) {
          const down = Number(from.slice(1)) < Number(to.slice(1));
          expect(down).toBe(!late);
        }
      })
    );
  });
});

describe('descendants and ancestors', () => {
  const graph = buildGraph(cells('a = 1', 'b = a', 'c = 2', 'd = b + c', 'e = c'));

  it('reach as far as the data does', () => {
    expect(descendants(graph, 'c0')).toEqual(['c1', 'c3']);
    expect(ancestors(graph, 'c3')).toEqual(['c0', 'c1', 'c2']);
    expect(descendants(graph, 'none')).toEqual([]);
  });
});
