/** @jest-environment node */
import 'fake-indexeddb/auto';

import { nullTranslator } from '@jupyterlab/translation';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IReplayedCall, ISkillEntry, IWorkerPool } from '@llmos-lab/kernel';
import {
  formatSkill,
  mineTask,
  parseEvolutionRuns,
  parseSkill,
  promoteTask
} from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';

import { git, SKILLS, traceLine } from '../../../skills/test/cli/replayVolume';
import { llmosBeside } from '../../../skills/test/cli/run';
import { traced } from '../../../skills/test/evolution/traces';
import { MODEL_KEY, ModelServer } from '../../../ui-tests/modelServer';
import type { IAssistant } from '../../src/assistant/tokens';
import { Evolution } from '../../src/evolution/evolution';
import { EvolutionSettings } from '../../src/evolution/settings';
import { versionOf } from '../../src/promote/plan';
import type { IVolume, IVolumes } from '../../src/tokens';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, textOf } from '../volumes/bytes';
import { exportTo } from '../volumes/exportTo';
import { completeOver } from './completeOver';
import { driveOf } from './driveOf';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1795000000 };
const LIBRARY = join(__dirname, '../../../skills/library/system');

/** Ids of runs are drawn by lot: the site takes here those that the command line drew. */
let drawn = '';
let count = 0;
jest.mock('../../src/session/store/ulid', () => ({ newUlid: () => drawn }));

/** What the skills of the volume compute; in the site workers do. */
const compute: IWorkerPool['replay'] = ({ inputs }) => {
  const x = Object.values(inputs).find(value => typeof value === 'number') ?? NaN;
  const calls: readonly IReplayedCall[] = [
    { skill: 'double-it', outputs: { y: traced(2 * x) } },
    { skill: 'add-one', outputs: { z: traced(2 * x + 1) } },
    { skill: 'divide-it', outputs: { v_out: traced((2 * x + 1) / 2) } }
  ];
  return Promise.resolve(calls);
};

const entryOf = async (
  bytes: Uint8Array<ArrayBuffer>,
  volume: string,
  path: string
): Promise<readonly ISkillEntry[]> => {
  const text = textOf(bytes);
  const { skill } = parseSkill(text, path);
  const version = await versionOf(bytes);
  const place = { volume, path: `${volume}:${path}`, shadows: [] };
  return skill ? [{ skill, version, text, ...place }] : [];
};

