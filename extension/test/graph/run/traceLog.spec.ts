/** @jest-environment node */
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { parseSession, parseTraces, type ITrace } from '@llmos-lab/skills';
import { webcrypto } from 'node:crypto';

import type { IEndedCell, IFinishedRun } from '../../../src/graph/run/record';
import { TraceLog } from '../../../src/graph/trace/traceLog';
import { VolumeError } from '../../../src/volumes/volumeError';

// What every page has, and Node had not always.
for (const [name, value] of Object.entries({ crypto: webcrypto, navigator: {} })) {
  if (!(name in globalThis)) {
    Object.defineProperty(globalThis, name, { value });
  }
}

/** Files by path, as a volume keeps them. */
class Files {
  readonly texts = new Map<string, unknown>();
  isBroken = false;

  get(path: string): Promise<Contents.IModel> {
    return this.texts.has(path)
      ? Promise.resolve({ content: this.texts.get(path) } as Contents.IModel)
      : Promise.reject(new VolumeError(404, `There is no "${path}".`));
  }

  save(path: string, model?: Partial<Contents.IModel>): Promise<Contents.IModel> {
    if (this.isBroken) {
      return Promise.reject(new Error('The disk is full.'));
    }
    if (model?.type !== 'directory') {
      this.texts.set(path, model?.content);
    }
    return Promise.resolve({} as Contents.IModel);
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

function logOn(files: Files): { log: TraceLog; failures: unknown[] } {
  const failures: unknown[] = [];
  const log = new TraceLog({
    contents: files,
    user: () => 'ana',
    env: () => Promise.resolve({ app: '0.1.0' }),
    skill: () => null,
    onFailure: reason => failures.push(reason)
  });
  return { log, failures };
}

function tracesOf(files: Files): readonly ITrace[] {
  const path = [...files.texts.keys()].find(each => each.endsWith('traces.jsonl'));
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
    log.add(panel, { ...RUN, trigger: 'cell', cells: [CELL], edges: [] });
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
    expect(second?.trigger).toBe('cell');
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
});
