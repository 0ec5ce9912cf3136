/** @jest-environment node */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import {
  formatSession,
  parseSession,
  parseTraces,
  type ISession,
  type ITrace
} from '@llmos-lab/skills';
import { webcrypto } from 'node:crypto';

import type { IEndedCell, IFinishedRun } from '../../../src/graph/run/finishedRun';
import { TraceLog } from '../../../src/graph/trace/traceLog';
import { driveFiles } from '../../../src/session/store/driveFiles';
import { NotebookSessions } from '../../../src/session/store/notebookSessions';
import { ContentsError } from '../../../src/volumes/contentsError';

// What every page has, and Node had not always.
for (const [name, value] of Object.entries({ crypto: webcrypto, navigator: {} })) {
  if (!(name in globalThis)) {
    Object.defineProperty(globalThis, name, { value });
  }
}

const FOLDER = Symbol('folder');

/** Files by Contents path, as drives keep them: a file needs its folder. */
class Files {
  readonly texts = new Map<string, unknown>();
  isBroken = false;
  /** Fails for this path, with no answer whether it is there. */
  unread = '';

  get(path: string): Promise<Contents.IModel> {
    if (path === this.unread) {
      return Promise.reject(new ContentsError(500, 'The volume could not be reached.'));
    }
    const content = this.texts.get(path);
    const type = path.endsWith('.ipynb') ? 'notebook' : 'file';
    return this.texts.has(path)
      ? Promise.resolve({ content, type, writable: true } as unknown as Contents.IModel)
      : Promise.reject(new ContentsError(404, `There is no "${path}".`));
  }

  save(path: string, model?: Partial<Contents.IModel>): Promise<Contents.IModel> {
    if (this.isBroken) {
      return Promise.reject(new Error('The disk is full.'));
    }
    const folder = path.replace(/\/?[^/:]*$/, '');
    if (!/^\w*:?$/.test(folder) && this.texts.get(folder) !== FOLDER) {
      return Promise.reject(new ContentsError(404, `There is no "${folder}".`));
    }
    this.texts.set(path, model?.type === 'directory' ? FOLDER : model?.content);
    return Promise.resolve({} as Contents.IModel);
  }

  /** As its menu does it: with all that is in it. */
  delete(path: string): Promise<void> {
    [...this.texts.keys()]
      .filter(each => each === path || each.startsWith(`${path}/`))
      .forEach(each => this.texts.delete(each));
    return Promise.resolve();
  }

  /** The volume of that name. */
  drive(name: string): Contents.IDrive {
    const drive = {
      name,
      get: (path: string) => this.get(`${name}:${path}`),
      save: (path: string, model?: Partial<Contents.IModel>) =>
        this.save(`${name}:${path}`, model),
      delete: (path: string) => this.delete(`${name}:${path}`)
    };
    return drive as unknown as Contents.IDrive;
  }
}

/** A notebook with a heading. */
function notebook(path: string, metadata: Record<string, unknown> = {}): NotebookPanel {
  const heading = {
    type: 'markdown',
    sharedModel: { getSource: () => '# VQE for H2' }
  };
  return {
    title: { label: path },
    context: {
      path,
      contentsModel: { writable: true },
      model: {
        cells: [heading],
        getMetadata: (key: string) => metadata[key],
        setMetadata: (key: string, value: unknown) => {
          metadata[key] = value;
        }
      }
    }
  } as unknown as NotebookPanel;
}

const CELL: IEndedCell = {
  id: 'c0',
  status: 'success',
  ms: 3.4,
  source: 'h = 1',
  defines: ['h'],
  skill: null,
  isComputed: false,
  calls: []
};

