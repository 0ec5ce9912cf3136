import '../page';

import { Notification, type MainAreaWidget } from '@jupyterlab/apputils';
import { notebookCopy } from '@llmos-lab/skills';
import type { Signal } from '@lumino/signaling';
import { Widget, type Title } from '@lumino/widgets';

import { CommandIDs } from '../../src/commands';
import { addHistory } from '../../src/history/addHistory';
import type { HistoryPanel } from '../../src/history/HistoryPanel';
import { addCommitCommand } from '../../src/session/commit/commands';
import { addSessionCommands } from '../../src/session/sessionCommands';
import { addSharedSessions } from '../../src/session/share/openShare';
import { passingTitle } from '../../src/volumes/passing';
import { answerDialog, OpenNotebook, Workbench } from '../session/workbench';
import { until } from '../until';

describe('the commands of the history', () => {
  let bench: Workbench;
  let notebook: OpenNotebook;
  let id: string;
  let first: string;
  let second: string;
  const commit = async (): Promise<string> => {
    bench.time += 60;
    const args = { id, ask: false, quiet: true };
    return String(await bench.run(CommandIDs.commitSession, args));
  };
  const write = (path: string, content: string) =>
    bench.contents.save(path, { type: 'file', format: 'text', content });
  const text = async (path: string): Promise<unknown> =>
    (await bench.contents.get(path, { content: true })).content;
  const commitAll = async (message: string): Promise<string> => {
    const repository = bench.volumes.get('user')?.repository;
    const author = bench.context.author();
    return (await repository?.commit({ message, author })) ?? '';
  };
  const copy = (): Promise<unknown> =>
    bench.sessions.volumeOf('user').files.notebook(notebookCopy({ id }));
  /** The buttons of the newest notification. */
  const undo = async (): Promise<void> => {
    const [told] = Notification.manager.notifications;
    const action = told?.options.actions?.find(({ label }) => label === 'Undo');
    const changed = new Promise<void>(done => {
      const hear = (): void => {
        bench.contents.fileChanged.disconnect(hear);
        done();
      };
      bench.contents.fileChanged.connect(hear);
    });
    action?.callback(new MouseEvent('click'));
    await changed;
  };

  beforeEach(async () => {
    bench = new Workbench();
    addCommitCommand(bench.context);
    addHistory(bench.context);
    addSessionCommands(bench.context);
    addSharedSessions(bench.context);
    notebook = await bench.open('energy.ipynb', 'x = 1');
    id = await bench.begin(notebook);
    await write('user:notes.md', 'one');
    await commitAll('Notes');
    first = await commit();
    notebook.type('x = 2');
    second = await commit();
  });
  afterEach(() => {
    Notification.manager.dismiss();
    bench.dispose();
  });

  it('open a file as it was, read-only', async () => {
    const path = notebookCopy({ id });
    await bench.run(CommandIDs.openAtCommit, { commit: first, path });
    const [shown = ''] = bench.shown;
    expect(shown).toBe(`history:user/${first}/${path}`);
    expect(await bench.sourceAt(shown)).toBe('x = 1');
    await expect(write(shown, '{}')).rejects.toThrow(/as it was in a commit/);
    await expect(
      bench.run(CommandIDs.openAtCommit, { commit: first, path: 'no.md' })
    ).rejects.toThrow(/was not there/);
  });

  it('call the tab of a notebook as it was by its session and commit', async () => {
    const added = bench.context.notebooks.widgetAdded as Signal<object, object>;
    const open = (path: string, label = ''): Title<Widget> => {
      const { title } = new Widget();
      title.label = label;
      added.emit({ title, context: { path } });
      return title;
    };
    // Others are called by their files: they were opened before, and are not called anew.
    const file = open(`history:user/${first}/notes.ipynb`);
    const own = open('energy.ipynb');
    const path = `history:user/${first}/${notebookCopy({ id })}`;
    // One whose tab JupyterLab holds would have its file renamed.
    const held = open(path, `${id}.ipynb`);
    const copy = open(path, passingTitle(path, bench.context.trans));
    await new Promise(done => copy.changed.connect(done));
    expect(copy.label).toBe(`energy @ ${first.slice(0, 7)}`);
    expect([file, own, held].map(({ label }) => label)).toEqual([
      '',
      '',
      `${id}.ipynb`
    ]);
  });

  it('leave a notebook as it was out of commits, and say why', () => {
    const { commands } = bench;
    expect(commands.isEnabled(CommandIDs.commitSession)).toBe(true);
    const path = `history:user/${first}/${notebookCopy({ id })}`;
    bench.opened.push(new OpenNotebook(bench.contents, path, {}));
    expect(commands.isEnabled(CommandIDs.commitSession)).toBe(false);
    expect(commands.caption(CommandIDs.commitSession)).toMatch(/read-only. Keep or/);
    expect(commands.isEnabled(CommandIDs.commitSession, { id })).toBe(true);
  });

  it('keep a copy of a notebook as it was, named as its session', async () => {
    await bench.run(CommandIDs.renameSession, { id, name: 'Energy: H2' });
    const third = await commit();
    const path = `history:user/${third}/${notebookCopy({ id })}`;
    await bench.run(CommandIDs.keepShare, { path });
    expect(bench.shown.at(-1)).toBe('Energy H2.ipynb');
    expect(await bench.sourceAt('Energy H2.ipynb')).toBe('x = 2');
    // Of a commit it is called as the session was.
    const before = `history:user/${first}/${notebookCopy({ id })}`;
    await bench.run(CommandIDs.keepShare, { path: before });
    expect(bench.shown.at(-1)).toBe('energy-Copy1.ipynb');
  });

  it('restore a file when the person agrees, and take that back', async () => {
    const last = await text('user:notes.md');
    await write('user:notes.md', 'two');
    const args = { commit: second, path: 'notes.md' };
    const stays = bench.run(CommandIDs.restoreFile, args);
    await answerDialog('Cancel');
    await stays;
    expect(await text('user:notes.md')).toBe('two');
    const goes = bench.run(CommandIDs.restoreFile, args);
    await answerDialog('Restore');
    await goes;
    expect(await text('user:notes.md')).toBe(last);
    await undo();
    expect(await text('user:notes.md')).toBe('two');
  });

  it('restore a notebook where people work in it', async () => {
    const args = { commit: first, path: notebookCopy({ id }), ask: false };
    await bench.run(CommandIDs.restoreFile, args);
    expect(await bench.sourceAt('energy.ipynb')).toBe('x = 1');
    expect(notebook.content).toMatchObject({ cells: [{ source: 'x = 1' }] });
    // The copy of the volume follows with the next commit.
    expect(await copy()).toMatchObject({ cells: [{ source: 'x = 2' }] });
    await undo();
    expect(await bench.sourceAt('energy.ipynb')).toBe('x = 2');
  });

  it('restore a session by a commit on top, and lose nothing that was there', async () => {
    notebook.type('x = 3');
    await bench.run(CommandIDs.restoreSession, { commit: first, id, ask: false });
    expect(await bench.sourceAt('energy.ipynb')).toBe('x = 1');
    expect(await copy()).toMatchObject({ cells: [{ source: 'x = 1' }] });
    const log = (await bench.volumes.get('user')?.repository?.store.log()) ?? [];
    expect(log[0]?.message).toMatch(/^Restore session energy as of/);
    const path = notebookCopy({ id });
    const before = await bench.volumes
      .get('user')
      ?.repository?.store.read(path, log[1]?.oid);
    expect(new TextDecoder().decode(before ?? undefined)).toContain('x = 3');
  });

  it.each([
    ['restore a session', 'Restore session…', 'Restore', () => first],
    ['roll back a commit', 'Roll back…', 'Roll back', () => second]
  ])('%s of a branch, and show the new commit on main', async (_, label, agree, at) => {
    const repository = bench.volumes.get('user')?.repository;
    await repository?.makeBranch('try', second);
    let tab: MainAreaWidget<HistoryPanel> | undefined;
    const shell = {
      add: (widget: MainAreaWidget<HistoryPanel>) => {
        tab = widget;
        Widget.attach(widget, document.body);
      },
      activateById: () => undefined
    };
    Object.assign(bench.context.app, { shell });
    await bench.run(CommandIDs.showHistory, { branch: 'try', commit: at() });
    const button = (): HTMLButtonElement | undefined =>
      [...(tab?.node.querySelectorAll('button') ?? [])].find(
        ({ textContent }) => textContent === label
      );
    await until(() => button() !== undefined);
    const model = tab?.content.model;
    expect(model?.state).toMatchObject({ range: { branch: 'try' }, selected: at() });
    button()?.click();
    await answerDialog(agree);
    await until(() => model?.state.range.branch === undefined);
    const head = await repository?.store.head();
    expect([first, second]).not.toContain(head);
    expect(model?.state.selected).toBe(head);
    tab?.dispose();
  });

  it('restore a session from before its notebook was renamed', async () => {
    await bench.contents.rename('energy.ipynb', 'h2.ipynb');
    await commit();
    await bench.run(CommandIDs.restoreSession, { commit: first, id, ask: false });
    expect(await bench.sourceAt('h2.ipynb')).toBe('x = 1');
    expect(await bench.sourceAt('energy.ipynb')).toBeNull();
    expect(bench.sessions.find(id, 'user')?.session).toMatchObject({
      ...{ name: 'h2', path: 'h2.ipynb' }
    });
  });

  it('roll back a commit, with the notebook that people work in', async () => {
    const rolled = bench.run(CommandIDs.rollBack, { commit: second });
    expect(await answerDialog('Roll back')).toContain('takes back');
    const oid = await rolled;
    expect(oid).toMatch(/^[0-9a-f]{40}$/);
    expect(bench.sessions.find(id, 'user')?.commit).toBe(oid);
    expect(await copy()).toMatchObject({ cells: [{ source: 'x = 1' }] });
    expect(await bench.sourceAt('energy.ipynb')).toBe('x = 1');
    await expect(
      bench.run(CommandIDs.rollBack, { commit: second, ask: false })
    ).rejects.toThrow(/gone already|nothing to roll back/i);
  });

  it('name the files that later commits changed by their session', async () => {
    await expect(bench.run(CommandIDs.rollBack, { commit: first })).rejects.toThrow(
      'files: energy.ipynb, energy / session.json. Roll'
    );
  });

  it('roll back what later commits left alone, and say what they did not', async () => {
    await write('user:notes.md', 'two');
    await write('user:plan.md', 'plan');
    const both = await commitAll('Both');
    await write('user:notes.md', 'three');
    await commitAll('Notes again');
    const rolled = bench.run(CommandIDs.rollBack, { commit: both });
    expect(await answerDialog('Roll back')).toContain('notes.md');
    await rolled;
    expect(await text('user:notes.md')).toBe('three');
    await expect(text('user:plan.md')).rejects.toThrow();
  });
});
