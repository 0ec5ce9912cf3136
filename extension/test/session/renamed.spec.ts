import '../page';

import { Notification } from '@jupyterlab/apputils';
import { notebookCopy } from '@llmos-lab/skills';

import { CommandIDs } from '../../src/commands';
import { addCommitCommand } from '../../src/session/commit/commands';
import { addSessionCommands } from '../../src/session/sessionCommands';
import { notebookOf, Workbench, type OpenNotebook } from './workbench';

describe('a notebook that is renamed', () => {
  let bench: Workbench;
  let notebook: OpenNotebook;
  let id: string;
  const run = (command: string, args = {}): Promise<unknown> =>
    bench.run(command, { id, ...args });
  const commit = (): Promise<unknown> => run(CommandIDs.commitSession, { ask: false });
  const save = (path: string, content: object) =>
    bench.contents.save(path, { type: 'notebook', format: 'json', content });

  beforeEach(async () => {
    bench = new Workbench();
    addSessionCommands(bench.context);
    addCommitCommand(bench.context);
    await bench.contents.save('lab', { type: 'directory' });
    notebook = await bench.open('lab/energy.ipynb', 'x = 1');
    id = await bench.begin(notebook);
  });
  afterEach(() => {
    Notification.manager.dismiss();
    bench.dispose();
  });

  it('is opened, edited and committed under its new name, without a run', async () => {
    await notebook.save();
    expect(await commit()).toMatch(/^[0-9a-f]{40}$/);
    bench.close(notebook);
    await bench.contents.rename('lab/energy.ipynb', 'lab/h2.ipynb');
    await save('lab/h2.ipynb', notebookOf('x = 2', id));

    await run(CommandIDs.openSession);
    expect(bench.shown).toEqual(['lab/h2.ipynb']);
    expect(await bench.sourceAt('lab/energy.ipynb')).toBeNull();
    expect(bench.sessions.find(id, 'user')).toMatchObject({ isCommitted: false });
    expect(await commit()).toMatch(/^[0-9a-f]{40}$/);
    const copy = await bench.sessions
      .volumeOf('user')
      .files.notebook(notebookCopy({ id }));
    expect(copy).toMatchObject({ cells: [{ source: 'x = 2' }] });
    expect(bench.sessions.find(id, 'user')).toMatchObject({
      ...{ isCommitted: true, session: { path: 'lab/h2.ipynb' } }
    });
  });

  it('keeps its session in a folder that is moved, and through several names', async () => {
    await notebook.save();
    bench.close(notebook);
    await bench.contents.rename('lab', 'old');
    expect(await bench.pathOf(id)).toBe('old/energy.ipynb');
    // One after another, before any of them is followed.
    await Promise.all([
      bench.contents.rename('old', 'older'),
      bench.contents.rename('older/energy.ipynb', 'a.ipynb'),
      bench.contents.rename('a.ipynb', 'b.ipynb')
    ]);
    expect(await bench.pathOf(id)).toBe('b.ipynb');
    expect(bench.faults).toEqual([]);
  });

  it('gives its new name to its session, in the list and in commits', async () => {
    await notebook.save();
    await bench.contents.rename('lab/energy.ipynb', 'lab/h2.ipynb');
    await bench.sessions.ready;
    expect(bench.sessions.find(id, 'user')?.session.name).toBe('h2');
    await commit();
    const { store } = bench.sessions.volumeOf('user').volume.repository;
    const [made] = await store.log();
    expect(made?.message).toMatch(/^session: h2\n/);
  });

  it('leaves a name that the person has given', async () => {
    await run(CommandIDs.renameSession, { name: 'Hydrogen' });
    await bench.contents.rename('lab/energy.ipynb', 'lab/h2.ipynb');
    await bench.sessions.ready;
    expect(bench.sessions.find(id, 'user')?.session.name).toBe('Hydrogen');
  });

  it('keeps it where the file on the drive does not name it yet', async () => {
    await bench.contents.rename('lab/energy.ipynb', 'lab/h2.ipynb');
    expect(await bench.pathOf(id)).toBe('lab/h2.ipynb');
    notebook.type('x = 3');
    expect(await commit()).toMatch(/^[0-9a-f]{40}$/);
    const copy = await bench.sessions
      .volumeOf('user')
      .files.notebook(notebookCopy({ id }));
    expect(copy).toMatchObject({ cells: [{ source: 'x = 3' }] });
  });

  it('is not taken for another one that stood at its path', async () => {
    await notebook.save();
    bench.close(notebook);
    await bench.contents.delete('lab/energy.ipynb');
    await save('lab/energy.ipynb', notebookOf('y = 1'));
    await bench.contents.rename('lab/energy.ipynb', 'lab/other.ipynb');
    expect(await bench.pathOf(id)).toBe('lab/energy.ipynb');
  });

  it('says so when its session cannot be written', async () => {
    await notebook.save();
    const { drive } = bench.sessions.volumeOf('user').volume;
    jest.spyOn(drive, 'save').mockRejectedValue(new Error('The disk is full.'));
    await bench.contents.rename('lab/energy.ipynb', 'lab/h2.ipynb');
    await bench.sessions.ready;
    expect(bench.faults).toEqual([['lab/h2.ipynb', new Error('The disk is full.')]]);
  });
});
