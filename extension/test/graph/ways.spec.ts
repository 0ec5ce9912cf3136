import '../browser';

import { buildGraph } from '@llmos-lab/skills';
import * as fc from 'fast-check';

import { describeGraph } from '../../src/graph/graphModel/describe';
import type { INotebookCell } from '../../src/graph/graphModel/view';
import { arrange, type IPlace } from '../../src/graph/layout/arrange';
import { layOutByDagre } from '../../src/graph/layout/dagre';
import {
  finalPlaces,
  toDrawing,
  toLayoutGraph,
  type IBox,
  type IDrawing
} from '../../src/graph/layout/drawing';
import type { Direction } from '../../src/graph/layout/shape';
import { waysOf, type Ways } from '../../src/graph/layout/ways';

interface IScene {
  readonly drawing: IDrawing;
  readonly boxes: ReadonlyMap<string, IBox>;
  readonly ways: Ways;
}

/** Cells in the notebook's order, each with those whose values it uses. */
function scene(
  uses: readonly (readonly number[])[],
  direction: Direction,
  {
    moved = new Map(),
    each = Infinity
  }: {
    readonly moved?: ReadonlyMap<number, readonly [number, number]>;
    /** Cells between two headings. */
    readonly each?: number;
  } = {}
): IScene {
  const cells = uses.flatMap((used, at): INotebookCell[] => {
    const values = ['1', ...used.flatMap(from => [`v${from}`, `w${from}`])];
    const source = `v${at} = w${at} = ${values.join(' + ')}`;
    const position = moved.get(at) ?? null;
    const heading = {
      id: `h${at}`,
      kind: 'markdown',
      source: '# Part',
      position
    } as const;
    const cell = { id: `c${at}`, kind: 'code', source, position } as const;
    return at % each === 1 ? [heading, cell] : [cell];
  });
  const drawing = toDrawing(
    describeGraph(cells, buildGraph(cells), () => undefined),
    // Nodes of one rank differ in height.
    { direction, folded: new Set(), hasPicture: ({ id }) => id.endsWith('1') }
  );
  const layout = arrange(toLayoutGraph(drawing, direction), layOutByDagre);
  const places = finalPlaces(drawing, layout.places);
  const boxes = new Map(
    drawing.items.map(({ id, shape: { width, height } }) => {
      const { x, y } = places.get(id) ?? { x: NaN, y: NaN };
      return [id, { x, y, width, height }];
    })
  );
  return { drawing, boxes, ways: waysOf(drawing, places, layout, direction) };
}

/** Points of a path that consists of M, L and C. */
function pointsOn(path: string): IPlace[] {
  const steps = [...path.matchAll(/([MLC])([^MLC]*)/g)].map(([, kind, rest = '']) => ({
    kind,
    points: rest
      .trim()
      .split(' ')
      .map(pair => pair.split(',').map(Number) as [number, number])
  }));
  let last: [number, number] = [0, 0];
  return steps.flatMap(({ kind, points }) => {
    const end = points[points.length - 1] ?? last;
    const [a, b] = kind === 'C' ? points : [last, end];
    const all = Array.from({ length: 21 }, (_, at): IPlace => {
      const [t, s] = [at / 20, 1 - at / 20];
      const mix = (axis: 0 | 1): number =>
        s ** 3 * last[axis] +
        3 * s * s * t * (a ?? last)[axis] +
        3 * s * t * t * (b ?? end)[axis] +
        t ** 3 * end[axis];
      return kind === 'M' ? { x: end[0], y: end[1] } : { x: mix(0), y: mix(1) };
    });
    last = end;
    return all;
  });
}

/** Nodes behind which a line passes. */
function behind({ drawing, boxes, ways }: IScene): string[] {
  return drawing.edges.flatMap(({ id, from, to }) => {
    const points = pointsOn(ways.get(id)?.path ?? '');
    const others = [...boxes].filter(([other]) => other !== from && other !== to);
    const met = others.filter(([, { x, y, width, height }]) =>
      points.some(
        point =>
          x < point.x && point.x < x + width && y < point.y && point.y < y + height
      )
    );
    return met.map(([other]) => `${id} behind ${other}`);
  });
}

describe('waysOf', () => {
  it.each(['down', 'right'] as const)('leads a long line %s past a node', direction => {
    const made = scene([[], [0], [0, 1]], direction);
    expect(made.ways.size).toBe(made.drawing.edges.length);
    expect(behind(made)).toEqual([]);
  });

  it('leads no line behind a node, whatever the graph', () => {
    const graphs = fc
      .integer({ min: 2, max: 16 })
      .chain(count =>
        fc.tuple(
          fc.tuple(
            ...Array.from({ length: count }, (_, at) =>
              at === 0
                ? fc.constant([])
                : fc.uniqueArray(fc.nat(at - 1), { maxLength: 3 })
            )
          ),
          fc.constantFrom<Direction>('down', 'right'),
          fc.constantFrom(Infinity, 3, 5)
        )
      );
    fc.assert(
      fc.property(graphs, ([uses, direction, each]) => {
        const made = scene(uses, direction, { each });
        expect(made.ways.size).toBe(made.drawing.edges.length);
        expect(behind(made)).toEqual([]);
      }),
      { numRuns: 60 }
    );
  });

  it('says nothing of lines to nodes that were placed by hand', () => {
    const { drawing, ways } = scene([[], [0], [0, 1]], 'down', {
      moved: new Map([[2, [400, 9]]])
    });
    const known = drawing.edges.filter(({ id }) => ways.has(id));
    expect(new Set(known.map(({ to }) => to))).toEqual(new Set(['c1']));
  });
});
