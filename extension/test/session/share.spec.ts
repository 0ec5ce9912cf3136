import '../page';

import { Notification } from '@jupyterlab/apputils';
import { formatChatMessage } from '@llmos-lab/skills';
import { randomBytes } from 'node:crypto';

import { CommandIDs } from '../../src/commands';
import { marksOf } from '../../src/graph/run/learning';
import { RunMemory } from '../../src/graph/run/memory';
import type { IResultMarks } from '../../src/graph/run/tokens';
import { addShareCommands } from '../../src/session/share/commands';
import { addSharedSessions } from '../../src/session/share/openShare';
import { fromFragment, SHARED_NOTEBOOK } from '../../src/session/share/shareBundle';
import {
  answerDialog,
  chooseFile,
  keepDownloads,
  Workbench,
  OpenNotebook
} from './workbench';

describe('sharing a session', () => {
  let bench: Workbench;
  let notebook: OpenNotebook;
  let id: string;
  let saved: () => Blob | undefined;

  beforeEach(async () => {
    bench = new Workbench();
    addShareCommands(bench.context);
    notebook = await bench.open('energy.ipynb', 'x = 1');
    id = await bench.begin(notebook);
    await notebook.save();
    saved = keepDownloads();
  });
  afterEach(() => {
    Notification.manager.dismiss();
    bench.dispose();
  });

  const share = (as: string): Promise<unknown> =>
    bench.run(CommandIDs.shareSession, { as });

  const told = (): string | undefined => Notification.manager.notifications[0]?.message;

  it('sends what is on the screen, not what was saved last', async () => {
    notebook.type('x = 2');
    const link = share('link');
    await answerDialog('Cancel');
    const fragment = new URL(String(await link)).hash;
    const file = fromFragment(fragment, bench.context.trans)?.files[0];
    expect(file?.path).toBe(SHARED_NOTEBOOK);
    expect(new TextDecoder().decode(file?.bytes)).toContain('x = 2');
    expect(await bench.sourceAt('energy.ipynb')).toBe('x = 2');
  });

  it('opens elsewhere from a zip, read-only, and as a copy that can be changed', async () => {
    notebook.type('x = 3');
    expect(await share('zip')).toBeNull();
    expect(told()).toMatch(/^Saved energy\.llmos\.zip \(.*B\)\./);
    const other = new Workbench();
    addSharedSessions(other.context);
    chooseFile(saved());
    const path = String(await other.run(CommandIDs.openShare));
    expect(path).toMatch(/^shared:.*energy\.ipynb$/);
    expect(await other.sourceAt(path)).toBe('x = 3');
    await expect(
      other.contents.save(path, { type: 'notebook', format: 'json', content: {} })
    ).rejects.toThrow(/read-only/);
    await other.run(CommandIDs.keepShare, { path });
    expect(other.shown.at(-1)).toBe('energy.ipynb');
    expect(told()).toBe('The notebook is kept as "energy.ipynb".');
    // A copy takes along what was typed: it is saved nowhere else.
    const view = new OpenNotebook(other.contents, path, {});
    await view.revert();
    other.opened.push(view);
    view.type('x = 4');
    await other.run(CommandIDs.keepShare, { path });
    expect(await other.sourceAt(other.shown.at(-1) ?? '')).toBe('x = 4');
    expect(await other.sourceAt('energy.ipynb')).toBe('x = 3');
    other.dispose();
  });

  it('takes along in a copy what its cells have written beside it', async () => {
    const { files } = bench.sessions.volumeOf('user');
    await files.write(`sessions/${id}/artifacts/more/notes.txt`, 'By hand.');
    await share('zip');
    const other = new Workbench();
    addSharedSessions(other.context);
    chooseFile(saved());
    const path = String(await other.run(CommandIDs.openShare));
    const csv = { type: 'file', format: 'text' } as const;
    await other.contents.save('shared:1/results.csv', { ...csv, content: 'a\n1\n' });
    // Into a folder that the share has already.
    const plot = { ...csv, content: 'b\n2\n' };
    await other.contents.save('shared:1/artifacts/more/plot.csv', plot);
    await other.contents.save('shared:1/artifacts/own.csv', plot);
    await other.contents.save('results.csv', { ...csv, content: 'mine' });
    await other.run(CommandIDs.keepShare, { path });
    expect(told()).toBe(
      'The notebook is kept as "energy.ipynb". What its cells have written is beside it: artifacts/more/plot.csv, artifacts/own.csv, results-Copy1.csv. Its 0 runs, 0 messages and 1 artifact stay in the shared session.'
    );
    const text = async (name: string): Promise<unknown> =>
      (await other.contents.get(name, { ...csv, content: true })).content;
    expect(await text('results-Copy1.csv')).toBe('a\n1\n');
    expect(await text('artifacts/more/plot.csv')).toBe('b\n2\n');
    expect(await text('results.csv')).toBe('mine');
    // The copy is there whatever becomes of the files.
    const full = 'There is no room.';
    jest.spyOn(other.contents, 'copy').mockRejectedValue(new Error(full));
    await other.run(CommandIDs.keepShare, { path });
    expect(other.shown.at(-1)).toBe('energy-Copy1.ipynb');
    expect(told()).toContain(
      `Files of its cells were not copied: ${full} ${full} ${full}`
    );
    other.dispose();
  });

  it('is there again after a reload, or says why it is not', async () => {
    await share('zip');
    const page = (): Workbench => {
      const opened = new Workbench('http://localhost/reloaded/');
      addSharedSessions(opened.context);
      return opened;
    };
    const before = page();
    chooseFile(saved());
    const path = String(await before.run(CommandIDs.openShare));
    before.dispose();
    const after = page();
    expect(await after.sourceAt(path)).toBe('x = 1');
    // For another one there is no room.
    const { setItem } = Storage.prototype;
    const set = jest
      .spyOn(Storage.prototype, 'setItem')
      .mockImplementation(function full(this: Storage, key, value) {
        if (value.length > 100) {
          throw new DOMException('The quota is exceeded.', 'QuotaExceededError');
        }
        setItem.call(this, key, value);
      });
    chooseFile(saved());
    const second = String(await after.run(CommandIDs.openShare));
    expect(second).toBe('shared:2/energy.ipynb');
    set.mockRestore();
    after.dispose();
    const last = page();
    await last.context.app.restored;
    expect(told()).toMatch(/^The browser had no room to keep "energy"/);
    expect(await last.sourceAt(second)).toBeNull();
    expect(await last.sourceAt(path)).toBe('x = 1');
    last.dispose();
  });

  it.each(['zip', 'link'])(
    'carries in a %s what made the results of its cells, and on into a copy',
    async as => {
      const cells = (notebook.content['cells'] as object[]).map(cell => ({
        ...cell,
        execution_count: 4
      }));
      notebook.content = { ...notebook.content, cells };
      await notebook.save();
      const mark = { code: 'c0de', meaning: 'f00d', count: 4 };
      const made = new Map([['a', mark]]);
      const memories = ['author', 'reader'].map(
        name => new RunMemory(`${name}-${as}`, () => undefined)
      );
      const [author, reader] = memories.map(marksOf) as [IResultMarks, IResultMarks];
      author.learn('energy.ipynb', made);
      // A later run, whose result is not in the notebook.
      author.learn('energy.ipynb', new Map([['a', { ...mark, count: 5 }]]));
      Object.assign(bench.context, { marks: author });
      const shared = share(as);
      if (as === 'link') {
        await answerDialog('Cancel');
      }
      const link = await shared;
      const site = `http://localhost/${as}/`;
      const other = new Workbench(site);
      Object.assign(other.context, { marks: reader });
      addSharedSessions(other.context);
      if (as === 'zip') {
        chooseFile(saved());
      }
      const opening = other.run(CommandIDs.openShare, as === 'link' ? { link } : {});
      const path = String(await opening);
      const held = [4, 5].map(count => ({ id: 'a', count }));
      expect(await reader.of(path, held)).toEqual(made);
      await other.run(CommandIDs.keepShare, { path });
      expect(await reader.of('energy.ipynb', held)).toEqual(made);
      other.dispose();
      memories.forEach(memory => memory.dispose());
      // In another tab of the browser the path is another share's; after a reload it is not.
      const later = new RunMemory(`reader-${as}`, () => undefined);
      const marks = marksOf(later);
      expect(await marks.of('energy.ipynb', held)).toEqual(made);
      expect(await marks.of(path, held)).toEqual(new Map());
      const reloaded = new Workbench(site);
      Object.assign(reloaded.context, { marks });
      addSharedSessions(reloaded.context);
      expect(await marks.of(path, held)).toEqual(made);
      reloaded.dispose();
      later.dispose();
    }
  );

  it('leaves what made the results out of a link before it leaves out the results', async () => {
    const cells = Array.from({ length: 600 }, (_, at) => ({
      ...{ cell_type: 'code', id: `c${at}`, source: `${at}`, execution_count: at },
      ...{ metadata: {}, outputs: [] }
    }));
    notebook.content = { ...notebook.content, cells };
    await notebook.save();
    const digest = (): string => randomBytes(32).toString('hex');
    const made = new Map(
      cells.map(({ id: cell, execution_count: count }) => [
        cell,
        { code: digest(), meaning: digest(), count }
      ])
    );
    const marks: IResultMarks = {
      of: () => Promise.resolve(made),
      learn: () => undefined
    };
    Object.assign(bench.context, { marks });
    const shared = share('link');
    await answerDialog('Cancel');
    const link = String(await shared);
    const opened = fromFragment(link.slice(link.indexOf('#')), bench.context.trans);
    expect(opened?.made.size).toBe(0);
    const text = new TextDecoder().decode(opened?.files[0]?.bytes);
    expect(text).toContain('"execution_count": 599');
  });

  it('says of a copy that cannot be kept what became of the original', async () => {
    addSharedSessions(bench.context);
    const keep = (path: string) => bench.run(CommandIDs.keepShare, { path });
    await expect(keep('shared:9/gone.ipynb')).rejects.toThrow(/Open the share again/);
    await expect(keep('gone.ipynb')).rejects.toThrow(/is no notebook, or not there/);
  });

  it('carries in a zip what a commit would have: conversation, runs and artifacts', async () => {
    const { contents, sessions } = bench;
    const place = { volume: 'user', id };
    const artifact = { type: 'data', name: 'out.csv', path: 'artifacts/out.csv' };
    const said = formatChatMessage({
      ...{ v: 1, id: 'm-1', role: 'assistant', content: 'Here.', skills_used: [] },
      ...{ timestamp: '2026-11-21T10:00:00.000Z', traces: [] },
      artifacts: [{ ...artifact, bytes: 8 }]
    });
    await sessions.append(place, 'chat.jsonl', `${said}\n`);
    await sessions.append(place, 'traces.jsonl', '{"v":1,"kind":"later"}\n');
    const [type, format] = ['file', 'text'] as const;
    await contents.save('out.csv', { type, format, content: 'a,b\n1,2\n' });
    const { files } = sessions.volumeOf('user');
    await files.write(`sessions/${id}/artifacts/notes.txt`, 'Put here by hand.');
    const png = { 'image/png': 'iVBORw0KGgo=' };
    const shown = { output_type: 'display_data', data: png, metadata: {} };
    const source = 'plot = await skill("plot-line")()';
    const cell = { cell_type: 'code', id: 'p', metadata: {}, source };
    const cells = [{ ...cell, outputs: [shown], execution_count: 1 }];
    notebook.content = { ...notebook.content, cells };
    await notebook.save();
    await share('zip');

    const other = new Workbench();
    addSharedSessions(other.context);
    chooseFile(saved());
    await other.run(CommandIDs.openShare);
    const text = async (path: string): Promise<unknown> =>
      (await other.contents.get(`shared:1/${path}`, { content: true })).content;
    const names = async (path: string): Promise<readonly string[]> =>
      ((await text(path)) as { name: string }[]).map(({ name }) => name).sort();
    expect(await names('')).toEqual([
      ...['artifacts', 'chat.jsonl', 'energy.ipynb', 'session.json', 'traces.jsonl']
    ]);
    expect(await names('artifacts')).toEqual(['notes.txt', 'out.csv', 'plot.png']);
    expect(await text('artifacts/out.csv')).toBe('a,b\n1,2\n');
    expect(await text('artifacts/plot.png')).toBe('iVBORw0KGgo=');
    expect(await text('chat.jsonl')).toBe(`${said}\n`);
    expect(await text('traces.jsonl')).toBe('{"v":1,"kind":"later"}\n');
    await other.run(CommandIDs.keepShare, { path: 'shared:1/energy.ipynb' });
    expect(told()).toBe(
      'The notebook is kept as "energy.ipynb". Its 0 runs, 1 message and 3 artifacts stay in the shared session.'
    );
    // It is nobody's session there.
    const { metadata } = (await text('energy.ipynb')) as { metadata: object };
    expect(metadata).not.toHaveProperty('llmos');
    expect(other.sessions.all).toEqual([]);
    other.dispose();
  });
});