const RUN: IFinishedRun = {
  trigger: 'all',
  startedAt: Date.UTC(2026, 10, 21, 10),
  ms: 512.3,
  cells: [
    CELL,
    {
      ...CELL,
      id: 'c1',
      source: 'vqe = await skill("old-vqe")(hamiltonian=h, api_key=k)',
      skill: 'old-vqe',
      ms: 480,
      isComputed: true,
      calls: [
        {
          parent: 'm1',
          skill: 'quantum-vqe',
          version: 'sha256:aa',
          key: 'sha256:bb',
          status: 'success',
          ms: 1,
          cached: true,
          inputs: {
            hamiltonian: { type: 'integer', value: 1 },
            api_key: { type: 'string', value: 'hunter2' }
          },
          outputs: { eigenvalue: { type: 'number', value: -1.137 } }
        }
      ]
    }
  ],
  edges: [['c0', 'h', 'c1', 'hamiltonian']]
};

function sessionsOn(files: Files): NotebookSessions {
  const volumes = ['user', 'team-lab'].map(name => {
    return { name, files: driveFiles(files.drive(name)) };
  });
  return new NotebookSessions({
    volumes: () => volumes,
    contents: files,
    trans: nullTranslator.load(''),
    user: () => 'ana'
  });
}

function logOn(files: Files): { log: TraceLog; failures: unknown[] } {
  const failures: unknown[] = [];
  const notebooks = sessionsOn(files);
  const log = new TraceLog({
    sessions: {
      ensure: panel => notebooks.ensure(panel),
      append: ({ volume, id }, file, lines) =>
        driveFiles(files.drive(volume)).append(`sessions/${id}/${file}`, lines)
    },
    user: () => 'ana',
    env: () => Promise.resolve({ app: '0.1.0' }),
    skill: () => null,
    onFailure: reason => failures.push(reason)
  });
  return { log, failures };
}

function tracesOf(files: Files): readonly ITrace[] {
  const path = [...files.texts.keys()].findLast(each => each.endsWith('traces.jsonl'));
  const text = files.texts.get(path ?? '');
  const { traces, problems } = parseTraces(typeof text === 'string' ? text : '');
  expect(problems).toEqual([]);
  return traces as readonly ITrace[];
}

