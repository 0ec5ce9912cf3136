import fc from 'fast-check';
import { compareTraced } from '../../src/evolution/compare';
import { confidence, lowerBound } from '../../src/evolution/confidence';
import { matchShape } from '../../src/evolution/match';
import { propose, type IProposal } from '../../src/evolution/propose';
import { splitRuns } from '../../src/evolution/replay';
import { verify, type ReplayCall } from '../../src/evolution/verify';
import { maskTrace } from '../../src/session/mask';
import type { ITrace, ITracedValue, ITraceNode } from '../../src/session/trace';
import { energyOf, LIBRARY, node, run, traced, vqeAndPlot } from './traces';

const OPTIONS = {
  context: {
    find: (id: string) => LIBRARY.get(id),
    taken: () => false,
    date: '2026-11-21T10:00:00.000Z'
  }
};

const replayed = (skill: string, outputs: Record<string, ITracedValue>) => ({
  ...{ skill, outputs }
});

/** Computes what the runs of the tests computed. */
const compute: ReplayCall = (_compound, { iterations }) => {
  const energy = traced(energyOf(Number(iterations)));
  return Promise.resolve({
    kind: 'done',
    calls: [
      replayed('quantum-vqe', { eigenvalue: energy }),
      replayed('plot-convergence', { final_value: energy })
    ]
  });
};

function only(traces: readonly ITrace[]): IProposal {
  const { proposals } = propose(traces, OPTIONS);
  expect(proposals).toHaveLength(1);
  return proposals[0] as IProposal;
}

const judge = ({ compound, pattern, held }: IProposal, call = compute) =>
  verify(compound, pattern, held, { call });

describe('lowerBound', () => {
  it.each([
    [5, 5, 0.57],
    [10, 10, 0.72],
    [20, 20, 0.84],
    [0, 0, 0]
  ])('is of %i of %i about %f', (successes, runs, bound) => {
    expect(lowerBound(successes, runs)).toBeCloseTo(bound, 2);
  });

  it('is never above the share', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), (a, b) => {
        expect(lowerBound(a, a + b)).toBeLessThanOrEqual(a / Math.max(1, a + b));
      })
    );
  });

  it('leaves less doubt when two people share a workflow', () => {
    expect(confidence(1, 6, 2)).toBeGreaterThan(confidence(1, 6, 1));
  });
});

