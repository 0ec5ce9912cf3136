import 'fake-indexeddb/auto';

import { nullTranslator } from '@jupyterlab/translation';
import type {
  IReplayedCall,
  IReplayRequest,
  ISkillEntry,
  IWorkerPool
} from '@llmos-lab/kernel';
import {
  formatTrace,
  mineTask,
  parseSkill,
  promoteTask,
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
import type { IEvolutionOptions } from '../../src/evolution/createJobs';
import { Evolution } from '../../src/evolution/evolution';
import {
  EvolutionSettings,
  type IEvolutionSettings
} from '../../src/evolution/settings';
import { versionOf } from '../../src/promote/plan';
import type { IVolume, IVolumes } from '../../src/tokens';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, textOf } from '../volumes/bytes';
import { driveOf } from './driveOf';

export const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
let count = 0;

/** The name of a database that no other test of this file has. */
export const databaseName = (): string => `evolution-${count++}`;

/** The shipped skills, and those of a volume in front of them. */
export async function entriesOf(
  { name }: IVolume,
  store: DatabaseFileStore
): Promise<readonly ISkillEntry[]> {
  const own = await Promise.all(
    (await store.list('skills')).map(async ({ path }): Promise<ISkillEntry> => {
      const bytes = await store.read(path);
      const text = textOf(bytes);
      const { skill } = parseSkill(text, path);
      if (!skill) {
        throw new Error(text);
      }
      const version = await versionOf(bytes);
      return {
        skill,
        version,
        text,
        volume: name,
        path: `${name}:${path}`,
        shadows: []
      };
    })
  );
  return [...own, ...ENTRIES];
}

/** Locks as browsers have them, for the tabs of one test. */
export function createLocks(): IEvolutionOptions['locks'] {
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

export const compute: IWorkerPool['replay'] = ({ inputs }) => {
  const energy = traced(energyOf(Number(inputs['iterations'])));
  const calls: readonly IReplayedCall[] = [
    { skill: 'quantum-vqe', outputs: { eigenvalue: energy } },
    { skill: 'plot-convergence', outputs: { final_value: energy } }
  ];
  return Promise.resolve(calls);
};

export const ENTRIES = [...LIBRARY.values()].map(({ skill, version }): ISkillEntry => ({
  ...{ skill, version, volume: 'system', path: `system:skills/${skill.id}.md` },
  ...{ text: '', shadows: [] }
}));

export const minerOf = (
  mine: IEvolutionOptions['miner']['mine']
): IEvolutionOptions['miner'] => ({ mine, end: jest.fn(), dispose: jest.fn() });

/** Five runs of the same pair of skills, of which the median is 120. */
export const five = (): ITrace[] => [100, 150, 120, 130, 110].map(n => vqeAndPlot(n));

/** A session of the person's own volume, made at this time. */
export const sessionAt = (created_at: string): ISessionSummary =>
  ({ volume: 'user', session: { created_at } }) as ISessionSummary;

/** Settings with these values. */
export function withSettings(values: Partial<IEvolutionSettings>): EvolutionSettings {
  const settings = new EvolutionSettings(null);
  void settings.set(values);
  return settings;
}

/** Resolves when it is so, which some change tells. */
export async function until(evolution: Evolution, is: () => boolean): Promise<void> {
  const done = new PromiseDelegate<void>();
  const look = (): void => (is() ? done.resolve() : undefined);
  evolution.changed.connect(look);
  look();
  await done.promise;
  evolution.changed.disconnect(look);
}

/** A person's volume in a database, and evolution over it. */
interface IEvolutionBench {
  readonly store: DatabaseFileStore;
  readonly volume: IVolume;
  /** The volumes beside the person's own. */
  teams: IVolume[];
  /** The calls that were replayed, in order. */
  readonly replays: readonly IReplayRequest[];
  /** The runs that were told of, in order. */
  readonly ran: unknown[];
  /** A new tab's evolution, disposed after the test. */
  readonly start: (more?: Partial<IEvolutionOptions>) => Evolution;
  /** Writes these runs into the volume's sessions. */
  readonly keep: (traces: readonly ITrace[]) => Promise<void>;
}

/** Gives each test of a file a volume of its own. */
export function useEvolution(): IEvolutionBench {
  let store: DatabaseFileStore;
  let volume: IVolume;
  let open: Evolution[];
  let replays: IReplayRequest[];
  let ran: unknown[];
  const bench: IEvolutionBench = {
    get store() {
      return store;
    },
    get volume() {
      return volume;
    },
    teams: [],
    get replays() {
      return replays;
    },
    get ran() {
      return ran;
    },
    start: (more = {}) => {
      const evolution = new Evolution({
        volumes: {
          volumes: [volume, ...bench.teams],
          changed: new Signal({} as IVolumes),
          get: name => [volume, ...bench.teams].find(each => each.name === name)
        },
        entries: () => Promise.resolve(ENTRIES),
        sessions: () => [sessionAt(new Date().toISOString())],
        pool: {
          replay: request => {
            replays.push(request);
            return compute(request);
          }
        },
        miner: minerOf(task => Promise.resolve(mineTask(structuredClone(task)))),
        findPromotable: task => Promise.resolve(promoteTask(structuredClone(task))),
        author: () => AUTHOR,
        settings: new EvolutionSettings(null),
        onRan: (_, run) => ran.push(run),
        trans: nullTranslator.load('llmos'),
        ...more
      });
      open.push(evolution);
      return evolution;
    },
    keep: async traces => {
      for (const trace of traces) {
        const path = `sessions/${trace.session}/traces.jsonl`;
        await store.makeDirectory(`sessions/${trace.session}`);
        await store.write(path, bytesOf(`${formatTrace(trace)}\n`));
      }
    }
  };
  beforeEach(async () => {
    store = new DatabaseFileStore(databaseName(), { folders: ['skills'] });
    await store.makeDirectory('sessions');
    const { repository } = store;
    const owner = { kind: 'user', id: 'ana' } as const;
    volume = { name: 'user', owner, drive: driveOf(store), repository } as IVolume;
    bench.teams = [];
    open = [];
    replays = [];
    ran = [];
  });
  afterEach(() => {
    jest.useRealTimers();
    open.forEach(evolution => evolution.dispose());
    store.dispose();
  });
  return bench;
}
