import '../browser';

import * as fc from 'fast-check';

import {
  arrange,
  type ILayoutGraph,
  type Places
} from '../../src/graph/layout/arrange';
import { layOutByDagre } from '../../src/graph/layout/dagre';
import { toElk } from '../../src/graph/layout/elk';
import { MORE, placeOfPort, shapeOf } from '../../src/graph/layout/shape';
import { variablePort } from '../../src/graph/graphModel/view';

const SIZE = { width: 216, height: 90 };

function graphOf(
  count: number,
  edges: readonly (readonly [number, number])[],
  options: Partial<ILayoutGraph> & { readonly sections?: number } = {}
): ILayoutGraph {
  const { sections = 0, direction = 'down' } = options;
  const each = Math.ceil(count / Math.max(sections, 1));
  return {
    nodes: Array.from({ length: count }, (_, at) => ({
      ...{ id: `c${at}`, ...SIZE },
      section: sections > 0 ? `s${Math.floor(at / each)}` : null
    })),
    edges: edges.map(([from, to]) => ({ from: `c${from}`, to: `c${to}` })),
    direction
  };
}

function overlaps(places: Places): boolean {
  const all = [...places.values()];
  return all.some((a, at) =>
    all
      .slice(at + 1)
      .some(b => Math.abs(a.x - b.x) < SIZE.width && Math.abs(a.y - b.y) < SIZE.height)
  );
}

describe('arrange', () => {
  it('lets data flow down, or right', () => {
    const edges = [
      [0, 1],
      [1, 2]
    ] as const;
    const { places: down } = arrange(graphOf(3, edges), layOutByDagre);
    expect(down.get('c2')?.y).toBeGreaterThan(down.get('c0')?.y ?? Infinity);
    const { places: right } = arrange(
      graphOf(3, edges, { direction: 'right' }),
      layOutByDagre
    );
    expect(right.get('c2')?.x).toBeGreaterThan(right.get('c0')?.x ?? Infinity);
  });

  it('never lays one node over another, whatever the graph', () => {
    const graphs = fc.integer({ min: 2, max: 25 }).chain(count =>
      fc.record({
        count: fc.constant(count),
        edges: fc.array(
          fc.tuple(fc.nat(count - 1), fc.nat(count - 1)).filter(([a, b]) => a < b),
          { maxLength: 40 }
        ),
        sections: fc.integer({ min: 0, max: 4 }),
        direction: fc.constantFrom<'down' | 'right'>('down', 'right')
      })
    );
    fc.assert(
      fc.property(graphs, ({ count, edges, ...options }) => {
        const { places } = arrange(graphOf(count, edges, options), layOutByDagre);
        expect(places.size).toBe(count);
        expect(overlaps(places)).toBe(false);
      }),
      { numRuns: 60 }
    );
  });

  it('does not put many lonely cells into one row', () => {
    const places = [...arrange(graphOf(60, []), layOutByDagre).places.values()];
    const width = Math.max(...places.map(({ x }) => x)) + SIZE.width;
    const height = Math.max(...places.map(({ y }) => y)) + SIZE.height;
    expect(width / height).toBeLessThan(3);
    expect(height / width).toBeLessThan(3);
  });

  it('leaves cells where they are while they are connected one by one', () => {
    const before = arrange(graphOf(4, []), layOutByDagre).places;
    const connected = [
      [0, 1],
      [1, 2],
      [2, 3]
    ] as const;
    for (const count of [1, 2, 3]) {
      const edges = connected.slice(0, count);
      const { places } = arrange(graphOf(4, edges), layOutByDagre);
      for (const [id, { x, y }] of places) {
        expect(x).toBe(before.get(id)?.x);
        expect(Math.abs(y - (before.get(id)?.y ?? 0))).toBeLessThan(SIZE.height);
      }
    }
  });

  it('puts a cell without edges below or beside the one before it', () => {
    const edges = [
      [0, 2],
      [2, 3]
    ] as const;
    const { places } = arrange(graphOf(4, edges), layOutByDagre);
    const [above, lonely, beside] = ['c0', 'c1', 'c2'].map(id => places.get(id));
    expect(lonely?.y).toBeGreaterThan(above?.y ?? Infinity);
    expect(lonely?.y).toBe(beside?.y);
    expect(lonely?.x).toBeLessThan(beside?.x ?? -Infinity);
  });

  it.each(['down', 'right'] as const)(
    'keeps cells of one rank in document order, flowing %s',
    direction => {
      // The second copy of a cell, which takes the same value, stands after the first.
      const edges = [
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 4]
      ] as const;
      const { places } = arrange(graphOf(5, edges, { direction }), layOutByDagre);
      const rank = ['c1', 'c2', 'c3'].map(id => places.get(id));
      const across = rank.map(
        place => (direction === 'down' ? place?.x : place?.y) ?? 0
      );
      expect(across).toEqual([...across].sort((a, b) => a - b));
      expect(new Set(across).size).toBe(3);
    }
  );

  it('gives the same places for the same graph', () => {
    const graph = graphOf(
      20,
      Array.from({ length: 19 }, (_, at) => [Math.floor(at / 2), at + 1] as const),
      { sections: 3 }
    );
    expect(arrange(graph, layOutByDagre)).toEqual(arrange(graph, layOutByDagre));
  });
});

