import * as fc from 'fast-check';
import {
  canonicalForm,
  signature,
  type ILabelledGraph
} from '../../src/evolution/canonical';

const graphs: fc.Arbitrary<ILabelledGraph> = fc
  .array(fc.constantFrom('vqe', 'plot', 'export'), { minLength: 1, maxLength: 7 })
  .chain(labels =>
    fc.record({
      labels: fc.constant(labels),
      edges: fc.uniqueArray(
        fc.tuple(
          fc.nat(labels.length - 1),
          fc.constantFrom('x', 'y'),
          fc.nat(labels.length - 1),
          fc.constantFrom('in', 'data')
        ),
        { maxLength: 9, selector: edge => edge.join() }
      )
    })
  );

const permuted = (graph: ILabelledGraph, order: readonly number[]): ILabelledGraph => {
  const place = new Map(order.map((node, index) => [node, index]));
  return {
    labels: order.map(node => graph.labels[node] as string),
    edges: graph.edges
      .map(
        ([from, output, to, input]) =>
          [place.get(from) as number, output, place.get(to) as number, input] as const
      )
      .reverse()
  };
};

/** Tries every bijection: slow and obviously right. */
const isomorphic = (a: ILabelledGraph, b: ILabelledGraph): boolean => {
  const wanted = b.edges
    .map(edge => edge.join())
    .sort()
    .join(' ');
  const extend = (order: number[]): boolean => {
    if (order.length === a.labels.length) {
      const moved = permuted(a, order)
        .edges.map(edge => edge.join())
        .sort();
      return moved.join(' ') === wanted;
    }
    return a.labels.some(
      (label, node) =>
        !order.includes(node) &&
        label === b.labels[order.length] &&
        extend([...order, node])
    );
  };
  return (
    a.labels.length === b.labels.length &&
    a.edges.length === b.edges.length &&
    extend([])
  );
};

describe('signature', () => {
  it('does not change with the order of nodes and edges', () => {
    fc.assert(
      fc.property(
        graphs.chain(graph =>
          fc.tuple(
            fc.constant(graph),
            fc.shuffledSubarray(
              graph.labels.map((_, node) => node),
              { minLength: graph.labels.length }
            )
          )
        ),
        ([graph, order]) => {
          expect(signature(permuted(graph, order))).toBe(signature(graph));
        }
      ),
      { numRuns: 1000 }
    );
  });

  it('is equal exactly when the graphs are isomorphic', () => {
    const small = graphs.filter(({ labels }) => labels.length <= 5);
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(signature(a) === signature(b)).toBe(isomorphic(a, b));
      }),
      { numRuns: 2000 }
    );
  });

  it('tells two triangles from one hexagon, which refinement alone cannot', () => {
    const ring = (nodes: readonly number[]): ILabelledGraph['edges'] =>
      nodes.map((node, i) => [
        node,
        'x',
        nodes[(i + 1) % nodes.length] as number,
        'in'
      ]);
    const labels = Array<string>(6).fill('vqe');
    const triangles = { labels, edges: [...ring([0, 1, 2]), ...ring([3, 4, 5])] };
    const hexagon = { labels, edges: ring([0, 1, 2, 3, 4, 5]) };
    expect(signature(triangles)).not.toBe(signature(hexagon));
  });

  it('tells a direction and a port from another', () => {
    const labels = ['vqe', 'plot'];
    const edges = (
      [
        [0, 'x', 1, 'in'],
        [1, 'x', 0, 'in'],
        [0, 'y', 1, 'in'],
        [0, 'x', 1, 'data']
      ] as const
    ).map(edge => signature({ labels, edges: [edge] }));
    expect(new Set(edges).size).toBe(4);
  });

  it('stays quick for many interchangeable nodes', () => {
    const labels = ['source', ...Array<string>(40).fill('plot')];
    const edges = labels.slice(1).map((_, i) => [0, 'x', i + 1, 'in'] as const);
    expect(canonicalForm({ labels, edges }).order).toHaveLength(41);
  });
});
