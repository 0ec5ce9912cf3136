import { createRandom } from '../../bench/evolution/random';
import { generateHistory } from '../../bench/evolution/generate';
import { canonicalForm } from '../../src/evolution/canonical';
import { createMiner, mine } from '../../src/evolution/mine';
import type { ITrace } from '../../src/session/trace';
import { node, run, vqeAndPlot } from './traces';

describe('mine', () => {
  it('learns the default 120 from runs with 100, 150, 120, 130 and 110', () => {
    const [pattern, ...others] = mine(
      [100, 150, 120, 130, 110].map(n => vqeAndPlot(n))
    );
    expect(others).toEqual([]);
    expect(pattern).toMatchObject({
      skills: ['plot-convergence', 'quantum-vqe'],
      edges: [['quantum-vqe', 'convergence_trace', 'plot-convergence', 'trace']],
      count: 5,
      users: 1,
      success: 1,
      parameters: {
        'quantum-vqe.iterations': {
          kind: 'learned',
          default: 120,
          low: 110,
          high: 130,
          n: 5,
          type: 'integer'
        },
        'plot-convergence.title': { kind: 'constant', default: 'Energy' }
      }
    });
  });

  it('still finds the only thing that a person ever does, after a thousand runs', () => {
    const traces = Array.from({ length: 1000 }, (_, i) => vqeAndPlot(100 + (i % 40)));
    expect(mine(traces.map((t, i) => ({ ...t, user: `u${i}` })))).toHaveLength(1);
  });

  it('learns from successful runs only', () => {
    const traces = [
      ...[100, 110, 120, 130].map(n => vqeAndPlot(n)),
      vqeAndPlot(9000, { status: 'failed' })
    ];
    expect(mine(traces)[0]?.parameters['quantum-vqe.iterations']).toMatchObject({
      default: 115,
      n: 4
    });
  });

  it('prefers the runs that reached the best objective', () => {
    const traces = [
      ...[200, 210, 220].map(n => vqeAndPlot(n, {}, -1.137)),
      ...[10, 20, 30, 40].map(n => vqeAndPlot(n, {}, -0.9))
    ];
    const objectives = new Map([['quantum-vqe', 'minimise eigenvalue']]);
    expect(
      mine(traces, { objectives })[0]?.parameters['quantum-vqe.iterations']
    ).toMatchObject({ default: 210, n: 3 });
  });

  it('compares the objective among runs of one problem only', () => {
    const at = (length: number, iterations: number, energy: number): ITrace => {
      const trace = vqeAndPlot(iterations, {}, energy);
      const [vqe, plot] = trace.nodes;
      const hamiltonian = {
        ...{ type: 'object', hash: `sha256:${length}` },
        from: ['h', 'hamiltonian'] as const
      };
      const inputs = { ...vqe?.inputs, hamiltonian };
      return { ...trace, nodes: [{ ...vqe, inputs }, plot] as ITrace['nodes'] };
    };
    const traces = [
      ...[200, 210, 220].map(n => at(0.735, n, -1.137)),
      ...[300, 310, 320].map(n => at(1, n, -1.101)),
      ...[10, 20].map(n => at(1, n, -0.9))
    ];
    const objectives = new Map([['quantum-vqe', 'minimise eigenvalue']]);
    expect(
      mine(traces, { objectives })[0]?.parameters['quantum-vqe.iterations']
    ).toMatchObject({ default: 260, n: 6 });
  });

  it('notes inputs that were changed together', () => {
    const both = [10, 20, 30, 40, 50, 60].map(n =>
      run(
        [
          node('a', 'quantum-vqe', {
            iterations: n,
            layers: n / 10,
            seed: (n * 7) % 11
          }),
          node('b', 'plot-convergence', { title: 'Energy' })
        ],
        [['a', 'convergence_trace', 'b', 'trace']]
      )
    );
    const found = mine(both)[0]?.parameters;
    expect(found?.['quantum-vqe.iterations']?.correlated).toEqual([
      { with: 'quantum-vqe.layers', rho: 1, n: 6 }
    ]);
    expect(found?.['quantum-vqe.seed']?.correlated).toBeUndefined();
    expect(found?.['plot-convergence.title']?.correlated).toBeUndefined();
  });

  it('leaves an input optional that some runs gave and others did not', () => {
    const title = (each: ITrace): ITrace['nodes'][number] => ({
      ...node('b', 'plot-convergence', { title: 'Energy', reference: -1.137 }),
      version: each.nodes[1]?.version ?? ''
    });
    const runs = [100, 150, 120, 130, 110].map(n => vqeAndPlot(n));
    const some = runs.map((each, at) =>
      at < 2 ? { ...each, nodes: [...each.nodes.slice(0, 1), title(each)] } : each
    );
    const learned = (traces: readonly ITrace[]): unknown =>
      mine(traces)[0]?.parameters['plot-convergence.reference'];
    expect(learned(some)).toMatchObject({ kind: 'free', reason: 'optional', n: 2 });
    // An older version of the skill, which may not have had that input, says nothing.
    const older = some.map((each, at) =>
      at < 2
        ? each
        : { ...each, nodes: each.nodes.map(n => ({ ...n, version: 'sha256:0' })) }
    );
    expect(learned(older)).toMatchObject({ kind: 'constant', default: -1.137, n: 2 });
  });

  it('learns values that come through a variable, but none that a skill computed', () => {
    const plain = (id: string): ITrace['nodes'][number] => ({
      ...{ id, skill: null, code: 'sha256:c', defines: ['n'], status: 'success' },
      ...{ ms: 1, inputs: {}, outputs: {} }
    });
    const through = (n: number, ...edges: ITrace['edges']): ITrace => {
      const each = vqeAndPlot(n);
      const [vqe, plot] = each.nodes;
      const given = { type: 'integer', value: n, from: ['p', 'n'] as const };
      return {
        ...each,
        nodes: [
          plain('p'),
          { ...(vqe as ITrace['nodes'][number]), inputs: { iterations: given } },
          plot as ITrace['nodes'][number],
          node('q', 'make-data', { size: n })
        ],
        edges: [...each.edges, ['p', 'n', 'a', 'iterations'], ...edges]
      };
    };
    const learned = (...edges: ITrace['edges']): unknown => {
      const traces = [100, 150, 120, 130, 110].map(n => through(n, ...edges));
      return mine(traces)[0]?.parameters['quantum-vqe.iterations'];
    };
    expect(learned()).toMatchObject({ kind: 'learned', default: 120, n: 5 });
    expect(learned(['p', 'n', 'p', 'n'])).toMatchObject({ default: 120 });
    expect(learned(['q', 'size', 'p', 'size'])).toMatchObject({
      ...{ kind: 'free', reason: 'not-kept' }
    });
  });

  it('counts retries and copies once', () => {
    const retry = vqeAndPlot(100);
    const copies = Array.from({ length: 50 }, (_, i) => ({
      ...retry,
      id: `copy-${i}`,
      session: `s-copy-${i}`
    }));
    expect(mine([retry, ...copies])).toEqual([]);
  });

  it('takes runs of which nobody knows whose they are for no further person', () => {
    const runs = (...users: readonly string[]): readonly ITrace[] =>
      users.map((user, at) => vqeAndPlot(100 + at, { user }));
    const some = runs('ana', 'ana', '', 'ana', '');
    expect(mine(some)).toMatchObject([{ count: 5, users: 1 }]);
    expect(mine(some, { minUsers: 2 })).toEqual([]);
    expect(mine(runs('ana', 'ben', '', 'ana'), { minUsers: 2 })).toMatchObject([
      { count: 4, users: 2 }
    ]);
  });

  it('leaves out what mostly fails', () => {
    const status = (i: number) =>
      (['failed', 'success', 'cancelled', 'success'] as const)[i % 4];
    const miner = createMiner();
    expect(miner.find()).toEqual({ patterns: [], failing: [] });
    miner.add([1, 2, 3, 4, 5, 6].map(i => vqeAndPlot(i, { status: status(i) })));
    const { patterns, failing } = miner.find();
    expect(patterns).toEqual([]);
    miner.add([7, 8, 9, 10, 11].map(i => vqeAndPlot(i)));
    const later = miner.find();
    expect(later).toMatchObject({ patterns: [{ count: 11 }], failing: [] });
    const [{ signature, edges } = { signature: '', edges: [] }] = later.patterns;
    const skills = ['quantum-vqe', 'plot-convergence'];
    expect(failing).toEqual([{ signature, edges, skills, runs: 6, unsuccessful: 3 }]);
  });

  it('names a second node of the same skill', () => {
    const twice = (n: number): ITrace =>
      run(
        [
          node('a', 'quantum-vqe', { iterations: n }),
          node('b', 'plot-xy', { kind: 'line' }),
          node('c', 'plot-xy', { kind: 'bar' })
        ],
        [
          ['a', 'convergence_trace', 'b', 'y'],
          ['a', 'parameters', 'c', 'y']
        ]
      );
    const [pattern] = mine([1, 2, 3, 4].map(twice));
    expect(pattern?.nodes).toEqual(['plot-xy', 'plot-xy#2', 'quantum-vqe']);
    expect(Object.keys(pattern?.parameters ?? {})).toEqual([
      'plot-xy#2.kind',
      'plot-xy.kind',
      'quantum-vqe.iterations'
    ]);
  });

  describe('of a workflow that is also part of a larger one', () => {
    const larger = (iterations: number): ITrace => {
      const trace = vqeAndPlot(iterations);
      return {
        ...trace,
        nodes: [node('h', 'quantum-hamiltonian', { system: 'h2' }), ...trace.nodes],
        edges: [...trace.edges, ['h', 'hamiltonian', 'a', 'hamiltonian']]
      };
    };
    const runs = (count: number, make: (iterations: number) => ITrace): ITrace[] =>
      Array.from({ length: count }, (_, at) => make(100 + 10 * at + 1000 * count));
    const found = (traces: readonly ITrace[]): readonly (readonly [number, number])[] =>
      mine(traces).map(({ skills, count }) => [skills.length, count]);

    it.each([2, 3, 6, 15])('reports it beside %i runs of that', count => {
      const all = found([...runs(15, vqeAndPlot), ...runs(count, larger)]);
      expect(all).toContainEqual([2, 15 + count]);
    });

    it.each([3, 6, 15])('reports the larger one too, of %i runs', count => {
      const all = found([...runs(15, vqeAndPlot), ...runs(count, larger)]);
      expect(all).toEqual([
        [2, 15 + count],
        [3, count]
      ]);
    });

    it.each([30, 300])('reports three runs of the larger one beside %i', count => {
      const all = found([...runs(count, vqeAndPlot), ...runs(3, larger)]);
      expect(all).toContainEqual([3, 3]);
    });

    it('leaves it out where it hardly ever ran by itself', () => {
      expect(found([...runs(3, vqeAndPlot), ...runs(15, larger)])).toEqual([[3, 15]]);
    });
  });

  it('ignores runs before the window', () => {
    const traces = [1, 2, 3].map(n => vqeAndPlot(n));
    expect(mine(traces, { since: '2030-01-01T00:00:00Z' })).toEqual([]);
  });

  it('lets old runs count less', () => {
    const old = [10, 11, 12, 13].map(n =>
      vqeAndPlot(n, { started: '2026-01-01T00:00:00Z' })
    );
    const recent = [14, 15, 16].map(n =>
      vqeAndPlot(n, { started: '2026-11-01T00:00:00Z' })
    );
    const learned = (halfLife?: number) =>
      mine([...old, ...recent], halfLife ? { halfLife } : {})[0]?.parameters[
        'quantum-vqe.iterations'
      ]?.default;
    expect(learned()).toBe(13);
    expect(learned(30)).toBe(15);
  });

  it('gives the same bytes for any order of runs', () => {
    const { traces } = generateHistory({ seed: 3, traces: 400, mode: 'intact' });
    const shuffled = createRandom(9).shuffle(traces);
    expect(JSON.stringify(mine(shuffled))).toBe(JSON.stringify(mine(traces)));
  });

  it('finds planted patterns, their defaults, and none of the decoys', () => {
    const history = generateHistory({ seed: 5, traces: 3000, mode: 'intact' });
    const patterns = mine(history.traces);
    const code = (plant: (typeof history.plants)[0]): string =>
      canonicalForm({
        labels: plant.skills,
        edges: plant.edges.map(([a, o, b, i]) => [a, `${o}>${i}`, b, ''])
      }).code;
    const found = new Map(patterns.map(pattern => [pattern.signature, pattern]));
    const recalled = history.plants.filter(plant => found.has(code(plant)));
    expect(recalled.length).toBeGreaterThanOrEqual(19);
    expect(patterns.length).toBeLessThanOrEqual(21);
    for (const decoy of history.decoys) {
      expect([decoy.why, found.has(code(decoy))]).toEqual([decoy.why, false]);
    }
    for (const { plant, skill, centre } of history.parameters) {
      const pattern = found.get(
        code(history.plants[plant] as (typeof history.plants)[0])
      );
      const learned = pattern?.parameters[`${skill}.level`]?.default;
      if (pattern && pattern.count >= 50) {
        expect(Math.abs(Number(learned) - centre) / centre).toBeLessThan(0.05);
      }
    }
  });
});
