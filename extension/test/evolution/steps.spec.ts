import '../browser';

import type { ICompoundGraph } from '@llmos-lab/skills';
import * as fc from 'fast-check';

import { pathOf, stepsOf, toLayout } from '../../src/evolution/panel/steps';
import { layOutByDagre } from '../../src/graph/layout/dagre';

type Graph = Pick<ICompoundGraph, 'labels' | 'edges'>;

const drawn = (graph: Graph) => stepsOf(graph, layOutByDagre(toLayout(graph)));

/** Members of which each but the first takes something of earlier ones. */
const GRAPHS = fc
  .array(fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 7
  })
  .map((sources): Graph => {
    const edges = sources.flatMap((from, at) =>
      [...new Set(from.map(each => each % (at + 1)))].map(
        each => [each, 'out', at + 1, 'in'] as const
      )
    );
    return { labels: [0, ...sources].map((_, at) => `step-${at}`), edges };
  });

describe('the picture of a learned skill', () => {
  it('has no line behind a box, and everything in its area', () => {
    fc.assert(
      fc.property(GRAPHS, graph => {
        const { steps, lines, area } = drawn(graph);
        for (const { points } of lines) {
          points.slice(1).forEach((to, index) => {
            const from = points[index] ?? to;
            const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
            // A curve stays within the box between its ends.
            const behind = steps.filter(
              ({ x, y, width, height }) =>
                left < x + width && x < right + 0.01 && from.y < y + height && y < to.y
            );
            expect(behind).toEqual([]);
          });
        }
        for (const { x, y, width, height } of steps) {
          expect(x).toBeGreaterThan(area.x);
          expect(y).toBeGreaterThan(area.y);
          expect(x + width).toBeLessThan(area.x + area.width);
          expect(y + height).toBeLessThan(area.y + area.height);
        }
      }),
      { numRuns: 200 }
    );
  });

  it('leads a line past the steps between its ends', () => {
    const { lines, steps } = drawn({
      labels: ['a', 'b', 'c'],
      edges: [
        [0, 'x', 1, 'x'],
        [1, 'y', 2, 'y'],
        [0, 'z', 2, 'z']
      ]
    });
    const past = lines[2];
    expect(past?.title).toBe('z → z');
    expect(past?.points).toHaveLength(4);
    expect(past && pathOf(past)).toMatch(/^M[^CV]+C[^CV]+V[^CV]+C[^CV]+$/);
    expect(steps.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});