describe('evolution in the site and from the command line', () => {
  let store: DatabaseFileStore;
  let folder: string;
  beforeEach(() => {
    store = new DatabaseFileStore(`same-evolution-${count++}`, { folders: ['skills'] });
    folder = mkdtempSync(join(tmpdir(), 'llmos-evolution-'));
    // Only the date stands still.
    jest.useFakeTimers({
      now: AUTHOR.time * 1000,
      doNotFake: [
        ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
        ...(['setImmediate', 'clearImmediate', 'setInterval'] as const),
        ...(['clearInterval', 'setTimeout', 'clearTimeout'] as const)
      ]
    });
  });
  afterEach(() => {
    jest.useRealTimers();
    store.dispose();
    rmSync(folder, { recursive: true });
  });

  const entries = async (): Promise<readonly ISkillEntry[]> => {
    const own = (await store.list('skills')).map(async ({ path }) =>
      entryOf(await store.read(path), 'user', path)
    );
    const shipped = readdirSync(LIBRARY).map(name =>
      entryOf(
        Uint8Array.from(readFileSync(join(LIBRARY, name))),
        'system',
        `skills/${name}`
      )
    );
    return (await Promise.all([...own, ...shipped])).flat();
  };

  /** Runs the job of the site; it applies what all replays agree with. */
  const inSite = async (complete?: IAssistant['complete']): Promise<void> => {
    const owner = { kind: 'user', id: 'ana' } as const;
    const { repository } = store;
    const volume = {
      name: 'user',
      owner,
      drive: driveOf(store),
      repository
    } as IVolume;
    const settings = new EvolutionSettings(null);
    await settings.set({ applyAutomatically: true });
    await settings.set({ askModel: complete !== undefined });
    const evolution = new Evolution({
      volumes: {
        volumes: [volume],
        changed: new Signal({} as IVolumes),
        get: name => (name === 'user' ? volume : undefined)
      },
      ...{ entries, settings, sessions: () => [], pool: { replay: compute } },
      ...(complete && { complete }),
      miner: {
        mine: task => Promise.resolve(mineTask(structuredClone(task))),
        end: () => undefined,
        dispose: () => undefined
      },
      findPromotable: task => Promise.resolve(promoteTask(structuredClone(task))),
      author: () => AUTHOR,
      onRan: () => undefined,
      trans: nullTranslator.load('llmos')
    });
    const run = await evolution.run('user');
    expect(run).toMatchObject({ status: 'done', rejected: [] });
    evolution.dispose();
  };

  /** Runs the command on a clone of what the site exports; gives the clone. */
  const fromCommand = async (
    name: string,
    more: Readonly<Record<string, string>> = {}
  ): Promise<string> => {
    const clone = await exportTo(join(folder, name), store);
    const env = {
      ...{ GIT_AUTHOR_NAME: AUTHOR.name, GIT_AUTHOR_EMAIL: AUTHOR.email },
      ...{ LLMOS_USER: 'ana', SOURCE_DATE_EPOCH: String(AUTHOR.time) },
      ...more
    };
    const args = ['evolve', '--volume', clone, '--auto-apply', '--trust'];
    expect(await llmosBeside(args, { env })).toMatchObject({ code: 0 });
    const runs = readFileSync(join(clone, 'evolution/runs.jsonl'), 'utf8');
    drawn = parseEvolutionRuns(runs).at(-1)?.id ?? '';
    return clone;
  };

  /** The same commits, and with them the same files to the byte. */
  const expectSame = async (clone: string): Promise<readonly string[]> => {
    const log = await store.repository.store.log();
    expect(git(clone, 'log', '--format=%H %s').split('\n')).toEqual(
      log.map(({ oid, message }) => `${oid} ${message.split('\n')[0] ?? ''}`)
    );
    expect(git(clone, 'status', '--porcelain')).toBe('');
    for (const { path } of await store.list('skills')) {
      const bytes = await store.read(path);
      expect(new Uint8Array(readFileSync(join(clone, path)))).toEqual(bytes);
    }
    return log.map(({ message }) => message.split('\n')[0] ?? '');
  };

  const commit = async (message: string, files: Record<string, string>) => {
    const changes = Object.entries(files).map(([path, text]) => ({
      ...{ path, content: bytesOf(text) }
    }));
    await store.repository.apply({ changes, message, author: AUTHOR });
  };
  const traces = (count: number): string =>
    Array.from({ length: count }, (_, at) => {
      // What a second person does too is news of a skill that is there.
      const line = traceLine(at, 1.5 + at);
      return `${at < 3 ? line : line.replace('"user":"ana"', '"user":"bob"')}\n`;
    }).join('');

  it('makes the same commits of what it learns, and of what it renews', async () => {
    await commit('Runs', {
      ...Object.fromEntries(
        Object.entries(SKILLS).map(([id, text]) => [`skills/${id}.md`, text])
      ),
      'sessions/s-1/traces.jsonl': traces(3)
    });
    const first = await fromCommand('first');
    await inSite();
    expect((await expectSame(first)).slice(0, 3)).toEqual([
      'evolution: Record a run (3 traces, 1 applied, 0 to review, 0 rejected)',
      expect.stringMatching(/^Evolution: Create skill \S+ from 3 traces$/),
      expect.stringMatching(/^evolution: Learn /)
    ]);

    const [learned = ''] = (await store.list('skills'))
      .map(({ path }) => path)
      .filter(path => !(path.replace(/^skills\/|\.md$/g, '') in SKILLS));
    const edited = formatSkill(textOf(await store.read(learned)), {
      keys: { description: 'What a person says of it.' }
    });
    await commit('Edit', { [learned]: edited, 'sessions/s-1/traces.jsonl': traces(8) });
    const second = await fromCommand('second');
    await inSite();
    expect((await expectSame(second)).slice(0, 3)).toEqual([
      'evolution: Record a run (8 traces, 1 to review, 0 rejected)',
      expect.stringMatching(/^evolution: Propose /),
      expect.stringMatching(/^evolution: Learn /)
    ]);
    const path = learned.replace('skills/', 'evolution/candidates/');
    expect(readFileSync(join(second, path), 'utf8')).toContain(
      'What a person says of it.'
    );
    expect(readFileSync(join(second, learned), 'utf8')).toBe(edited);
    // Python starts twice, which takes its time on a busy machine.
  }, 240_000);

  it('asks a model the same, and makes the same commits of what it answers', async () => {
    const server = await ModelServer.start();
    const skill = {
      ...{ title: 'Energy of a molecule', purpose: 'Find it.', inputs: ['molecule'] },
      ...{ steps: ['Build', 'Run'], example: 'H2', variations: [] }
    };
    const pattern = { name: 'Energies', description: 'Of molecules.', skill };
    const found = { ...pattern, indices: [0, 1], confidence: 0.9 };
    server.replies = [{ text: JSON.stringify({ patterns: [found], names: [] }) }];
    for (const name of ['VQE for H2', 'VQE for LiH']) {
      const message = `session: ${name}\n\nPrompt: The energy.\n\n🤖 LLMunix Context Memory`;
      await commit(message, { 'sessions/s-1/notes.txt': name });
    }
    const clone = await fromCommand('asked', {
      ...{ ANTHROPIC_API_KEY: MODEL_KEY, ANTHROPIC_BASE_URL: server.url }
    });
    await inSite(await completeOver(server, 'anthropic'));
    expect((await expectSame(clone)).slice(0, 2)).toEqual([
      'evolution: Record a run (0 traces, 0 to review, 0 rejected)',
      'evolution: Propose energy-of-a-molecule'
    ]);
    const [first, second] = server.seen.map(({ body }) => JSON.stringify(texts(body)));
    expect(first).toContain('VQE for LiH');
    expect(first).toBe(second);
    await server.stop();
  });
});

/** What a request says, whether in one text or in blocks. */
function texts({ system, messages }: Record<string, unknown>): unknown {
  const [{ content }] = messages as [{ content: unknown }];
  const textIn = (value: unknown): unknown =>
    typeof value === 'string' ? value : (value as [{ text: string }])[0].text;
  return [textIn(system), textIn(content)];
}