describe('compareTraced', () => {
  it('takes rounding of numbers for agreement, also near zero and in lists', () => {
    expect(compareTraced(traced(1.1373), traced(1.1373000001)).kind).toBe('agrees');
    expect(compareTraced(traced([5.5, 1e-12]), traced([5.5, 0])).kind).toBe('agrees');
    expect(compareTraced(traced(1.1373), traced(1.138)).kind).toBe('differs');
  });

  it('takes whole numbers and texts exactly', () => {
    expect(compareTraced(traced(10_000_000), traced(10_000_001)).kind).toBe('differs');
    expect(compareTraced(traced('a'), traced('b')).kind).toBe('differs');
  });

  it('takes other last digits in a text for agreement where others computed it', () => {
    const qasm = (angle: string, wire = 0): ITracedValue =>
      traced(`OPENQASM 3.0;\nqubit[2] q;\nry(${angle}) q[${wire}];\n`);
    const kind = (found: ITracedValue, isElsewhere: boolean): string =>
      compareTraced(qasm('0.016939080576266884'), found, { isElsewhere }).kind;
    const near = qasm('0.01693908057626675');
    expect([kind(near, false), kind(near, true)]).toEqual(['differs', 'agrees']);
    expect(kind(qasm('0.0170'), true)).toBe('differs');
    expect(kind(qasm('0.016939080576266884', 1), true)).toBe('differs');
  });

  it('compares large values by their hash, and says when it cannot', () => {
    const large = { type: 'array', hash: 'sha256:1', length: 9 };
    expect(compareTraced(large, large).kind).toBe('agrees');
    expect(compareTraced(large, { ...large, hash: 'sha256:2' }).kind).toBe('differs');
    expect(compareTraced({ type: 'object' }, { type: 'object' }).kind).toBe('unknown');
    expect(compareTraced({ type: 'string', masked: true }, undefined).kind).toBe(
      'unknown'
    );
    const link = traced('https://ana:[masked]@example.org');
    expect(compareTraced(link, traced('https://ana:x@example.org')).kind).toBe(
      'unknown'
    );
  });

  describe('of large values with different hashes', () => {
    const summary = {
      low: -1,
      high: 1e3,
      mean: 4,
      rms: 2,
      moment: 0.25,
      at: [1e3, 0, -1]
    };
    const then: ITracedValue = {
      ...{ type: 'array<number>', hash: 'sha256:1', length: 300, summary }
    };
    const now = (more: Partial<ITracedValue> = {}): ITracedValue => ({
      ...{ ...then, hash: 'sha256:2', ...more }
    });
    const kind = (found: ITracedValue, isElsewhere = false): string =>
      compareTraced(then, found, { isElsewhere }).kind;

    it('takes other last digits for agreement', () => {
      const near = { ...summary, mean: 4.000001, at: [1e3 - 1e-6, 1e-7, -1] };
      expect(kind(now({ summary: near }))).toBe('agrees');
    });

    it('compares what stands in an object beside its numbers exactly', () => {
      const of = (rest: string): ITracedValue =>
        now({ summary: { ...summary, mean: 4.000001, rest } });
      const same = { ...of('sha256:3'), hash: 'sha256:5' };
      expect(compareTraced(of('sha256:3'), same).kind).toBe('agrees');
      const other = { ...of('sha256:4'), hash: 'sha256:5' };
      expect(compareTraced(of('sha256:3'), other).kind).toBe('differs');
      expect(compareTraced(then, other).kind).toBe('differs');
    });

    it('tells apart what is another result, wherever it was computed', () => {
      for (const other of [
        now({ summary: { ...summary, rms: 2.1 } }),
        now({ summary: { ...summary, at: [0, 1e3, -1] } }),
        now({ length: 301 }),
        now({ shape: [300] })
      ]) {
        expect([kind(other), kind(other, true)]).toEqual(['differs', 'differs']);
      }
      const result = compareTraced(then, now({ summary: { ...summary, mean: 5 } }));
      expect(result).toMatchObject({
        expected: 'array<number> of 300 sha256:1 -1 to 1000, mean 4',
        found: 'array<number> of 300 sha256:2 -1 to 1000, mean 5'
      });
    });

    it('says that it cannot tell, where other versions computed what has no summary', () => {
      const bare: ITracedValue = {
        type: 'array<number>',
        hash: 'sha256:2',
        length: 300
      };
      expect([kind(bare), kind(bare, true)]).toEqual(['differs', 'unknown']);
      const broken = { ...summary, mean: 'much' } as unknown as typeof summary;
      expect(kind(now({ summary: broken }), true)).toBe('unknown');
    });
  });

  it('says of any value that it agrees with itself', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const copy = JSON.parse(JSON.stringify(value)) as never;
        const expected = traced(copy);
        expect(compareTraced(expected, traced(copy)).kind).toBe('agrees');
      })
    );
  });
});

describe('matchShape', () => {
  it('finds the nodes whatever their ids, and nothing where a connection differs', () => {
    const { pattern } = only([100, 150, 120, 130, 110].map(n => vqeAndPlot(n)));
    const other = run(
      [
        node('p', 'plot-convergence'),
        node('extra', 'quantum-vqe'),
        node('q', 'quantum-vqe')
      ],
      [['q', 'convergence_trace', 'p', 'trace']]
    );
    expect(matchShape(pattern, other)?.map(({ id }) => id)).toEqual(['p', 'q']);
    const reversed = run(other.nodes, [['p', 'trace', 'q', 'convergence_trace']]);
    expect(matchShape(pattern, reversed)).toBeNull();
  });
});

