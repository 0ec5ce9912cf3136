/** @jest-environment node */
import { buildGraph, newSchedule, readFlow } from '@llmos-lab/skills';

import { forecast, sideBySide, withStart } from '../../../src/graph/run/forecast';
import { RunRecord } from '../../../src/graph/run/record';
import type { IPlannedCell } from '../../../src/graph/run/tokens';

const schedule = newSchedule(
  readFlow(
    buildGraph(
      [
        'n = 1',
        'a = await skill("s")(x=n)',
        'b = await skill("s")(x=n)',
        'c = await skill("s")(x=n)',
        'd = await skill("s")(x=a.y)'
      ].map((source, index) => ({ id: `c${index}`, source }))
    ),
    new Map()
  )
);

const run = (expectedMs?: number): IPlannedCell => ({
  action: 'run',
  why: '',
  ...(expectedMs !== undefined && { expectedMs })
});
const CACHED: IPlannedCell = { action: 'cached', why: '' };

const planOf = (...cells: IPlannedCell[]): ReadonlyMap<string, IPlannedCell> =>
  new Map(cells.map((cell, index) => [`c${index}`, cell]));

const WARM = { isThere: true, isWarm: true, warm: 3, size: 0, startMs: 1000, most: 2 };

describe('forecast', () => {
  it.each([
    ['one after the other without workers', { isThere: false }, 5 + 9000 + 2000],
    ['side by side in two workers', {}, 5 + 6000 + 2000],
    ['side by side in three workers', { most: 3 }, 5 + 3000 + 2000]
  ])('takes branches %s', (_how, pool, ms) => {
    const cells = planOf(run(5), run(3000), run(3000), run(3000), run(2000));
    expect(forecast(schedule, cells, { ...WARM, ...pool }).ms).toBe(ms);
  });

  it('starts workers for calls that gain by it, and for no others', () => {
    const cold = { ...WARM, isWarm: false, warm: 0 };
    const long = planOf(run(), run(3000), run(3000));
    const short = planOf(run(), run(300), run(300));
    const cached = planOf(CACHED, run(3000), CACHED, CACHED, run(3000));
    expect(forecast(schedule, long, cold)).toEqual({
      ...{ startsWorkers: true, ms: 3000, startMs: 1000, warm: 2 }
    });
    expect(forecast(schedule, short, cold)).toEqual({
      ...{ startsWorkers: false, ms: 600, startMs: 0, warm: 0 }
    });
    expect(forecast(schedule, cached, cold)).toEqual({
      ...{ startsWorkers: false, ms: 6000, startMs: 0, warm: 0 }
    });
    expect(forecast(schedule, long, WARM).startsWorkers).toBe(false);
  });
});

describe('sideBySide', () => {
  it.each([
    ['by one that has started and one that has to', [100, 100], 1, 5100],
    ['by those that have started, however many others may be', [100], 1, 100],
    ['by all that have started', [100, 100, 100, 100], 2, 200],
    ['by none', [], 0, 0]
  ])('gives calls to workers %s', (_how, times, warm, ms) => {
    expect(sideBySide(times, { most: 2, warm, startMs: 5000 })).toBe(ms);
  });

  it('gives what waits to whoever is free first', () => {
    const times = [100, 100, 100, 100];
    expect(sideBySide(times, { most: 2, warm: 1, startMs: 5000 })).toBe(5100);
  });
});

describe('withStart', () => {
  it.each([
    ['none that has started', 0, 5000],
    ['all that have started', 2, 0],
    ['one that has started, which does most', 1, 4900]
  ])('tells how much longer calls take with %s', (_how, warm, startMs) => {
    const told = withStart([100, 100, 100, 100], { most: 2, warm, startMs: 5000 });
    expect(told).toEqual({ ms: 200, startMs });
  });
});

describe('RunRecord', () => {
  it('counts the start of workers in, and tells no time where nobody knows it', () => {
    const record = new RunRecord('all');
    record.add(['c1'], () => 3000);
    const active = new Map([['c1', { phase: 'computing', isByHand: false }] as const]);
    record.noteStart(4000);
    expect(record.progress({ ...schedule, active }).expectedMs).toBe(7000);
    record.noteStart(undefined);
    expect(record.progress({ ...schedule, active }).expectedMs).toBe(0);
  });

  it('foretells what is left from the cells that are not over', () => {
    const record = new RunRecord('all');
    record.add(['c1', 'c2', 'c3', 'c4'], id => (id === 'c4' ? 2000 : 3000));
    const expectedOf = (
      ...active: readonly (readonly [string, 'waiting' | 'computing'])[]
    ): number =>
      record.progress({
        ...schedule,
        active: new Map(active.map(([id, phase]) => [id, { phase, isByHand: false }]))
      }).expectedMs;
    expect(
      expectedOf(
        ['c1', 'waiting'],
        ['c2', 'waiting'],
        ['c3', 'waiting'],
        ['c4', 'waiting']
      )
    ).toBe(11_000);
    expect(
      expectedOf(
        ['c1', 'computing'],
        ['c2', 'computing'],
        ['c3', 'waiting'],
        ['c4', 'waiting']
      )
    ).toBe(8000);
    expect(expectedOf(['c4', 'waiting'])).toBe(2000);
  });
});
