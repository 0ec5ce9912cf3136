import '../browser';

import { buildGraph } from '@llmos-lab/skills';
import * as fc from 'fast-check';

import { describeGraph } from '../../src/graph/graphModel/describe';
import type { INotebookCell } from '../../src/graph/graphModel/view';
import { arrange } from '../../src/graph/layout/arrange';
import { around, distance, type IBox, type IPlace } from '../../src/graph/layout/box';
import { layOutByDagre } from '../../src/graph/layout/dagre';
import {
  foldedId,
  toDrawing,
  toLayoutGraph,
  type IDrawing
} from '../../src/graph/layout/drawing';
import { boxesOf, finalPlaces } from '../../src/graph/layout/placed';
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
    each = Infinity,
    folded = [],
    hasRoutes = true
  }: {
    readonly moved?: ReadonlyMap<number, readonly [number, number]>;
    /** Cells between two headings. */
    readonly each?: number;
    readonly folded?: readonly string[];
    /** ELK gives none. */
    readonly hasRoutes?: boolean;
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
    { direction, folded: new Set(folded), hasPicture: ({ id }) => id.endsWith('1') }
  );
  const full = arrange(toLayoutGraph(drawing, direction), layOutByDagre);
  const layout = hasRoutes ? full : { ...full, routes: new Map() };
  const places = finalPlaces(drawing, layout.places);
  const ways = waysOf({ drawing, places, layout, direction });
  return { drawing, boxes: boxesOf(drawing, places), ways };
}

/** Paths are written in tenths of a pixel. */
const EDGE = 0.1;

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

/** Pixels of a path along the axes. */
function lengthOf(path: string): number {
  const points = pointsOn(path);
  return points.slice(1).reduce((sum, b, at) => sum + distance(points[at] ?? b, b), 0);
}

/** Nodes behind which a line passes. */
function behind({ drawing, boxes, ways }: IScene): string[] {
  return drawing.edges.flatMap(edge => {
    const { id } = edge;
    const points = pointsOn(ways(edge).path);
    const met = [...boxes].filter(([, { x, y, width, height }]) =>
      points.some(
        point =>
          x + EDGE < point.x &&
          point.x < x + width - EDGE &&
          y + EDGE < point.y &&
          point.y < y + height - EDGE
      )
    );
    return met.map(([other]) => `${id} behind ${other}`);
  });
}

