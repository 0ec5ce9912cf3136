/** @jest-environment node */
import type { ISweepValue } from '@llmos-lab/skills';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import { isCachedPoint, PointRuns } from '../../../src/graph/sweep/pointRuns';
import type {
  IPointQuestion,
  ISweepKernel,
  PointAnswer
} from '../../../src/graph/sweep/sweepKernel';

const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

function values(...numbers: readonly number[]): readonly ISweepValue[][] {
  return numbers.map(value => [{ value, text: `${value}.0` }]);
}

/** A pool of which the test ends the calls; their results go into the cache. */
class FakePool {
  constructor(
    public size: number,
    private readonly _cache: Set<string>
  ) {}
  readonly workers = [];
  readonly changed = new Signal<never, void>(this as never);
  readonly calls = new Map<string, PromiseDelegate<void>>();
  most = 0;
  ran = 0;

  run(key: string, signal: AbortSignal): Promise<void> {
    const call = new PromiseDelegate<void>();
    this.calls.set(key, call);
    this.ran += 1;
    this.most = Math.max(this.most, this.calls.size);
    signal.addEventListener('abort', () => {
      this.calls.delete(key);
      call.reject(new Error('stopped'));
    });
    return call.promise;
  }

  end(key: string, error?: Error): void {
    const call = this.calls.get(key);
    this.calls.delete(key);
    if (error) {
      call?.reject(error);
    } else {
      this._cache.add(key);
      call?.resolve();
    }
  }

  async endAll(): Promise<void> {
    while (this.calls.size > 0) {
      [...this.calls.keys()].forEach(key => this.end(key));
      await settle();
    }
  }
}

/** Answers as `llmos._sweep` does, for points of so many calls; 13 fails, 7 stays here. */
class FakeKernel implements ISweepKernel {
  constructor(
    private readonly _calls: number,
    private readonly _cache: Set<string>
  ) {}
  readonly asked: number[] = [];
  begun = 0;
  ended = 0;
  /** Holds answers back until it resolves. */
  hold: Promise<void> = Promise.resolve();
  fails = false;

  begin(): Promise<void> {
    this.begun += 1;
    return Promise.resolve();
  }

  async advance(points: readonly IPointQuestion[]): Promise<readonly PointAnswer[]> {
    this.asked.push(points.length);
    await this.hold;
    if (this.fails) {
      throw new Error('The kernel was restarted.');
    }
    return points.map(point => this._answer(point));
  }

  end(): Promise<void> {
    this.ended += 1;
    return Promise.resolve();
  }

  private _answer({ values: given, here }: IPointQuestion): PointAnswer {
    const x = Number(given[0]?.value);
    for (let at = 0; at < this._calls; at++) {
      const key = `${x}#${at}`;
      const isSlow = x === 7 && at === 0;
      if (at >= here && isSlow) {
        return { kind: 'here', at, why: 'a file', calls: [] };
      }
      if (at >= here && !this._cache.has(key)) {
        return { kind: 'waits', at, key, calls: [] };
      }
      if (!this._cache.has(key) && !isSlow) {
        const error = { name: 'ValueError', message: `unlucky ${x}` };
        return { kind: 'failed', at, error, calls: [] };
      }
    }
    return { kind: 'done', row: { 'a.y': x * x }, calls: [] };
  }
}

function open(calls: number, size: number, ...numbers: readonly number[]) {
  const cache = new Set<string>();
  const kernel = new FakeKernel(calls, cache);
  const pool = new FakePool(size, cache);
  const runs = new PointRuns(values(...numbers), kernel, pool);
  return { cache, kernel, pool, runs };
}

const NUMBERS = Array.from({ length: 24 }, (_, n) => n + 100);

