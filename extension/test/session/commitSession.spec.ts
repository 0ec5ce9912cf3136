import '../page';

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  formatSession,
  parseCommit,
  previewCommit,
  skillChangeMessage,
  type ISession
} from '@llmos-lab/skills';
import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { nullTranslator } from '@jupyterlab/translation';

import { llmos } from '../../../skills/test/cli/run';
import { applyChanges } from '../../src/session/applyChanges';
import {
  readForCommit,
  SessionMovedOn,
  writeSessionCommit
} from '../../src/session/commit/commitSession';
import { VolumeSessions } from '../../src/session/store/volumeSessions';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf } from '../volumes/bytes';
import { exportTo } from '../volumes/exportTo';
import { mergeFrom } from '../volumes/mergeFrom';
import { driveOver } from './driveOver';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const SESSION: ISession = {
  ...{ v: 1, id: 's-1', name: 'Hydrogen', volume: 'user', volume_id: 'ana' },
  ...{ status: 'active', path: 'h2.ipynb', user: 'ana', metadata: {} },
  created_at: '2026-11-21T10:00:00.000Z',
  updated_at: '2026-11-21T10:00:00.000Z'
};
const NOTEBOOK = {
  cells: [
    {
      ...{ cell_type: 'code', id: 'a', metadata: {}, execution_count: 1 },
      source: 'vqe = await skill("quantum-vqe")()',
      outputs: [{ output_type: 'display_data', data: { 'image/png': 'aGk=' } }]
    }
  ],
  ...{ metadata: {}, nbformat: 4, nbformat_minor: 5 }
};
const TRACE = (id: string): string =>
  `${JSON.stringify({
    ...{ v: 1, id, session: 's-1', user: 'ana', ms: 5, status: 'success' },
    ...{ started: '2026-11-21T10:00:00.000Z', goal: 'H2', trigger: 'all', env: {} },
    nodes: [
      {
        id: 'a',
        skill: 'quantum-vqe',
        status: 'success',
        ms: 1,
        inputs: {},
        outputs: {}
      }
    ],
    edges: []
  })}\n`;
const KEEP = {
  ...{ name: 'Hydrogen', prompt: 'Make H2', outputs: 'keep' as const },
  accepted: []
};

let count = 0;

/** An open document, as far as it is saved and read anew. */
function openDocument(path: string, dirty: boolean) {
  return { path, model: { dirty }, revert: jest.fn(() => Promise.resolve()) };
}

function documentsWith(...opened: ReturnType<typeof openDocument>[]) {
  const documents = {
    registry: { preferredWidgetFactories: () => [{ name: 'Editor' }] },
    findWidget: (path: string) => {
      const context = opened.find(each => each.path === path);
      return context && { context };
    }
  };
  return documents as unknown as IDocumentManager;
}