describe('waysOf', () => {
  it.each(['down', 'right'] as const)('leads a long line %s past a node', direction => {
    const made = scene([[], [0], [0, 1]], direction);
    expect(made.drawing.edges.length).toBeGreaterThan(3);
    expect(behind(made)).toEqual([]);
  });

  const graphs = fc
    .integer({ min: 2, max: 16 })
    .chain(count =>
      fc.tuple(
        ...Array.from({ length: count }, (_, at) =>
          at === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat(at - 1), { maxLength: 3 })
        )
      )
    );
  const directions = fc.constantFrom<Direction>('down', 'right');
  const sections = fc.constantFrom(Infinity, 3, 5);

  it('leads no line behind a node, whatever the graph', () => {
    fc.assert(
      fc.property(graphs, directions, sections, (uses, direction, each) => {
        expect(behind(scene(uses, direction, { each }))).toEqual([]);
      }),
      { numRuns: 60 }
    );
  });

  it('leads no line behind a node, wherever people have put some', () => {
    // Spots between which there is room for lines, in any order.
    const spots = fc.shuffledSubarray(
      Array.from({ length: 36 }, (_, at) => at),
      { minLength: 1, maxLength: 16 }
    );
    fc.assert(
      fc.property(graphs, directions, spots, (uses, direction, chosen) => {
        const place = (spot: number): readonly [number, number] => [
          (spot % 6) * 250,
          Math.floor(spot / 6) * 230
        ];
        const moved = new Map(chosen.map((spot, at) => [at, place(spot)]));
        expect(behind(scene(uses, direction, { moved }))).toEqual([]);
      }),
      { numRuns: 100 }
    );
  });

  it('tells the area of a line, which may lie beside all nodes', () => {
    // A line from the first cell to the last goes around the wide row between them.
    const moved = new Map<number, readonly [number, number]>([
      [0, [0, 0]],
      [1, [-40, 300]],
      [2, [0, 600]]
    ]);
    const { drawing, boxes, ways } = scene([[], [], [0]], 'down', { moved });
    const nodes = around([...boxes.values()]);
    const areas = drawing.edges.map(edge => ways(edge).area);
    const all = around([...boxes.values(), ...areas]);
    expect(all?.width).toBeGreaterThan(nodes?.width ?? Infinity);
    for (const edge of drawing.edges) {
      const { x, y, width, height } = ways(edge).area;
      for (const point of pointsOn(ways(edge).path)) {
        // Half of the line's own width.
        expect(point.x - 0.75).toBeGreaterThanOrEqual(x);
        expect(point.x + 0.75).toBeLessThanOrEqual(x + width);
        expect(point.y - 0.75).toBeGreaterThanOrEqual(y);
        expect(point.y + 0.75).toBeLessThanOrEqual(y + height);
      }
    }
  });

  it('leads no line behind a node where the layout gives no routes', () => {
    fc.assert(
      fc.property(graphs, directions, sections, (uses, direction, each) => {
        const made = scene(uses, direction, { each, hasRoutes: false });
        expect(behind(made)).toEqual([]);
      }),
      { numRuns: 60 }
    );
  });

  it('leads lines to the sides of folded sections that face them', () => {
    const uses = [[], [0], [1], [0, 2], [3]];
    const folded = ['h1', 'h3'];
    const { drawing, boxes, ways } = scene(uses, 'right', { each: 2, folded });
    const box = boxes.get(foldedId('h1'));
    const ends = drawing.edges
      .filter(({ from }) => from === foldedId('h1'))
      .map(edge => ways(edge).from);
    expect(ends.length).toBeGreaterThan(0);
    expect(new Set(ends.map(({ x }) => x))).toEqual(
      new Set([(box?.x ?? 0) + (box?.width ?? 0)])
    );
  });

  it('leads a line around a new node that lies on it', () => {
    // All but the last were put by hand, one below the other with room between.
    const uses = [[], [0], []];
    const moved = new Map<number, readonly [number, number]>([
      [0, [0, 0]],
      [1, [0, 600]]
    ]);
    const made = scene(uses, 'down', { moved });
    const under = made.boxes.get('c2');
    expect(under?.y).toBeGreaterThan(0);
    expect(under?.y).toBeLessThan(600);
    expect(behind(made)).toEqual([]);
  });

  it.each(['down', 'right'] as const)(
    'takes no long way %s around nodes that stand close, between which it has room',
    direction => {
      const height = scene([[]], direction).boxes.get('c0')?.height ?? 0;
      const close = [
        ...[236 + 12, -236 - 12].map(x => [x, 0] as const),
        ...[0, 60, -150].map(x => [x, height + 12] as const),
        ...[30, 100].map(y => [236 + 12, y] as const)
      ];
      for (const place of close) {
        const moved = new Map<number, readonly [number, number]>([
          [0, [0, 0]],
          [2, place]
        ]);
        const made = scene([[], [], [0]], direction, { moved });
        expect(behind(made)).toEqual([]);
        for (const edge of made.drawing.edges) {
          const { from, to, path } = made.ways(edge);
          expect(lengthOf(path)).toBeLessThan(1.3 * distance(from, to));
        }
      }
    }
  );

  it('takes the short way where nodes lie over each other', () => {
    const moved = new Map<number, readonly [number, number]>([
      [0, [0, 0]],
      [1, [10, 10]],
      [2, [20, 500]]
    ]);
    const { drawing, ways } = scene([[], [], [0, 1]], 'down', { moved });
    for (const edge of drawing.edges) {
      expect(ways(edge).path).toMatch(/^M\S+ C\S+ \S+ \S+$/);
    }
  });
});
