import '../../browser';

import {
  buildGraph,
  planSweep,
  type ISweepContext,
  type ISweepPlan
} from '@llmos-lab/skills';

import type {
  INotebookRun,
  IRunPlan,
  IRunWorkers
} from '../../../src/graph/run/tokens';
import { foretell, type IForecast } from '../../../src/graph/sweep/foretell';
import { entryOf } from '../../skills/fixtures';

const SQUARE = entryOf('square', {
  inputs: [{ name: 'x', type: 'number', required: false, default: 1 }],
  outputs: [{ name: 'y', type: 'number', required: false }]
});

function planOf(type: typeof SQUARE.skill.type): ISweepPlan {
  const context: ISweepContext = {
    graph: buildGraph([{ id: 'c0', source: 'a = await skill("square")(x=2)' }]),
    find: () => ({ ...SQUARE.skill, type })
  };
  const values = Array.from({ length: 12 }, (_, at) => ({ value: at, text: `${at}` }));
  const planned = planSweep(context, [{ cell: 'c0', input: 'x', values }]);
  if (!planned.ok) {
    throw new Error(planned.reason);
  }
  return planned.plan;
}

/** What a run of two calls above would do, which take 300 ms side by side. */
function planAbove(workers: Partial<IRunPlan>): Partial<IRunPlan> {
  const cells = new Map(
    ['c1', 'c2'].map(id => [id, { action: 'run', why: '' } as const])
  );
  return { cells, expectedMs: 300 + (workers.startMs ?? 0), ...workers };
}

/** What is told of twelve calls that take 100 ms each. */
function told(
  workers: IRunWorkers | null,
  type: typeof SQUARE.skill.type = 'python-wasm',
  above?: Partial<IRunPlan>
): Promise<IForecast> {
  const run = {
    workers,
    plan: () => Promise.resolve(above),
    states: new Map([['c0', { status: 'done', expectedMs: 100 }]])
  } as unknown as INotebookRun;
  const signal = new AbortController().signal;
  const plan = { ...planOf(type), ...(above && { needs: ['c1', 'c2'] }) };
  return foretell({ plan, run, signal, kernel: null });
}

describe('foretell', () => {
  it('counts the start of the workers in that a sweep needs', async () => {
    const cold = await told({ most: 2, warm: 0, startMs: 5000 });
    expect(cold).toMatchObject({ expectedMs: 5600, startMs: 5000 });
    const warm = await told({ most: 2, warm: 2, startMs: 5000 });
    expect(warm).toMatchObject({ expectedMs: 600, startMs: 0 });
    const half = await told({ most: 2, warm: 1, startMs: 500 });
    expect(half).toMatchObject({ expectedMs: 900, startMs: 300 });
  });

  it('counts at most what runs took that loaded packages, where only those are known', async () => {
    const states = new Map([['c0', { status: 'done', mostMs: 100 }]]);
    const run = { workers: null, states } as unknown as INotebookRun;
    const { signal } = new AbortController();
    const plan = planOf('python-wasm');
    const found = await foretell({ plan, run, signal, kernel: null });
    expect(found).toMatchObject({ expectedMs: 1200, isMost: true });
    expect((await told(null)).isMost).toBeUndefined();
  });

  it('leaves open whether a swept number changes the time', async () => {
    expect((await told(null)).isTimeOpen).toBe(true);
    const { axes, ...plan } = planOf('python-wasm');
    const texts = axes.map(axis => ({
      ...axis,
      values: axis.values.map(({ text }) => ({ value: text, text }))
    }));
    const run = { workers: null, states: new Map() } as unknown as INotebookRun;
    const { signal } = new AbortController();
    const named = { ...plan, axes: texts };
    const states = new Map([['c0', { status: 'done', expectedMs: 100 }]]);
    const forecast = await foretell({
      ...{ plan: named, signal, kernel: null },
      run: { ...run, states } as unknown as INotebookRun
    });
    expect(forecast).toMatchObject({ expectedMs: 1200 });
    expect(forecast.isTimeOpen).toBeUndefined();
  });

  it('counts the start of workers once that cells above have started', async () => {
    const above = planAbove({ startMs: 5000, warm: 2 });
    const same = await told({ most: 2, warm: 0, startMs: 5000 }, 'python-wasm', above);
    expect(same).toMatchObject({ above: 2, expectedMs: 5900, startMs: 5000 });
    const more = await told({ most: 3, warm: 0, startMs: 500 }, 'python-wasm', above);
    expect(more).toMatchObject({ expectedMs: 5900, startMs: 5200 });
  });

  it('says that workers start, and packages are loaded, for the cells above', async () => {
    const above = planAbove({ startMs: null, isLoadOpen: true, warm: 2 });
    const open = await told({ most: 2, warm: 0 }, 'python-wasm', above);
    expect(open).toMatchObject({ expectedMs: 900, startMs: null, isLoadOpen: true });
  });

  it('says that workers start where nobody knows how long that takes', async () => {
    const cold = await told({ most: 2, warm: 0 });
    expect(cold).toMatchObject({ expectedMs: 600, startMs: null });
  });

  it('starts no Python for skills that run without', async () => {
    const other = await told({ most: 2, warm: 0, startMs: 5000 }, 'ngspice');
    expect(other).toMatchObject({ expectedMs: 600, startMs: 0 });
  });

  it('has one call after the other where there are no workers', async () => {
    expect(await told(null)).toMatchObject({ expectedMs: 1200, startMs: 0 });
  });
});