describe('committing a session', () => {
  let volume: VolumeSessions;
  let store: DatabaseFileStore;
  const commit = async (
    choice: Parameters<typeof writeSessionCommit>[2] = KEEP,
    notebook: unknown = NOTEBOOK
  ): Promise<string | null> => {
    await volume.refresh();
    const [summary] = volume.summaries;
    const prepared = await readForCommit(volume, summary?.session ?? SESSION, notebook);
    const author = { ...AUTHOR, time: AUTHOR.time + 60 * volume.log.length };
    const oid = await writeSessionCommit(volume, prepared, choice, author);
    await volume.refresh();
    return oid;
  };
  const openVolume = (): VolumeSessions =>
    new VolumeSessions({
      ...{ name: 'user', drive: driveOver(store), repository: store.repository },
      owner: { kind: 'user', id: 'ana' },
      can: () => ({ allowed: true })
    });
  const committed = async (): Promise<string[]> => {
    const head = (await store.repository.store.head()) ?? '';
    return (await store.repository.store.diff(null, head)).map(({ path }) => path);
  };

  beforeEach(async () => {
    store = new DatabaseFileStore(`sessions-${count++}`, {
      folders: ['skills', 'sessions']
    });
    volume = openVolume();
    await volume.files.write('sessions/s-1/session.json', formatSession(SESSION));
    await volume.files.write('sessions/s-1/traces.jsonl', TRACE('r1'));
  });
  afterEach(() => {
    volume.dispose();
    store.dispose();
  });

  it('is counted with the commits that a merge brings, as the history has them', async () => {
    await commit();
    const put = async (files: DatabaseFileStore, name: string): Promise<void> => {
      await files.write(name, bytesOf(name));
      await files.repository.commit({ message: name, author: AUTHOR });
    };
    const result = await mergeFrom(store, {
      theirs: other => put(other, 'theirs.md'),
      mine: async () => {
        await put(store, 'mine.md');
        await volume.refresh();
        expect(volume.log).toHaveLength(2);
      }
    });
    expect(result).toBe('merged');
    await volume.refresh();
    expect(volume.log.map(({ message }) => message.split('\n')[0]).sort()).toEqual([
      ...['Merge', 'mine.md', 'session: Hydrogen', 'theirs.md']
    ]);
    expect(volume.summaries).toMatchObject([{ isCommitted: true }]);
    const all = await store.repository.store.log({ merged: true });
    expect(volume.log).toEqual(all);
  });

  it('is the one that made it what it is here, also where a merge brought a later one', async () => {
    await commit();
    const edit = async (files: DatabaseFileStore, time: number): Promise<string> => {
      await files.write('sessions/s-1/notes.md', bytesOf(`at ${time}`));
      const message = 'session: Hydrogen\n\nSession: s-1';
      const author = { ...AUTHOR, time };
      return (await files.repository.commit({ message, author })) ?? '';
    };
    const shown = async (): Promise<string | null | undefined> => {
      await volume.refresh();
      return volume.summaries[0]?.commit;
    };
    const { time } = AUTHOR;
    let mine = '';
    const keep = (choice: 'mine' | 'theirs'): Promise<string> =>
      mergeFrom(
        store,
        {
          theirs: other => edit(other, time + 2000),
          mine: async () => {
            mine = await edit(store, time + 1000);
          }
        },
        choice
      );
    await keep('mine');
    expect(await shown()).toBe(mine);
    await keep('theirs');
    expect(await shown()).toBe(await store.repository.store.head());
  });

  it('is found after the commits of a merge could not be read once', async () => {
    await commit();
    const put = async (files: DatabaseFileStore, name: string): Promise<void> => {
      await files.write(name, bytesOf(name));
      const message = `${name}\n\nSession: s-1`;
      await files.repository.commit({ message, author: AUTHOR });
    };
    await mergeFrom(store, {
      theirs: other => put(other, 'theirs.md'),
      mine: () => put(store, 'mine.md')
    });
    await volume.refresh();
    volume.dispose();
    const read = jest
      .spyOn(store.repository.store, 'diff')
      .mockRejectedValueOnce(new Error('The disk is gone.'));
    volume = openVolume();
    await volume.ready;
    expect(volume.problem).toBe('The disk is gone.');
    await volume.refresh();
    expect(volume.problem).toBeNull();
    const all = await store.repository.store.log({ merged: true });
    expect(volume.log).toEqual(all);
    const mine = all.find(({ message }) => message.startsWith('mine.md'));
    expect(volume.summaries).toMatchObject([{ commit: mine?.oid }]);
    // What a merge changed is asked for no more, also where another one makes the log anew.
    await mergeFrom(store, {
      theirs: other => put(other, 'more.md'),
      mine: () => put(store, 'other.md')
    });
    await volume.refresh();
    const [merge] = all;
    const asked = read.mock.calls.filter(
      ([from, to]) => from === merge?.parents[0] && to === merge?.oid
    );
    expect(asked).toHaveLength(2);
    read.mockRestore();
  });

  it('reads of the log what has come, and all of it where a merge or another log came', async () => {
    const { repository } = store;
    const { log } = repository.store;
    const read = jest.spyOn(repository.store, 'log');
    const wholes = (): number =>
      read.mock.calls.filter(([range]) => range?.merged).length;
    const put = async (...names: readonly string[]): Promise<void> => {
      for (const name of names) {
        await store.write(name, bytesOf(name));
        await repository.commit({ message: name, author: AUTHOR });
      }
      await volume.refresh();
    };
    await put('a.md');
    await put('b.md', 'c.md');
    const before = wholes();
    await put('d.md', 'e.md', 'f.md');
    expect(wholes()).toBe(before);
    expect(volume.log.map(({ message }) => message)).toEqual(
      [...'fedcba'].map(name => `${name}.md`)
    );
    // As after a backup that was put back: the newest commit is one from before.
    const earlier = volume.log.slice(2);
    const from = earlier[0]?.oid ?? '';
    read.mockImplementation(range => log({ from, ...range }));
    await volume.refresh();
    expect(volume.log).toEqual(earlier);
    read.mockRestore();
  });

  it('writes notebook, traces and artifacts in one commit, and shows it', async () => {
    await volume.refresh();
    expect(volume.summaries).toMatchObject([{ isCommitted: false, commit: null }]);
    const oid = await commit();
    expect(await committed()).toEqual([
      'sessions/s-1/artifacts/vqe.png',
      'sessions/s-1/s-1.ipynb',
      'sessions/s-1/session.json',
      'sessions/s-1/traces.jsonl'
    ]);
    expect(volume.summaries).toMatchObject([{ isCommitted: true, commit: oid }]);
    expect(parseCommit(volume.log[0]?.message ?? '')).toMatchObject({
      ...{ kind: 'session', name: 'Hydrogen', prompt: 'Make H2' },
      stats: { messages: 0, artifacts: 1, traces: 1 },
      artifacts: [{ type: 'image', name: 'vqe' }],
      trailers: [
        { key: 'Session', value: 's-1' },
        { key: 'Skill', value: 'quantum-vqe' },
        { key: 'Run', value: 'r1 success' }
      ]
    });
  });

  it('tells that the notebook was renamed since the commit before', async () => {
    const keys = () => {
      const told = parseCommit(volume.log[0]?.message ?? '');
      return (
        told.kind === 'session' && told.trailers.map(({ key, value }) => [key, value])
      );
    };
    await commit();
    const renamed = { ...SESSION, path: 'RTC:lab/bond.ipynb' };
    await volume.files.write('sessions/s-1/session.json', formatSession(renamed));
    await commit({ ...KEEP, prompt: '' });
    expect(keys()).toEqual([
      ['Session', 's-1'],
      ['Renamed-From', 'h2.ipynb']
    ]);
    await volume.files.write('sessions/s-1/traces.jsonl', TRACE('r1') + TRACE('r2'));
    await commit();
    expect(keys()).toEqual([
      ['Session', 's-1'],
      ['Skill', 'quantum-vqe'],
      ['Run', 'r2 success']
    ]);
  });

  it.each(['Hydrogen', 'h2', 'Untitled', 'Untitled3'])(
    'offers no prompt that is the name %j of notebook or session',
    async goal => {
      const trace = TRACE('r1').replace('"goal":"H2"', `"goal":"${goal}"`);
      await volume.files.write('sessions/s-1/traces.jsonl', trace);
      await volume.refresh();
      expect(await readForCommit(volume, SESSION, NOTEBOOK)).toMatchObject({
        prompt: ''
      });
    }
  );

  it('offers as prompt what is new since the last commit, never the one typed then', async () => {
    const read = async () => {
      await volume.refresh();
      const [summary] = volume.summaries;
      return readForCommit(volume, summary?.session ?? SESSION, NOTEBOOK);
    };
    expect(await read()).toMatchObject({ prompt: 'H2', told: { prompt: '' } });
    await commit({ ...KEEP, prompt: 'Compare bases' });
    expect(await read()).toMatchObject({
      prompt: '',
      told: { prompt: 'Compare bases' }
    });
    const again = TRACE('r1') + TRACE('r2');
    await volume.files.write('sessions/s-1/traces.jsonl', again);
    expect((await read()).prompt).toBe('');
    const other = again + TRACE('r3').replace('"H2"', '"LiH"');
    await volume.files.write('sessions/s-1/traces.jsonl', other);
    expect((await read()).prompt).toBe('LiH');
    await commit({ ...KEEP, prompt: '' });
    expect(await read()).toMatchObject({ prompt: '', told: { prompt: '' } });
    const said = { v: 1, id: '1', role: 'user', content: 'Plot it' };
    const rest = { timestamp: 'T', skills_used: [], traces: [], artifacts: [] };
    const line = `${JSON.stringify({ ...said, ...rest })}\n`;
    await volume.files.write('sessions/s-1/chat.jsonl', line);
    expect((await read()).prompt).toBe('Plot it');
    await commit({ ...KEEP, prompt: 'Plot it' });
    expect((await read()).prompt).toBe('');
    // Another prompt alone is nothing to commit.
    expect(await commit({ ...KEEP, prompt: 'Compare again' })).toBeNull();
  });

  it('gives the very commit that the command line gives on an exported volume', async () => {
    await commit();
    const folder = mkdtempSync(join(tmpdir(), 'llmos-same-'));
    try {
      const clone = await exportTo(folder, store);
      const traces = TRACE('r1') + TRACE('r2');
      await volume.files.write('sessions/s-1/traces.jsonl', traces);
      await volume.refresh();
      const time = AUTHOR.time + 60 * volume.log.length;
      const oid = await commit();
      const env = {
        ...{ GIT_AUTHOR_NAME: AUTHOR.name, GIT_AUTHOR_EMAIL: AUTHOR.email },
        ...{ LLMOS_USER: 'ana', SOURCE_DATE_EPOCH: String(time) }
      };
      writeFileSync(join(clone, 'sessions/s-1/traces.jsonl'), traces);
      const notebook = join(folder, 'h2.ipynb');
      writeFileSync(notebook, JSON.stringify(NOTEBOOK));
      const args = ['s-1', '--volume', clone, '--notebook', notebook, '--json'];
      const made = llmos(['sessions', 'commit', ...args, '--prompt', 'Make H2'], {
        env
      });
      expect([made.stderr, JSON.parse(made.stdout)]).toEqual([
        '',
        { session: 's-1', commit: oid }
      ]);

      const text = '---\nname: Note\ndescription: Says how.\n---\nText\n';
      writeFileSync(join(folder, 'note.md'), text);
      const path = 'skills/note.md';
      const added = await store.repository.apply({
        changes: [{ path, content: bytesOf(text) }],
        message: skillChangeMessage(path, null, text),
        author: { ...AUTHOR, time }
      });
      const skill = ['create', 'note', '--from', join(folder, 'note.md')];
      const same = llmos(['skills', ...skill, '--volume', clone, '--json'], { env });
      expect([same.stderr, JSON.parse(same.stdout)]).toMatchObject([
        '',
        { commit: added }
      ]);
      expect(readFileSync(join(clone, path), 'utf8')).toBe(text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tells only of new runs the second time, and drops artifacts that are gone', async () => {
    await commit();
    await volume.files.write('sessions/s-1/traces.jsonl', TRACE('r1') + TRACE('r2'));
    await volume.refresh();
    expect(volume.summaries).toMatchObject([{ isCommitted: false }]);
    await commit({ ...KEEP, name: 'H2', outputs: 'clear' });
    const message = parseCommit(volume.log[0]?.message ?? '');
    expect(message).toMatchObject({ name: 'H2', stats: { artifacts: 0, traces: 2 } });
    expect(message.trailers.filter(({ key }) => key === 'Run')).toEqual([
      { key: 'Run', value: 'r2 success' }
    ]);
    expect(await committed()).not.toContain('sessions/s-1/artifacts/vqe.png');
    expect(volume.summaries).toMatchObject([{ session: { name: 'H2' } }]);
    const copy = await volume.files.notebook('sessions/s-1/s-1.ipynb');
    expect(copy).toMatchObject({ cells: [{ outputs: [], execution_count: null }] });
  });

  it('keeps copy and artifacts of a notebook that is gone', async () => {
    await commit();
    const before = await committed();
    await volume.files.write('sessions/s-1/traces.jsonl', TRACE('r1') + TRACE('r2'));
    expect(await commit(KEEP, null)).not.toBeNull();
    expect(await committed()).toEqual(before);
    expect(parseCommit(volume.log[0]?.message ?? '')).toMatchObject({
      artifacts: [{ type: 'image', name: 'vqe.png' }]
    });
    expect(volume.summaries).toMatchObject([
      { session: { metadata: { outputs: ['artifacts/vqe.png'] } } }
    ]);
  });

  it('makes no commit where nothing but the time is new', async () => {
    expect(await commit()).not.toBeNull();
    expect(await commit()).toBeNull();
    expect(volume.log).toHaveLength(1);
    expect(volume.summaries).toMatchObject([{ isCommitted: true }]);
  });

  it('takes files along that a run exported, as long as they are what it wrote', async () => {
    const outputs = {
      filename: { type: 'string', value: 'curve.csv' },
      bytes: { type: 'integer', value: 8 }
    };
    const line = TRACE('t-9').replace('quantum-vqe', 'export-results');
    await volume.files.append(
      'sessions/s-1/traces.jsonl',
      line.replace('"outputs":{}', `"outputs":${JSON.stringify(outputs)}`)
    );
    const exported = (content: string) =>
      readForCommit(volume, SESSION, NOTEBOOK, name =>
        Promise.resolve(name === 'curve.csv' ? bytesOf(content) : null)
      ).then(prepared => previewCommit(prepared, KEEP, SESSION.updated_at));
    const { files, message } = await exported('x,y\n1,2\n');
    expect(files.has('sessions/s-1/artifacts/curve.csv')).toBe(true);
    expect(message).toContain('- table: curve.csv');
    const other = await exported('something else');
    expect(other.files.has('sessions/s-1/artifacts/curve.csv')).toBe(false);
    // What the session keeps of it is still what the run wrote, as after a restore.
    await volume.files.write('sessions/s-1/artifacts/curve.csv', 'x,y\n1,2\n');
    const kept = await exported('something else');
    expect(kept.files.get('sessions/s-1/artifacts/curve.csv')).toEqual(
      bytesOf('x,y\n1,2\n')
    );
  });

  it('finds secrets in the notebook as it would be committed', async () => {
    const secret = `sk-${'a1B2'.repeat(6)}`;
    const cell = { ...NOTEBOOK.cells[0], source: `key = "${secret}"`, outputs: [] };
    const notebook = { ...NOTEBOOK, cells: [cell] };
    const prepared = await readForCommit(volume, SESSION, notebook);
    expect(previewCommit(prepared, KEEP, SESSION.updated_at).secrets).toMatchObject([
      { kind: 'api-key', cell: 1, line: 1 }
    ]);
  });

  it.each([{ prompt: 'Use SECRET please' }, { name: 'H2 SECRET' }])(
    'finds secrets in what the message says: %j',
    async words => {
      const secret = `sk-ant-api03-${'a1B2'.repeat(6)}`;
      const text = JSON.stringify({ ...KEEP, ...words }).replace('SECRET', secret);
      const choice = JSON.parse(text) as typeof KEEP;
      const prepared = await readForCommit(volume, SESSION, NOTEBOOK);
      const { secrets } = previewCommit(prepared, choice, SESSION.updated_at);
      expect(secrets).toContainEqual(
        expect.objectContaining({ kind: 'api-key', path: 'the message' })
      );
      await expect(commit(choice)).rejects.toMatchObject({ secrets });
      expect(volume.log).toEqual([]);
      expect(await commit({ ...choice, accepted: secrets })).not.toBeNull();
    }
  );

  it('finds secrets in every file of the session, also in long ones', async () => {
    const secret = `ghp_${'a1B2c3D4e5'.repeat(3)}`;
    await volume.files.write('sessions/s-1/.env', `API=${secret}`);
    await volume.files.write(
      'sessions/s-1/artifacts/long.csv',
      `${'1,2,3\n'.repeat(400_000)}${secret}\n`
    );
    const prepared = await readForCommit(volume, SESSION, NOTEBOOK);
    expect(previewCommit(prepared, KEEP, SESSION.updated_at).secrets).toMatchObject([
      { path: 'sessions/s-1/.env', line: 1 },
      { path: 'sessions/s-1/artifacts/long.csv', line: 400_001 }
    ]);
    await expect(commit()).rejects.toMatchObject({ name: 'SecretsError' });
    expect(volume.log).toEqual([]);
    const { secrets } = previewCommit(prepared, KEEP, SESSION.updated_at);
    expect(await commit({ ...KEEP, accepted: secrets })).not.toBeNull();
  });

  it('commits no run that its message does not tell of', async () => {
    await volume.refresh();
    const prepared = await readForCommit(volume, SESSION, NOTEBOOK);
    await volume.files.append('sessions/s-1/traces.jsonl', TRACE('r2'));
    await expect(
      writeSessionCommit(volume, prepared, KEEP, AUTHOR)
    ).rejects.toBeInstanceOf(SessionMovedOn);
    const again = await readForCommit(volume, SESSION, NOTEBOOK);
    await writeSessionCommit(volume, again, KEEP, AUTHOR);
    await volume.refresh();
    expect(parseCommit(volume.log[0]?.message ?? '').trailers).toContainEqual({
      ...{ key: 'Run', value: 'r2 success' }
    });
  });

  it('brings a deleted session back, and refuses over edits', async () => {
    const trans = nullTranslator.load('llmos');
    const documents = documentsWith();
    const later = { ...AUTHOR, time: AUTHOR.time + 3600 };
    const context = { trans, documents, author: () => later };
    const oid = await commit();
    const path = 'sessions/s-1/session.json';
    const content = await store.repository.store.read(path, oid ?? '');
    await volume.files.remove('sessions/s-1');
    await store.repository.commit({ message: 'Delete', author: AUTHOR });
    await volume.refresh();
    expect(volume.summaries).toEqual([]);
    const back = 'Back\n\nSession: s-1';
    const restored = await applyChanges(context, volume, [{ path, content }], back);
    await volume.refresh();
    const committed_at = new Date(later.time * 1000).toISOString();
    expect(volume.summaries).toMatchObject([
      { session: { id: 's-1' }, commit: restored, committed_at }
    ]);
    await volume.files.write(path, formatSession({ ...SESSION, name: 'Edited' }));
    await expect(
      applyChanges(context, volume, [{ path, content }], 'Again')
    ).rejects.toThrow(/Not committed: sessions/);
  });

  it('is not changed under a document with edits that are not saved', async () => {
    const path = 'sessions/s-1/session.json';
    const oid = await commit();
    const content = await store.repository.store.read(path, oid ?? '');
    await volume.files.write(path, formatSession({ ...SESSION, name: 'Later' }));
    await store.repository.commit({ message: 'Later', author: AUTHOR });
    const trans = nullTranslator.load('llmos');
    const edited = openDocument(`user:${path}`, true);
    const apply = (opened: typeof edited): Promise<string | null> =>
      applyChanges(
        { trans, documents: documentsWith(opened), author: () => AUTHOR },
        ...([volume, [{ path, content }], 'Back'] as const)
      );
    await expect(apply(edited)).rejects.toThrow(/not saved: user:sessions/);
    expect(edited.revert).not.toHaveBeenCalled();
    const saved = openDocument(`user:${path}`, false);
    expect(await apply(saved)).not.toBeNull();
    expect(saved.revert).toHaveBeenCalledTimes(1);
  });

  it('keeps what is typed into an open document while it changes', async () => {
    const path = 'sessions/s-1/session.json';
    const oid = await commit();
    const content = await store.repository.store.read(path, oid ?? '');
    await volume.files.write(path, formatSession({ ...SESSION, name: 'Later' }));
    await store.repository.commit({ message: 'Later', author: AUTHOR });
    const warning = jest.spyOn(Notification, 'warning').mockReturnValue('');
    const opened = openDocument(`user:${path}`, false);
    const author = (): typeof AUTHOR => {
      opened.model.dirty = true;
      return AUTHOR;
    };
    const trans = nullTranslator.load('llmos');
    const context = { trans, documents: documentsWith(opened), author };
    const done = await applyChanges(context, volume, [{ path, content }], 'Back');
    expect(done).not.toBeNull();
    expect(opened.revert).not.toHaveBeenCalled();
    const [told] = warning.mock.calls[0] ?? [];
    expect(told).toContain('keeps what you have typed meanwhile');
    warning.mockRestore();
  });
});
