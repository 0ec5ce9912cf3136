/** @jest-environment node */
import { mineTask } from '@llmos-lab/skills';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import type { IEvolutionOptions } from '../../src/evolution/createJobs';
import type { Evolution } from '../../src/evolution/evolution';
import { QuietRuns } from '../../src/evolution/quietRuns';
import type { IVolumes } from '../../src/tokens';
import {
  compute,
  createLocks,
  five,
  minerOf,
  sessionAt,
  until,
  useEvolution,
  withSettings
} from './evolutionBench';

const bench = useEvolution();
const { keep, start } = bench;

describe('the job of a volume', () => {
  it('runs in one tab of two, and by itself when the site was closed', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
    await keep(five());
    const locks = createLocks();
    const longAgo = new Date(Date.now() - 48 * 3_600_000).toISOString();
    const done = new PromiseDelegate<void>();
    const onRan = (_: string, run: unknown): void => {
      bench.ran.push(run);
      done.resolve();
    };
    const tabs = [0, 1].map(() =>
      start({ ...(locks && { locks }), onRan, sessions: () => [sessionAt(longAgo)] })
    );
    await Promise.all(tabs.map(({ ready }) => ready));
    expect(tabs[0]?.jobs[0]?.due).toBeLessThan(Date.now());
    await jest.advanceTimersByTimeAsync(29_000);
    expect(bench.ran).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(2_000);
    await done.promise;
    // Behind both tabs, of which the second finds nothing to do.
    await locks?.request('', {}, () => Promise.resolve());
    expect(bench.ran).toHaveLength(1);
    const [first] = tabs;
    expect(await first?.run('system')).toMatchObject({ status: 'done' });
    expect(first?.history.filter(({ job }) => job === 'user')).toHaveLength(1);
    expect(first?.jobs[0]?.due).toBeGreaterThan(Date.now());
  });

  it('says that another tab is at it', async () => {
    await keep(five());
    const locks = createLocks();
    const [one, two] = [0, 1].map(() => start({ ...(locks && { locks }) }));
    const runs = await Promise.all([one?.run('user'), two?.run('user')]);
    expect(runs.filter(run => run === null)).toHaveLength(1);
  });

  it('knows from the first moment that this tab is at it', async () => {
    await keep(five());
    const locks = createLocks();
    const [here, there] = [0, 1].map(() => start({ ...(locks && { locks }) }));
    const run = here?.run('user');
    expect(here?.jobs[0]).toMatchObject({ isTaken: true, progress: null });
    expect(await here?.run('user')).toBeNull();
    expect(await there?.run('user')).toBeNull();
    expect(there?.jobs[0]?.isTaken).toBe(false);
    expect(await run).toMatchObject({ status: 'done' });
    expect(here?.jobs[0]?.isTaken).toBe(false);
  });

  it('shows what another tab has found without being asked', async () => {
    await keep(five());
    const locks = createLocks();
    const [one, two] = [0, 1].map(() => start({ ...(locks && { locks }) }));
    await Promise.all([one?.ready, two?.ready]);
    const shown = new PromiseDelegate<void>();
    const look = (): void => {
      if (one?.history.length === 1 && two?.history.length === 1) {
        shown.resolve();
      }
    };
    [one, two].forEach(tab => tab?.changed.connect(look));
    await Promise.all([one?.run('user'), two?.run('user')]);
    await shown.promise;
    expect(one?.history).toEqual(two?.history);
  });

  it('commits no run that found nothing, and still knows when the next one is due', async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value)
    };
    const quietRuns = (volume: string): QuietRuns =>
      new QuietRuns(storage, 'https://lab.example/', volume);
    const messages = async (): Promise<readonly string[]> =>
      (await bench.store.repository.store.log()).map(({ message }) => message);
    await keep(five().slice(0, 2));
    const evolution = start({ quietRuns });
    expect(await evolution.run('user')).toMatchObject({ status: 'done', patterns: 0 });
    expect(await evolution.run('system')).toMatchObject({ status: 'done' });
    expect(await messages()).toEqual([]);
    // Another tab has them too, also after a reload.
    const other = start({ quietRuns });
    await other.ready;
    expect(other.history).toHaveLength(2);
    expect(other.jobs[0]?.due).toBeGreaterThan(Date.now() + 23 * 3_600_000);

    await keep(five());
    await other.run('user');
    expect((await messages())[0]).toMatch(/^evolution: Record a run \(7 traces, 1 to/);
    expect(other.history).toHaveLength(3);
  });

  it('keeps what it found when it is stopped, and goes on from there', async () => {
    await keep(five());
    const evolution: Evolution = start({
      pool: {
        replay: request => {
          evolution.stop('user');
          return compute(request);
        }
      }
    });
    expect(await evolution.run('user')).toMatchObject({
      status: 'stopped',
      candidates: []
    });
    expect((await start().run('user'))?.candidates).toEqual(['vqe-convergence']);
  });

  it('says what there is not', async () => {
    const evolution = start();
    await expect(evolution.reject('user', 'x', '')).rejects.toThrow('"x" waits');
    await expect(evolution.rename('user', 'x', 'Y')).rejects.toThrow('"x" waits');
    await expect(evolution.accept('user', 'x')).rejects.toThrow('no candidate "x"');
    await expect(evolution.share('user', true)).rejects.toThrow('no volume of a team');
    await expect(evolution.run('team-x')).rejects.toThrow('No job learns');
  });

  it('waits an hour when it could not write its record, and says why', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
    await keep(five());
    const apply = bench.store.repository.apply.bind(bench.store.repository);
    const isFull = jest
      .spyOn(bench.store.repository, 'apply')
      .mockImplementation(options =>
        options.message.includes('Record a run')
          ? Promise.reject(new Error('The disk is full.'))
          : apply(options)
      );
    let mined = 0;
    const longAgo = new Date(Date.now() - 48 * 3_600_000).toISOString();
    const evolution = start({
      miner: minerOf(task => {
        mined += 1;
        return Promise.resolve(mineTask(structuredClone(task)));
      }),
      sessions: () => [sessionAt(longAgo)],
      settings: withSettings({ systemJob: false })
    });
    await evolution.ready;
    await jest.advanceTimersByTimeAsync(31_000);
    await until(evolution, () => evolution.jobs[0]?.failure !== null);
    expect(evolution.jobs[0]).toMatchObject({ failure: 'The disk is full.' });
    await jest.advanceTimersByTimeAsync(50 * 60_000);
    await evolution.reject('user', 'vqe-convergence', '');
    expect(mined).toBe(1);
    isFull.mockRestore();
    await jest.advanceTimersByTimeAsync(11 * 60_000);
    await until(evolution, () => evolution.jobs[0]?.failure === null);
    expect(mined).toBe(2);
    expect(evolution.history).toHaveLength(1);
  });

  it('does nothing any more for a volume that was left while it waited', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
    await keep(five());
    const free = new PromiseDelegate<void>();
    const asked = new PromiseDelegate<LockOptions>();
    const request = async (
      _name: string,
      options: LockOptions,
      work: (lock: object) => Promise<unknown>
    ): Promise<unknown> => {
      asked.resolve(options);
      await free.promise;
      return work({});
    };
    const longAgo = new Date(Date.now() - 48 * 3_600_000).toISOString();
    const evolution = start({
      locks: { request } as unknown as NonNullable<IEvolutionOptions['locks']>,
      sessions: () => [sessionAt(longAgo)],
      settings: withSettings({ systemJob: false })
    });
    await evolution.ready;
    await jest.advanceTimersByTimeAsync(31_000);
    const { signal } = await asked.promise;
    evolution.dispose();
    expect(signal?.aborted).toBe(true);
    free.resolve();
    // Reads of the same store, behind those that the job began.
    await bench.store.repository.status(['evolution']);
    await bench.store.stat('evolution');
    expect(await bench.store.stat('evolution/runs.jsonl')).toBeUndefined();
    expect(bench.replays).toEqual([]);
  });

  it('ends the miner of a volume that is left, and all with itself', () => {
    const miner = minerOf(() => Promise.reject(new Error('not asked')));
    const changed = new Signal<IVolumes, void>({} as IVolumes);
    let mounted = [bench.volume];
    const volumes = {
      changed,
      get volumes() {
        return mounted;
      },
      get: () => bench.volume
    } as unknown as IVolumes;
    const evolution = start({ miner, volumes });
    mounted = [];
    changed.emit();
    expect(miner.end).toHaveBeenCalledWith('user');
    expect(miner.dispose).not.toHaveBeenCalled();
    evolution.dispose();
    expect(miner.dispose).toHaveBeenCalledTimes(1);
  });

  it('tells in its record why it failed', async () => {
    const evolution = start({
      miner: minerOf(() => Promise.reject(new Error('no worker')))
    });
    expect(await evolution.run('user')).toMatchObject({
      status: 'failed',
      error: 'no worker'
    });
    expect(evolution.history).toHaveLength(1);
  });
});