describe('propose', () => {
  it('learns the default 120 from runs with 100, 150, 120, 130 and 110', () => {
    const { compound } = only([100, 150, 120, 130, 110].map(n => vqeAndPlot(n)));
    expect(compound.skill.inputs).toMatchObject([{ name: 'iterations', default: 120 }]);
  });

  it('does not learn from the newest runs when there are eight', () => {
    const traces = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(n => vqeAndPlot(100 + n));
    const { held, compound, pattern } = only(traces);
    expect(held.map(({ trace }) => trace.id)).toEqual(
      traces.slice(-3).map(({ id }) => id)
    );
    expect(splitRuns(pattern, traces).learned).toHaveLength(7);
    expect(compound.skill.inputs[0]?.default).toBe(104);
  });

  it('makes no constant of an input that only later runs vary', () => {
    const traces = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(n =>
      vqeAndPlot(n < 9 ? 100 : n)
    );
    const distinct = traces.map((trace, at) => ({ ...trace, user: `u${at}` }));
    expect(only(distinct).compound.skill.inputs).toMatchObject([
      { name: 'iterations', default: 100 }
    ]);
  });

  it('asks for an input that a later run left out, without a default', () => {
    const given = (trace: ITrace, at: number): ITrace => {
      const [vqe, plot] = trace.nodes as [ITraceNode, ITraceNode];
      const inputs = { ...plot.inputs, reference: traced(-1.137) };
      return at < 9 ? { ...trace, nodes: [vqe, { ...plot, inputs }] } : trace;
    };
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const { compound } = only(numbers.map(n => vqeAndPlot(100 + n)).map(given));
    expect(compound.skill.inputs).toContainEqual({ name: 'reference', type: 'number' });
    expect(compound.skill.code).toContain('reference=inputs.get("reference")');
  });

  it('leaves out what was rejected, and replays of its own', () => {
    const traces = [100, 150, 120, 130, 110].map(n => vqeAndPlot(n));
    const { pattern } = only(traces);
    const known = new Set([pattern.signature]);
    expect(propose(traces, { ...OPTIONS, known }).proposals).toEqual([]);
    const replays = traces.map(trace => ({ ...trace, trigger: 'replay' as const }));
    expect(propose(replays, OPTIONS).proposals).toEqual([]);
  });

  it('counts no point of a sweep, and learns nothing from their values', () => {
    const points = Array.from({ length: 24 }, (_, at) =>
      vqeAndPlot(1000 + at, { trigger: 'sweep', session: 's-sweep' })
    );
    expect(propose(points, OPTIONS).patterns).toEqual([]);
    const runs = [100, 150, 120, 130, 110].map(n => vqeAndPlot(n));
    const { pattern, compound, held } = only([...points, ...runs]);
    expect(pattern).toMatchObject({ count: 5, sessions: 5 });
    expect(compound.skill.inputs[0]?.default).toBe(120);
    expect(held.every(({ trace }) => trace.trigger === 'all')).toBe(true);
  });

  it('is surer of what two people do', () => {
    const numbers = [100, 150, 120, 130, 110];
    const one = only(numbers.map(n => vqeAndPlot(n)));
    const two = only(
      numbers.map((n, at) => vqeAndPlot(n, { user: at % 2 === 0 ? 'ana' : 'ben' }))
    );
    expect(two.pattern.users).toBe(2);
    expect(two.confidence).toBeGreaterThan(one.confidence);
  });
});

