import { PromiseDelegate } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { pack } from '../../../src/host/cache';
import { IDLE_MS } from '../../../src/host/pool/workerGroup';
import { WorkerPool } from '../../../src/host/pool/workerPool';
import type {
  IPacked,
  IPoolWorker,
  IRuntimeCall,
  IRuntimeHost,
  IStagedCall,
  IUnkept
} from '../../../src/host/tokens';
import { memoryCache } from '../memoryCache';

const RESULT = pack({ y: 1 });
const PLAIN = { form: 'plain', values: { size: 2 } } as const;
const ENTRY = {
  version: 'v1',
  skill: { id: 'cube', kind: 'executable', type: 'threejs' }
};

function staged(key: string, more: Partial<IStagedCall> = {}): IStagedCall {
  const packed: IPacked = { kind: 'python', text: '{}', buffers: [] };
  const inputs = { form: 'packed', packed } as const;
  const call = { key, owner: 'k1', skill: 'vqe', version: 'v1', inputs };
  return { type: 'python-wasm', ...call, ...more };
}

/** A worker whose runs the test ends. */
class FakeWorker implements IPoolWorker {
  isAlive = true;
  isDisposed = false;
  calls: IStagedCall[] = [];
  end = new PromiseDelegate<IPacked | IUnkept>();

  run(call: IStagedCall): Promise<IPacked | IUnkept> {
    this.calls.push(call);
    this.end = new PromiseDelegate();
    return this.end.promise;
  }

  dispose(): void {
    this.isDisposed = true;
    this.isAlive = false;
  }
}

