import * as fc from 'fast-check';
import { generateHistory } from '../../bench/evolution/generate';
import { bar, createChance, slack, surprise } from '../../src/evolution/chance';
import { createHistory, inTime } from '../../src/evolution/traceGraph';

/** How far sums are rounded, at most. */
const ROUNDING = 1e-9;

describe('what chance explains', () => {
  it('stays explained until the expected count has fallen by the slack', () => {
    const count = fc.integer({ min: 1, max: 1e5 });
    const share = fc.double({ min: 0.01, max: 100, noNaN: true });
    const tests = fc.integer({ min: 1, max: 1e6 });
    fc.assert(
      fc.property(count, share, tests, (count, share, tests) => {
        const expected = count * share;
        const least = bar(tests);
        fc.pre(surprise(count, expected) < least);
        const fallen = slack(count, expected, least) - ROUNDING;
        expect(surprise(count, expected * Math.exp(-fallen))).toBeLessThan(least);
      }),
      { numRuns: 2000 }
    );
  });

  it('drifts at least as far as what it expects of a connection falls', () => {
    const { traces } = generateHistory({ seed: 3, traces: 300, mode: 'intact' });
    const history = createHistory();
    const chance = createChance(history);
    const graphs = inTime(traces).flatMap(trace => history.add(trace) ?? []);
    graphs.slice(0, 100).forEach(graph => chance.add(graph));
    const edges = graphs.slice(0, 100).flatMap(({ labels, neighbours }) =>
      labels.flatMap((label, node) =>
        (neighbours[node] ?? []).map(([other, port]) => {
          const even = port - (port % 2);
          const edge = port % 2 === 0 ? [0, even, 1] : [1, even, 0];
          const pair = [label, labels[other] ?? 0];
          return {
            label,
            attached: chance.attachment(pair, [edge as [number, number, number]], 1)
          };
        })
      )
    );
    const before = edges.map(({ label, attached }) => ({
      drift: chance.drift([label]),
      expected: Math.log(chance.expected(1, attached))
    }));
    for (const graph of graphs.slice(100)) {
      chance.add(graph);
      const fell = edges.map(({ label, attached }, at) => {
        const { drift = 0, expected = 0 } = before[at] ?? {};
        const fallen = expected - Math.log(chance.expected(1, attached));
        return fallen - (chance.drift([label]) - drift);
      });
      expect(Math.max(...fell)).toBeLessThan(ROUNDING);
    }
  });
});