describe('verify', () => {
  const numbers = [100, 150, 120, 130, 110];

  it('accepts when the last three runs agree, and says how sure that is', async () => {
    const traces = numbers.map(n => vqeAndPlot(n));
    const report = await judge(only(traces));
    expect(report).toMatchObject({ verdict: 'accepted', agreed: 3, replayed: 3 });
    expect(report.lower).toBeCloseTo(0.44, 2);
    expect(report.runs).toEqual(
      traces.slice(-3).map(({ id, session }) => ({
        ...{ trace: id, session, kind: 'agrees' }
      }))
    );
  });

  it('rejects for a poisoned trace, which it names', async () => {
    const traces = numbers.map(n => vqeAndPlot(n));
    const poisoned = vqeAndPlot(140, {}, -9);
    const report = await judge(only([...traces, poisoned]));
    expect(report.verdict).toBe('rejected');
    expect(report.reason).toContain(poisoned.id);
    expect(report.reason).toContain('quantum-vqe.eigenvalue');
    expect(report.runs.at(-1)).toMatchObject({ kind: 'differs', expected: '-9' });
  });

  it('rejects what fails, and leaves to people what is slow, impure or not kept', async () => {
    const proposal = only(numbers.map(n => vqeAndPlot(n)));
    const failing = () => Promise.resolve({ kind: 'failed', message: 'no' } as const);
    expect((await judge(proposal, failing)).verdict).toBe('rejected');
    const slow = () =>
      Promise.resolve({ kind: 'not-replayed', why: 'too slow' } as const);
    expect((await judge(proposal, slow)).verdict).toBe('review');
    const { compound } = proposal;
    const impure = { ...compound, skill: { ...compound.skill, pure: false } };
    expect((await judge({ ...proposal, compound: impure })).reason).toMatch(
      /^Not replayed/
    );
    const forgotten = numbers.map(n => {
      const trace = vqeAndPlot(n);
      const [vqe, plot] = trace.nodes;
      const inputs = { iterations: { type: 'integer', hash: `sha256:${n}` } };
      return { ...trace, nodes: [{ ...vqe, inputs }, plot] } as ITrace;
    });
    const report = await judge(only(forgotten));
    expect(report.verdict).toBe('review');
    expect(report.reason).toContain('too large to be kept');
  });

  it.each([
    ['the same versions', { python: '3.12.7', pyodide: '0.27.7' }, 'rejected'],
    ['no known versions', undefined, 'rejected'],
    ['another Python', { python: '3.13.1', pyodide: '0.29.0' }, 'review']
  ])(
    'takes other bits of a large output, with %s, for what they are',
    async (_, env, verdict) => {
      const large = (hash: string): ITracedValue => ({
        type: 'table',
        hash,
        length: 99
      });
      const traces = numbers.map((n): ITrace => {
        const trace = vqeAndPlot(n, { env: { python: '3.12.7', pyodide: '0.27.7' } });
        const nodes = trace.nodes.map(each => ({
          ...each,
          outputs: { rows: large('sha256:1') }
        }));
        return { ...trace, nodes };
      });
      const rows = large('sha256:2');
      const call: ReplayCall = () =>
        Promise.resolve({
          kind: 'done',
          calls: ['quantum-vqe', 'plot-convergence'].map(skill => ({
            ...{ skill, outputs: { rows } },
            ...(env && { env })
          }))
        });
      const report = await judge(only(traces), call);
      expect(report.verdict).toBe(verdict);
      expect(report.reason.includes('It ran with another Python')).toBe(
        verdict === 'review'
      );
    }
  );

  it('neither learns nor repeats with what is left of a text with a secret', async () => {
    const traces = numbers.map((n): ITrace => {
      const trace = vqeAndPlot(n);
      const [vqe, plot] = trace.nodes as [ITraceNode, ITraceNode];
      const inputs = {
        title: traced({ key: ['sk', 'abcdefghijklmnopqrstuv'].join('-') })
      };
      return maskTrace({ ...trace, nodes: [vqe, { ...plot, inputs }] });
    });
    const proposal = only(traces);
    expect(proposal.pattern.parameters['plot-convergence.title']).toMatchObject({
      ...{ kind: 'free', reason: 'secret' }
    });
    expect(proposal.compound.text).not.toContain('[masked]');
    const report = await judge(proposal);
    expect(report.verdict).toBe('review');
    expect(report.reason).toContain('is secret');
  });

  it('gives each run its own values', async () => {
    const seen: unknown[] = [];
    const watch: ReplayCall = (compound, inputs) => {
      seen.push(inputs);
      return compute(compound, inputs);
    };
    await judge(only(numbers.map(n => vqeAndPlot(n))), watch);
    expect(seen).toEqual([120, 130, 110].map(iterations => ({ iterations })));
  });
});