describe('WorkerPool', () => {
  const never = new AbortController().signal;
  let cache = memoryCache();
  let workers: FakeWorker[] = [];
  let executed: IRuntimeCall[] = [];
  let pool: WorkerPool;
  let group: IDisposable;

  beforeEach(() => {
    cache = memoryCache();
    workers = [];
    executed = [];
    const host = {
      skills: { get: (id: string) => (id === 'cube' ? ENTRY : undefined) },
      execute: (call: IRuntimeCall) => {
        executed.push(call);
        cache.put(call.key ?? '', RESULT);
        return Promise.resolve({ outputs: {}, bundle: {}, logs: [] });
      }
    } as unknown as IRuntimeHost;
    pool = new WorkerPool({ cache, host, cores: 2 });
    group = pool.addWorkers(['python-wasm', 'qiskit'], () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    });
  });

  afterEach(() => {
    group.dispose();
    jest.useRealTimers();
  });

  /** Lets everything happen that needs no further event. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn++) {
      await new Promise(resolve => setImmediate(resolve));
    }
  };

  it('takes at most three workers, and no more than there are processors', () => {
    const host = {} as IRuntimeHost;
    expect(pool.size).toBe(2);
    expect(new WorkerPool({ cache, host, cores: 16 }).size).toBe(3);
  });

  it('puts results into the cache, and starts workers only as they are needed', async () => {
    pool.stage(staged('a'));
    expect(workers).toHaveLength(0);
    const run = pool.run('a', never);
    await settle();
    expect(workers).toHaveLength(1);
    expect(pool.busy).toBe(1);
    expect(pool.workers).toEqual([{ skill: 'vqe', key: 'a' }]);
    workers[0]?.end.resolve(RESULT);
    await run;
    expect(await cache.get('a')).toEqual(RESULT);
    expect(pool.busy).toBe(0);
    expect(pool.workers).toEqual([{}]);
  });

  it('runs as many as its size and the others after them, in warm workers', async () => {
    ['a', 'b', 'c'].forEach(key => pool.stage(staged(key)));
    const runs = ['a', 'b', 'c'].map(key => pool.run(key, never));
    await settle();
    expect(workers.map(({ calls }) => calls.map(({ key }) => key))).toEqual([
      ['a'],
      ['b']
    ]);
    workers[1]?.end.resolve(RESULT);
    await settle();
    expect(workers).toHaveLength(2);
    expect(workers[1]?.calls.map(({ key }) => key)).toEqual(['b', 'c']);
    workers.forEach(({ end }) => end.resolve(RESULT));
    await Promise.all(runs);
  });

  it('does not run what is in the cache', async () => {
    cache.put('a', RESULT);
    pool.stage(staged('a'));
    await pool.run('a', never);
    expect(workers).toHaveLength(0);
  });

  it('runs a call once for all who want it, and stops with the last of them', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    pool.stage(staged('a'));
    const runs = [pool.run('a', first.signal), pool.run('a', second.signal)];
    await settle();
    expect(workers).toHaveLength(1);
    first.abort();
    await expect(runs[0]).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers[0]?.isDisposed).toBe(false);
    second.abort();
    await expect(runs[1]).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers[0]?.isDisposed).toBe(true);
    await settle();
    expect(pool.busy).toBe(0);
    expect(pool.workers).toEqual([]);
  });

  it('replays a skill that is in no index, and leaves the cache alone', async () => {
    const entry = { ...ENTRY, skill: { ...ENTRY.skill, id: 'new', type: 'qiskit' } };
    const request = { entry: entry as never, inputs: { n: 1 }, signal: never };
    const run = pool.replay(request);
    await settle();
    const [call] = workers[0]?.calls ?? [];
    expect(call).toMatchObject({ entry, inputs: { packed: { text: '{"n":1}' } } });
    const calls = [{ skill: 'vqe', outputs: {} }];
    const text = JSON.stringify(calls);
    workers[0]?.end.resolve({ kind: 'python', text, buffers: [] });
    expect(await run).toEqual(calls);
    expect(await cache.has(call?.key ?? '')).toBe(false);
    const failing = pool.replay(request);
    await settle();
    workers[0]?.end.reject(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    const stop = new AbortController();
    const stopped = pool.replay({ ...request, signal: stop.signal });
    await settle();
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers[0]?.isDisposed).toBe(true);
  });

  it('says so where no workers replay skills of a type', async () => {
    group.dispose();
    const skill = { ...ENTRY.skill, type: 'qiskit' };
    const entry = { ...ENTRY, skill } as never;
    expect(await pool.replay({ entry, inputs: {}, signal: never })).toBe('no-workers');
  });

  it('starts a fresh worker after a stop', async () => {
    const stop = new AbortController();
    pool.stage(staged('a'));
    const run = pool.run('a', stop.signal);
    await settle();
    stop.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    pool.stage(staged('a'));
    const again = pool.run('a', never);
    await settle();
    expect(workers).toHaveLength(2);
    workers[1]?.end.resolve(RESULT);
    await again;
  });

  it('does not begin what was stopped while it waited', async () => {
    pool.size = 1;
    const stop = new AbortController();
    ['a', 'b'].forEach(key => pool.stage(staged(key)));
    const runs = [pool.run('a', never), pool.run('b', stop.signal)];
    await settle();
    stop.abort();
    await expect(runs[1]).rejects.toMatchObject({ name: 'AbortError' });
    workers[0]?.end.resolve(RESULT);
    await runs[0];
    await settle();
    expect(workers[0]?.calls).toHaveLength(1);
  });

  it('tells the error of a skill, to the cell too, once', async () => {
    pool.stage(staged('a'));
    const run = pool.run('a', never);
    await settle();
    workers[0]?.end.reject(
      Object.assign(new Error('negative'), { name: 'ValueError' })
    );
    await expect(run).rejects.toMatchObject({
      name: 'ValueError',
      message: 'negative'
    });
    expect((await cache.marks()).all).toContain('a'.slice(7));
    expect(pool.takeFailure('a')).toMatchObject({ message: 'negative' });
    expect(pool.takeFailure('a')).toBeUndefined();
    expect(workers[0]?.isDisposed).toBe(false);
  });

  it('replaces a worker that has crashed', async () => {
    pool.stage(staged('a'));
    const run = pool.run('a', never);
    await settle();
    Object.assign(workers[0] ?? {}, { isAlive: false });
    workers[0]?.end.reject(new Error('out of memory'));
    await expect(run).rejects.toThrow('out of memory');
    expect(workers[0]?.isDisposed).toBe(true);
    expect(pool.workers).toEqual([]);
  });

  it('remembers skills whose results cannot be kept', async () => {
    pool.stage(staged('a'));
    const run = pool.run('a', never);
    await settle();
    const why = 'The skill gives objects of its own.';
    workers[0]?.end.resolve({ kind: 'unkept', why, holds: 'version' });
    await run;
    expect(pool.whyUnkept(staged('b'))).toBe(why);
    expect(pool.whyUnkept(staged('a', { version: 'v2' }))).toBeUndefined();
    expect(await cache.has('a')).toBe(false);
  });

  it('tells a result that the cache did not take from skills that give no data', async () => {
    const inputs = { form: 'plain', values: {} } as const;
    const call = { skill: 'cube', type: 'threejs', inputs } as const;
    pool.stage(staged('s', call));
    jest.spyOn(cache, 'has').mockResolvedValue(false);
    await pool.run('s', never);
    expect(pool.whyUnkept(staged('s', call))).toMatch(/more room/);
    expect(pool.whyUnkept(staged('t', call))).toBeUndefined();
  });

  it('runs other types in their runtimes, with the key', async () => {
    const call = { skill: 'cube', type: 'threejs', inputs: PLAIN } as const;
    pool.stage(staged('s', call));
    await pool.run('s', never);
    expect(executed).toMatchObject([{ key: 's', inputs: { size: 2 } }]);
    expect(workers).toHaveLength(0);
    pool.stage(staged('t', { ...call, version: 'v0' }));
    await expect(pool.run('t', never)).rejects.toThrow(/edited meanwhile/);
  });

  it('does not know the calls of a kernel that has ended', async () => {
    pool.stage(staged('a'));
    pool.stage(staged('a', { owner: 'k2' }));
    pool.dropStaged('k2');
    pool.stage(staged('b', { owner: 'k2' }));
    pool.dropStaged('k2');
    await expect(pool.run('b', never)).rejects.toThrow(/not known any more/);
    void pool.run('a', never);
    await settle();
    expect(workers).toHaveLength(1);
  });

  it('ends idle workers after some minutes, and when it shrinks', async () => {
    ['a', 'b'].forEach(key => pool.stage(staged(key)));
    const runs = ['a', 'b'].map(key => pool.run(key, never));
    await settle();
    jest.useFakeTimers();
    workers.forEach(({ end }) => end.resolve(RESULT));
    await Promise.all(runs);
    pool.size = 1;
    expect(workers.filter(({ isDisposed }) => isDisposed)).toHaveLength(1);
    jest.advanceTimersByTime(IDLE_MS);
    expect(workers.filter(({ isDisposed }) => isDisposed)).toHaveLength(2);
    expect(pool.workers).toEqual([]);
  });
});