describe('TraceLog', () => {
  it('writes one line a run into the session, which it makes at the first', async () => {
    const files = new Files();
    const { log } = logOn(files);
    const metadata: Record<string, unknown> = {};
    const panel = notebook('h2.ipynb', metadata);
    log.add(panel, RUN);
    const swept = [['c0', 'x']] as const;
    log.add(panel, { ...RUN, trigger: 'sweep', swept, cells: [CELL], edges: [] });
    await log.flush();

    const { session } = metadata['llmos'] as { session: string };
    const text = files.texts.get(`user:sessions/${session}/session.json`);
    expect(parseSession(String(text))).toMatchObject({
      id: session,
      name: 'h2',
      path: 'h2.ipynb',
      status: 'active',
      user: 'ana'
    });
    const [first, second] = tracesOf(files);
    expect(first).toMatchObject({
      session,
      started: '2026-11-21T10:00:00.000Z',
      ms: 512,
      status: 'success',
      goal: 'VQE for H2',
      trigger: 'all',
      edges: [['c0', 'h', 'c1', 'hamiltonian']]
    });
    expect(second).toMatchObject({ trigger: 'sweep', swept });
  });

  it('tells what each cell was, without secrets', async () => {
    const files = new Files();
    const { log } = logOn(files);
    log.add(notebook('h2.ipynb'), RUN);
    await log.flush();
    expect(tracesOf(files)[0]?.nodes).toEqual([
      {
        id: 'c0',
        skill: null,
        code: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
        defines: ['h'],
        status: 'success',
        ms: 3,
        inputs: {},
        outputs: {}
      },
      {
        id: 'c1',
        skill: 'quantum-vqe',
        version: 'sha256:aa',
        status: 'success',
        ms: 480,
        // A worker of this run computed it: the cache only carried it over.
        cached: false,
        inputs: {
          hamiltonian: { type: 'integer', value: 1, from: ['c0', 'h'] },
          api_key: { type: 'string', masked: true }
        },
        outputs: { eigenvalue: { type: 'number', value: -1.137 } }
      }
    ]);
  });

  it.each([
    ['a stop, and what misses its value', ['cancelled', 'blocked'], 'cancelled'],
    ['a failure, and what was stopped for it', ['failed', 'cancelled'], 'failed'],
    ['a missing value', ['success', 'blocked'], 'failed']
  ] as const)('says how a run ended that has %s', async (_what, statuses, status) => {
    const files = new Files();
    const { log } = logOn(files);
    const cells = statuses.map((each, at) => ({ ...CELL, id: `c${at}`, status: each }));
    log.add(notebook('h2.ipynb'), { ...RUN, cells, edges: [] });
    await log.flush();
    expect(tracesOf(files)[0]?.status).toBe(status);
  });

  it('gives a copied notebook a session of its own, and a renamed one its old', async () => {
    const files = new Files();
    const metadata: Record<string, unknown> = {};
    const { log } = logOn(files);
    log.add(notebook('h2.ipynb', metadata), RUN);
    await log.flush();
    const first = metadata['llmos'] as { session: string };
    files.texts.set('h2.ipynb', { metadata: { llmos: first } });

    const copied: Record<string, unknown> = { llmos: first };
    const later = logOn(files).log;
    later.add(notebook('copy.ipynb', copied), RUN);
    await later.flush();
    expect(copied['llmos']).not.toEqual(first);

    files.texts.delete('h2.ipynb');
    const renamed: Record<string, unknown> = { llmos: first };
    const last = logOn(files).log;
    last.add(notebook('renamed.ipynb', renamed), RUN);
    await last.flush();
    expect(renamed['llmos']).toEqual(first);
    const text = files.texts.get(`user:sessions/${first.session}/session.json`);
    expect(parseSession(String(text))).toMatchObject({ path: 'renamed.ipynb' });
  });

  it('tells a failure once, and writes what waited when it can again', async () => {
    const files = new Files();
    const { log, failures } = logOn(files);
    const panel = notebook('h2.ipynb', { llmos: { v: 1 } });
    log.add(panel, RUN);
    await log.flush();
    files.isBroken = true;
    log.add(panel, RUN);
    log.add(panel, RUN);
    await log.flush();
    expect(failures).toHaveLength(1);
    files.isBroken = false;
    log.add(panel, RUN);
    await log.flush();
    expect(tracesOf(files)).toHaveLength(4);
  });

  it('writes the runs of a notebook while those of another wait', async () => {
    const written: string[] = [];
    let release: () => void = () => undefined;
    const isReleased = new Promise<void>(resolve => (release = resolve));
    const isWritten = new Promise<void>(resolve => {
      const log = new TraceLog({
        sessions: {
          ensure: async ({ context }) => {
            await (context.path === 'slow.ipynb' ? isReleased : null);
            return { volume: 'user', id: context.path };
          },
          append: ({ id }) => {
            written.push(id);
            release();
            if (written.length === 2) {
              resolve();
            }
            return Promise.resolve();
          }
        },
        user: () => 'ana',
        env: () => Promise.resolve({ app: '0.1.0' }),
        skill: () => null,
        onFailure: reason => written.push(String(reason))
      });
      log.add(notebook('slow.ipynb'), RUN);
      log.add(notebook('quick.ipynb'), RUN);
    });
    await isWritten;
    expect(written).toEqual(['quick.ipynb', 'slow.ipynb']);
  });

  it('records in a new session when the old one was deleted meanwhile', async () => {
    const files = new Files();
    const { log, failures } = logOn(files);
    const metadata: Record<string, unknown> = {};
    const panel = notebook('h2.ipynb', metadata);
    log.add(panel, RUN);
    await log.flush();
    const { session } = metadata['llmos'] as { session: string };
    await files.delete(`user:sessions/${session}`);
    log.add(panel, RUN);
    await log.flush();
    expect(failures).toEqual([]);
    expect(metadata['llmos']).not.toMatchObject({ session });
    expect(tracesOf(files)).toHaveLength(1);
    expect(files.texts.has(`user:sessions/${session}`)).toBe(false);
  });

  it('keeps a run whose session could not be made, and tells of a new failure', async () => {
    const files = new Files();
    const { log, failures } = logOn(files);
    const panel = notebook('h2.ipynb');
    for (const round of [1, 2]) {
      files.isBroken = true;
      log.add(panel, RUN);
      await log.flush();
      expect(failures).toHaveLength(round);
      files.isBroken = false;
      log.add(panel, RUN);
      await log.flush();
      expect(tracesOf(files)).toHaveLength(2 * round);
    }
  });
});