describe('toElk', () => {
  it('makes sections parents of their cells', () => {
    const elk = toElk(graphOf(4, [[0, 3]], { sections: 2 }));
    expect(elk.children?.map(({ id, children }) => [id, children?.length])).toEqual([
      ['frame s0', 2],
      ['frame s1', 2]
    ]);
    expect(elk.edges).toMatchObject([{ sources: ['c0'], targets: ['c3'] }]);
  });
});

describe('shapeOf', () => {
  const ports = (count: number): ReturnType<typeof variablePort>[] =>
    Array.from({ length: count }, (_, at) => variablePort(`p${at}`));

  it('puts ports on the border that data crosses', () => {
    const node = { inputs: ports(2), outputs: ports(1) };
    const right = shapeOf(node, 'right', false);
    expect(right.inputs.map(({ x }) => x)).toEqual([0, 0]);
    expect(right.outputs.map(({ x }) => x)).toEqual([right.width]);
    const down = shapeOf(node, 'down', false);
    expect(down.inputs.map(({ y }) => y)).toEqual([0, 0]);
    expect(down.outputs.map(({ y }) => y)).toEqual([down.height]);
  });

  it('keeps linked ports in sight when there are too many', () => {
    const many = ports(20).map((port, at) => ({ ...port, linked: at === 19 }));
    const { inputs } = shapeOf({ inputs: many, outputs: [] }, 'right', false);
    expect(inputs.map(({ id }) => id)).toContain('p19');
    expect(inputs[inputs.length - 1]?.id).toBe(MORE);
    expect(placeOfPort(inputs, 'p12')?.id).toBe(MORE);
  });

  it('has room for long names beside short ones, within its borders', () => {
    const names = ['eigenvalue', 'convergence_trace', 'parameters', 'all'];
    const inputs = names.map(name => variablePort(name));
    const shape = shapeOf({ inputs, outputs: [] }, 'down', false);
    // About what a letter takes where fonts are wide.
    expect(shape.inputs[1]?.width).toBeGreaterThan(17 * 5.5);
    const [first, last] = [shape.inputs[0], shape.inputs[3]];
    expect((first?.x ?? 0) - (first?.width ?? 0) / 2).toBeCloseTo(4);
    expect((last?.x ?? 0) + (last?.width ?? 0) / 2).toBeCloseTo(shape.width - 1);
  });

  it('has room for a picture', () => {
    const node = { inputs: [], outputs: [] };
    expect(shapeOf(node, 'down', true).height).toBeGreaterThan(
      shapeOf(node, 'down', false).height
    );
  });
});