describe('PointRuns', () => {
  it('keeps no more workers busy than the pool has, and gives results in order', async () => {
    const { runs, pool, kernel } = open(2, 3, ...NUMBERS);
    const ended: number[] = [];
    runs.ended.connect((_, { row }) => ended.push(Number(row?.['a.y'])));
    const done = runs.run();
    await settle();
    expect(pool.calls.size).toBe(3);
    expect(runs.running).toBe(3);
    // The last of them first.
    pool.end('102#0');
    await settle();
    expect(pool.calls.size).toBe(3);
    await pool.endAll();
    await done;
    expect(pool.most).toBe(3);
    expect(pool.ran).toBe(48);
    expect(ended).toHaveLength(24);
    expect(runs.results.map(({ row }) => row?.['a.y'])).toEqual(
      NUMBERS.map(x => x * x)
    );
    expect(runs.results.some(isCachedPoint)).toBe(false);
    expect([kernel.begun, kernel.ended]).toEqual([1, 1]);
  });

  it('takes what the cache has from there: 23 of 24', async () => {
    const { runs, pool, cache, kernel } = open(1, 3, ...NUMBERS);
    NUMBERS.slice(1).forEach(x => cache.add(`${x}#0`));
    const done = runs.run();
    await settle();
    await pool.endAll();
    await done;
    expect(pool.ran).toBe(1);
    expect(runs.results.filter(isCachedPoint)).toHaveLength(23);
    expect(runs.results[0]?.computed.has(0)).toBe(true);
    // A few points a request: one answer for all would come late.
    expect(Math.max(...kernel.asked)).toBeLessThanOrEqual(8);
  });

  it('counts a call that points of two axes share as computed once', async () => {
    const cache = new Set<string>();
    const pool = new FakePool(2, cache);
    const points = [5, 6].map(second => [...values(1), ...values(second)].flat());
    const runs = new PointRuns(points, new FakeKernel(1, cache), pool);
    const done = runs.run();
    await settle();
    await pool.endAll();
    await done;
    expect(runs.results.map(({ computed }) => computed.size)).toEqual([1, 0]);
    expect(runs.results.map(isCachedPoint)).toEqual([false, true]);
  });

  it('lists a point that failed, and runs the others', async () => {
    const { runs, pool } = open(1, 2, 1, 13, 3);
    const done = runs.run();
    await settle();
    pool.end('13#0', new Error('unlucky'));
    await settle();
    await pool.endAll();
    await done;
    expect(runs.results.map(({ row }) => row)).toEqual([
      { 'a.y': 1 },
      null,
      { 'a.y': 9 }
    ]);
    expect(runs.results[1]?.error).toEqual({
      ...{ name: 'ValueError', message: 'unlucky 13', at: 0 }
    });
  });

  it('runs in the kernel what only the kernel can, one by one and after the others', async () => {
    const { runs, pool, kernel } = open(1, 2, 7, 1, 2);
    const done = runs.run();
    await settle();
    await pool.endAll();
    await done;
    expect(runs.results[0]?.ranHere.has(0)).toBe(true);
    expect(runs.results.some(isCachedPoint)).toBe(false);
    expect(kernel.asked).toContain(1);
    expect(pool.ran).toBe(2);
  });

  it('runs everything in the kernel where there is no pool', async () => {
    const cache = new Set(['1#0', '2#0']);
    const runs = new PointRuns(values(1, 2), new FakeKernel(1, cache), null);
    await runs.run();
    expect(runs.results.map(({ row }) => row?.['a.y'])).toEqual([1, 4]);
  });

  it('ends at once when it is stopped, also while the kernel does not answer', async () => {
    const { runs, pool, kernel } = open(1, 3, ...NUMBERS);
    const done = runs.run();
    await settle();
    pool.end('100#0');
    await settle();
    kernel.hold = new PromiseDelegate<void>().promise;
    pool.end('101#0');
    await settle();
    runs.stop();
    await done;
    expect(pool.calls.size).toBe(0);
    expect(runs.results).toHaveLength(1);
    expect(kernel.ended).toBe(1);
  });

  it('tells that the kernel was lost', async () => {
    const { runs, kernel } = open(1, 3, 1, 2);
    kernel.fails = true;
    await expect(runs.run()).rejects.toThrow('restarted');
    expect(kernel.ended).toBe(1);
  });
});