describe('the session of a notebook', () => {
  const SESSION: ISession = {
    ...{ v: 1, id: 's-1', name: 'Hydrogen', volume: 'user', volume_id: 'ana' },
    ...{ status: 'paused', path: 'h2.ipynb', user: 'ana', metadata: { kept: 1 } },
    created_at: '2026-11-21T10:00:00.000Z',
    updated_at: '2026-11-21T10:00:00.000Z'
  };
  let files: Files;
  const put = (volume: string, text: string): void =>
    void files.texts.set(`${volume}:sessions/s-1/session.json`, text);

  beforeEach(() => {
    files = new Files();
  });

  it('is one, however many ask for it at once', async () => {
    const metadata: Record<string, unknown> = {};
    const panel = notebook('h2.ipynb', metadata);
    const sessions = sessionsOn(files);
    const [one, two] = await Promise.all([
      sessions.ensure(panel),
      sessions.ensure(panel)
    ]);
    expect(two).toEqual(one);
    expect(metadata['llmos']).toMatchObject({ session: one.id });
    const made = [...files.texts.keys()].filter(path => path.endsWith('session.json'));
    expect(made).toEqual([`user:sessions/${one.id}/session.json`]);
    expect(await sessions.ensure(panel)).toEqual(one);
  });

  it('is never written over when this version cannot read it', async () => {
    const text = JSON.stringify({ ...SESSION, v: 2 });
    put('user', text);
    const panel = notebook('h2.ipynb', { llmos: { v: 1, session: 's-1' } });
    await expect(sessionsOn(files).ensure(panel)).rejects.toThrow(
      /s-1".*"v" must be 1; found 2/
    );
    expect(files.texts.get('user:sessions/s-1/session.json')).toBe(text);
  });

  it('stays with its notebook when that cannot be read at the moment', async () => {
    put('user', formatSession(SESSION));
    const metadata = { llmos: { v: 1, session: 's-1' } };
    files.texts.set('h2.ipynb', { metadata });
    files.unread = 'h2.ipynb';
    const copy = notebook('copy.ipynb', { ...metadata });
    await expect(sessionsOn(files).ensure(copy)).rejects.toThrow(/reached/);
    expect(files.texts.get('user:sessions/s-1/session.json')).toBe(
      formatSession(SESSION)
    );
  });

  it('is new for a notebook that came from somebody else', async () => {
    const llmos = { v: 1, session: 's-1' };
    expect(
      await sessionsOn(files).ensure(notebook('a.ipynb', { llmos }))
    ).not.toMatchObject({ id: 's-1' });
    put('team-lab', formatSession({ ...SESSION, user: 'ben' }));
    expect(
      await sessionsOn(files).ensure(notebook('h2.ipynb', { llmos }))
    ).not.toMatchObject({ id: 's-1' });
  });

  it('may stand in a team’s volume, when it is the person’s', async () => {
    put('team-lab', formatSession(SESSION));
    const panel = notebook('h2.ipynb', { llmos: { v: 1, session: 's-1' } });
    expect(await sessionsOn(files).ensure(panel)).toEqual({
      ...{ volume: 'team-lab', id: 's-1' }
    });
  });
});
