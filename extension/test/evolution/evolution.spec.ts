/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { Contents } from '@jupyterlab/services';
import type {
  IReplayedCall,
  IReplayRequest,
  ISkillEntry,
  IWorkerPool
} from '@llmos-lab/kernel';
import {
  decodeBase64,
  encodeBase64,
  formatTrace,
  notReplayed,
  withReview,
  type ISessionSummary,
  type ITrace
} from '@llmos-lab/skills';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import {
  energyOf,
  LIBRARY,
  traced,
  vqeAndPlot
} from '../../../skills/test/evolution/traces';
import { doMine } from '../../src/evolution/doMine';
import { Evolution, type IEvolutionOptions } from '../../src/evolution/evolution';
import { DEFAULTS } from '../../src/evolution/settings';
import type { IVolume } from '../../src/tokens';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, textOf } from '../volumes/bytes';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
let count = 0;

/** A drive over a store, as far as evolution uses one. */
function driveOf(store: DatabaseFileStore): Contents.IDrive {
  const fileChanged = new Signal<object, Contents.IChangedArgs>({});
  return {
    name: 'user',
    fileChanged,
    get: async (path: string, { format }: Contents.IFetchOptions = {}) => {
      const found = await store.stat(path);
      if (!found) {
        throw Object.assign(new Error(path), { response: { status: 404 } });
      }
      if (found.kind === 'directory') {
        const content = (await store.list(path)).map(each => ({
          ...{ type: each.kind, path: each.path, name: each.path.split('/').at(-1) }
        }));
        return { type: 'directory', content };
      }
      const bytes = await store.read(path);
      const content = format === 'base64' ? encodeBase64(bytes) : textOf(bytes);
      return { type: 'file', content };
    },
    save: async (path: string, { type, format, content }: Partial<Contents.IModel>) => {
      const text = String(content);
      await (type === 'directory'
        ? store.makeDirectory(path)
        : store.write(
            path,
            format === 'base64' ? Uint8Array.from(decodeBase64(text)) : bytesOf(text)
          ));
    },
    delete: (path: string) => store.remove(path)
  } as unknown as Contents.IDrive;
}

/** Locks as browsers have them, for the tabs of one test. */
function createLocks(): IEvolutionOptions['locks'] {
  let last: Promise<unknown> | null = null;
  const request = async (
    _name: string,
    { ifAvailable }: LockOptions,
    work: (lock: object | null) => Promise<unknown>
  ): Promise<unknown> => {
    if (last && ifAvailable) {
      return work(null);
    }
    const mine = (last ?? Promise.resolve()).then(() => work({}));
    const settled = mine.catch(() => undefined);
    last = settled;
    await settled;
    last = last === settled ? null : last;
    return mine;
  };
  return { request } as unknown as IEvolutionOptions['locks'];
}

const compute: IWorkerPool['replay'] = ({ inputs }) => {
  const energy = traced(energyOf(Number(inputs['iterations'])));
  const calls: readonly IReplayedCall[] = [
    { skill: 'quantum-vqe', outputs: { eigenvalue: energy } },
    { skill: 'plot-convergence', outputs: { final_value: energy } }
  ];
  return Promise.resolve(calls);
};

const ENTRIES = [...LIBRARY.values()].map(({ skill, version }): ISkillEntry => ({
  ...{ skill, version, volume: 'system', path: `system:skills/${skill.id}.md` },
  ...{ text: '', shadows: [] }
}));

describe('Evolution', () => {
  let store: DatabaseFileStore;
  let volume: IVolume;
  let open: Evolution[];
  let replays: IReplayRequest[];
  let ran: unknown[];

  const session = (created_at: string): ISessionSummary =>
    ({ session: { created_at } }) as ISessionSummary;

  const start = (more: Partial<IEvolutionOptions> = {}): Evolution => {
    const evolution = new Evolution({
      volume,
      entries: () => Promise.resolve(ENTRIES),
      sessions: () => [session(new Date().toISOString())],
      pool: {
        replay: request => {
          replays.push(request);
          return compute(request);
        }
      },
      mine: task => Promise.resolve(doMine(structuredClone(task))),
      author: () => AUTHOR,
      settings: () => DEFAULTS,
      onRan: run => ran.push(run),
      ...more
    });
    open.push(evolution);
    return evolution;
  };

  const keep = async (traces: readonly ITrace[]): Promise<void> => {
    for (const trace of traces) {
      const path = `sessions/${trace.session}/traces.jsonl`;
      await store.makeDirectory(`sessions/${trace.session}`);
      await store.write(path, bytesOf(`${formatTrace(trace)}\n`));
    }
  };

  beforeEach(async () => {
    store = new DatabaseFileStore(`evolution-${count++}`, ['skills']);
    await store.makeDirectory('sessions');
    const { repository } = store;
    volume = { name: 'user', drive: driveOf(store), repository } as IVolume;
    open = [];
    replays = [];
    ran = [];
  });
  afterEach(() => {
    jest.useRealTimers();
    open.forEach(evolution => evolution.dispose());
    store.dispose();
  });

  const five = (): ITrace[] => [100, 150, 120, 130, 110].map(n => vqeAndPlot(n));

  it('learns a skill, verifies it and commits it when it is accepted', async () => {
    const traces = five();
    await keep(traces);
    const evolution = start();
    const run = await evolution.run('user');
    expect(run).toMatchObject({
      ...{ status: 'done', traces: 5, patterns: 1, verified: 1, rejected: [] },
      candidates: ['vqe-convergence']
    });
    expect(replays).toHaveLength(3);
    const [candidate] = evolution.candidates;
    expect(candidate?.skill.inputs[0]?.default).toBe(120);
    expect(candidate?.review.report).toMatchObject({ verdict: 'accepted', agreed: 3 });
    const oid = await evolution.accept('vqe-convergence');
    const [entry] = await store.repository.store.log();
    expect(entry?.oid).toBe(oid);
    expect(entry?.message).toMatch(
      /^Evolution: Create skill vqe-convergence from 5 traces\n\nTrace: /
    );
    expect(evolution.candidates).toEqual([]);
    const paths = ['evolution', 'skills'];
    expect(await store.repository.status(paths)).toEqual([]);
    const text = textOf(await store.read('skills/vqe-convergence.md'));
    const again = start({
      entries: () =>
        Promise.resolve([
          ...ENTRIES,
          { ...ENTRIES[0], text, path: 'user:skills/vqe-convergence.md' } as ISkillEntry
        ])
    });
    expect(await again.run('user')).toMatchObject({ patterns: 0, candidates: [] });
  });

  it('names the poisoned trace that a skill was rejected for, and waits for newer ones', async () => {
    const traces = five();
    const poisoned = vqeAndPlot(140, {}, -9);
    await keep([...traces, poisoned]);
    const evolution = start();
    const run = await evolution.run('user');
    expect(run?.candidates).toEqual([]);
    expect(run?.rejected[0]?.reason).toContain(poisoned.id);
    const before = replays.length;
    await evolution.run('user');
    expect(replays).toHaveLength(before);
    await keep([160, 170, 180].map(n => vqeAndPlot(n)));
    expect((await evolution.run('user'))?.candidates).toEqual(['vqe-convergence']);
  });

  it('never proposes again what a person has rejected', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    await evolution.reject('vqe-convergence', 'Not useful');
    await keep([vqeAndPlot(160)]);
    expect(await evolution.run('user')).toMatchObject({ candidates: [] });
    expect(evolution.candidates).toEqual([]);
  });

  it('runs in one tab of two, and by itself when the site was closed', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
    await keep(five());
    const locks = createLocks();
    const longAgo = new Date(Date.now() - 48 * 3_600_000).toISOString();
    const done = new PromiseDelegate<void>();
    const onRan = (run: unknown): void => {
      ran.push(run);
      done.resolve();
    };
    const tabs = [0, 1].map(() =>
      start({ ...(locks && { locks }), onRan, sessions: () => [session(longAgo)] })
    );
    await Promise.all(tabs.map(({ ready }) => ready));
    expect(tabs[0]?.jobs[0]?.due).toBeLessThan(Date.now());
    await jest.advanceTimersByTimeAsync(29_000);
    expect(ran).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(2_000);
    await done.promise;
    // Behind both tabs, of which the second finds nothing to do.
    await locks?.request('', {}, () => Promise.resolve());
    expect(ran).toHaveLength(1);
    const [first] = tabs;
    await first?.refresh();
    expect(first?.history).toHaveLength(1);
    expect(first?.jobs[0]?.due).toBeGreaterThan(Date.now());
  });

  it('says that another tab is at it', async () => {
    await keep(five());
    const locks = createLocks();
    const [one, two] = [0, 1].map(() => start({ ...(locks && { locks }) }));
    const runs = await Promise.all([one?.run('user'), two?.run('user')]);
    expect(runs.filter(run => run === null)).toHaveLength(1);
  });

  it('keeps what it found when it is stopped, and goes on from there', async () => {
    await keep(five());
    const evolution: Evolution = start({
      pool: {
        replay: request => {
          evolution.stop();
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

  it('verifies what the command line has proposed, under the id that it has', async () => {
    await keep(five());
    const evolution = start();
    await evolution.run('user');
    const path = 'evolution/candidates/vqe-convergence.md';
    const text = textOf(await store.read(path));
    await store.remove(path);
    const { review } = evolution.candidates[0] ?? {};
    const report = notReplayed('The command line runs no skills.');
    const unverified = withReview(text.replaceAll('vqe-convergence', 'by-hand'), {
      ...{ sessions: [], confidence: 0, ...review },
      report
    });
    await store.write('evolution/candidates/by-hand.md', bytesOf(unverified));
    expect(await evolution.run('user')).toMatchObject({ candidates: ['by-hand'] });
    expect(evolution.candidates).toHaveLength(1);
    expect(evolution.candidates[0]?.review.report.verdict).toBe('accepted');
  });

  it('commits what is verified at once where the setting says so', async () => {
    await keep(five());
    const settings = { ...DEFAULTS, applyAutomatically: true };
    await start({ settings: () => settings }).run('user');
    expect(await store.stat('skills/vqe-convergence.md')).toBeTruthy();
    expect(await store.repository.store.log()).toHaveLength(1);
  });

  it('tells in its record why it failed', async () => {
    const evolution = start({ mine: () => Promise.reject(new Error('no worker')) });
    expect(await evolution.run('user')).toMatchObject({
      status: 'failed',
      error: 'no worker'
    });
    expect(evolution.history).toHaveLength(1);
  });
});
