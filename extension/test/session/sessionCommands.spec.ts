import '../page';

import { Notification } from '@jupyterlab/apputils';
import { formatChatMessage, notebookCopy } from '@llmos-lab/skills';

import { CommandIDs } from '../../src/commands';
import { addCommitCommand } from '../../src/session/commit/commands';
import { SessionPanelModel } from '../../src/session/panel/model';
import { addSessionCommands } from '../../src/session/sessionCommands';
import { addShareCommands } from '../../src/session/share/commands';
import { until } from '../until';
import {
  answerDialog,
  keepDownloads,
  notebookOf,
  Workbench,
  type OpenNotebook
} from './workbench';

const TRACE = `${JSON.stringify({
  ...{ v: 1, id: 'r1', session: 's', volume: 'user', user: 'ana', status: 'success' },
  ...{
    started: '2026-11-21T10:00:00.000Z',
    ms: 1,
    cells: 1,
    goal: 'H2',
    trigger: 'all'
  },
  ...{ env: {}, nodes: [], edges: [] }
})}\n`;

describe('the commands of sessions', () => {
  let bench: Workbench;
  let notebook: OpenNotebook;
  let id: string;
  const run = (command: string, args = {}): Promise<unknown> =>
    bench.run(command, { id, ...args });
  const commit = (): Promise<unknown> =>
    run(CommandIDs.commitSession, { ask: false, quiet: true });
  const session = () => bench.sessions.find(id, 'user')?.session;
  const files = () => bench.sessions.volumeOf('user').files;
  /** Presses a button of the newest notification, and waits for the commit it makes. */
  const press = async (label: string): Promise<void> => {
    const [told] = Notification.manager.notifications;
    const action = told?.options.actions?.find(each => each.label === label);
    const committed = bench.committed('user');
    action?.callback(new MouseEvent('click'));
    await committed;
    await bench.sessions.volumeOf('user').refresh();
  };

  beforeEach(async () => {
    bench = new Workbench();
    addSessionCommands(bench.context);
    addCommitCommand(bench.context);
    addShareCommands(bench.context);
    notebook = await bench.open('energy.ipynb', 'x = 1');
    id = await bench.begin(notebook);
    await notebook.save();
  });
  afterEach(() => {
    Notification.manager.dismiss();
    bench.dispose();
  });

  it('leave their keys to JupyterLab, which puts them behind the caption', () => {
    const { commands } = bench;
    expect(commands.label(CommandIDs.commitSession, { isToolbar: true })).toBe(
      'Commit'
    );
    expect(commands.caption(CommandIDs.commitSession)).toMatch(/ in the history$/);
  });

  it('ask what a commit is for, which Enter ends', async () => {
    const committing = run(CommandIDs.commitSession);
    const find = (): Element | null =>
      document.querySelector('.jp-Dialog textarea[name="prompt"]');
    await until(() => find() !== null);
    const prompt = find();
    const press = (shiftKey: boolean): boolean | undefined =>
      prompt?.dispatchEvent(
        new KeyboardEvent('keydown', {
          ...{ key: 'Enter', shiftKey, bubbles: true, cancelable: true }
        })
      );
    // A new line.
    expect(press(true)).toBe(true);
    expect(document.querySelector('.jp-Dialog')).not.toBeNull();
    expect(press(false)).toBe(false);
    expect(await committing).toMatch(/^[0-9a-f]{40}$/);
  });

  it('rename it, within the rules of names', async () => {
    await run(CommandIDs.renameSession, { name: '  Hydrogen ' });
    expect(session()?.name).toBe('Hydrogen');
    await expect(
      run(CommandIDs.renameSession, { name: 'x'.repeat(101) })
    ).rejects.toThrow(/The old name stays/);
    expect(session()?.name).toBe('Hydrogen');
    const asked = run(CommandIDs.renameSession);
    await answerDialog('Rename', { input: 'H2, asked' });
    await asked;
    expect(session()?.name).toBe('H2, asked');
  });

  it('pause and complete it, and go on with it', async () => {
    for (const status of ['paused', 'active', 'completed', 'active'] as const) {
      await run(CommandIDs.setSessionStatus, { status });
      expect(session()?.status).toBe(status);
    }
    await expect(run(CommandIDs.setSessionStatus, { status: 'gone' })).rejects.toThrow(
      /active, paused or completed/
    );
    expect(session()?.status).toBe('active');
  });

  it('delete it when the person agrees, and bring all of it back', async () => {
    await files().append(`sessions/${id}/traces.jsonl`, TRACE);
    await commit();
    // What is in no commit yet comes back too.
    await files().append(`sessions/${id}/chat.jsonl`, '{"v":1}\n');
    const stays = run(CommandIDs.deleteSession);
    expect(await answerDialog('Cancel')).toContain('The notebook "energy.ipynb" stays');
    await stays;
    expect(session()).toBeDefined();

    const goes = run(CommandIDs.deleteSession);
    await answerDialog('Delete');
    await goes;
    await bench.sessions.volumeOf('user').refresh();
    expect(session()).toBeUndefined();
    expect(await files().entries(`sessions/${id}`)).toEqual([]);
    expect(await bench.sourceAt('energy.ipynb')).toBe('x = 1');

    await press('Undo');
    expect(session()?.path).toBe('energy.ipynb');
    expect(await files().text(`sessions/${id}/traces.jsonl`)).toBe(TRACE);
    expect(await files().text(`sessions/${id}/chat.jsonl`)).toBe('{"v":1}\n');
    expect(await files().notebook(notebookCopy({ id }))).toMatchObject({
      cells: [{ source: 'x = 1' }]
    });
  });

  it('delete it under a name with a secret, which no message repeats', async () => {
    await commit();
    const token = `ghp_${'a1B2c3D4e5'.repeat(3)}`;
    await run(CommandIDs.renameSession, { name: `Use ${token}` });
    await run(CommandIDs.deleteSession, { ask: false });
    const { store } = bench.sessions.volumeOf('user').volume.repository;
    const messages = (await store.log()).map(({ message }) => message);
    expect(messages[0]).toContain('Delete session Use [masked]\n');
    expect(messages.join()).not.toContain(token);
  });

  it('open it, with its copy put back where its notebook is gone', async () => {
    await run(CommandIDs.openSession);
    expect(bench.shown).toEqual(['energy.ipynb']);
    bench.close(notebook);
    await bench.contents.delete('energy.ipynb');
    await expect(run(CommandIDs.openSession)).rejects.toThrow(/never committed/);

    const other = notebookOf('x = 1', id);
    const model = { type: 'notebook', format: 'json', content: other } as const;
    await bench.contents.save('energy.ipynb', model);
    await commit();
    await bench.contents.delete('energy.ipynb');
    await run(CommandIDs.openSession);
    expect(await bench.sourceAt('energy.ipynb')).toBe('x = 1');

    // Something else stands there by now: it stays, and the session goes beside it.
    await bench.contents.save('energy.ipynb', {
      ...{ ...model, content: notebookOf('y = 1') }
    });
    await run(CommandIDs.openSession);
    expect(bench.shown.at(-1)).not.toBe('energy.ipynb');
    expect(await bench.sourceAt('energy.ipynb')).toBe('y = 1');
    expect(await bench.sourceAt(bench.shown.at(-1) ?? '')).toBe('x = 1');
    expect(session()?.path).toBe(bench.shown.at(-1));
  });

  it('export the conversation to read and for programs', async () => {
    const saved = keepDownloads();
    await run(CommandIDs.exportChat);
    expect(saved()).toBeUndefined();
    const line = formatChatMessage({
      ...{ v: 1, id: 'm1', role: 'user', content: 'How deep is it?' },
      ...{ timestamp: '2026-11-21T10:00:00.000Z', skills_used: [], traces: [] },
      artifacts: []
    });
    await files().append(`sessions/${id}/chat.jsonl`, `${line}\n`);
    await run(CommandIDs.exportChat, { format: 'markdown' });
    expect(await saved()?.text()).toMatch(/# energy[^]*How deep is it\?/);
    await run(CommandIDs.exportChat, { format: 'json' });
    expect(JSON.parse((await saved()?.text()) ?? '')).toMatchObject({
      ...{ v: 1, session: { id }, messages: [{ content: 'How deep is it?' }] }
    });
  });

  it('export several conversations one after the other, answers behind questions', async () => {
    const line = (content: string, more: object): string =>
      `${formatChatMessage({
        ...{ v: 1, id: content, role: 'user', content, traces: [], artifacts: [] },
        ...{ timestamp: '2026-11-21T10:00:00.000Z', skills_used: [], ...more }
      })}\n`;
    const answer = (question: string) => ({ role: 'assistant', question });
    const chat = [
      ...[line('One?', {}), line('Else?', { conversation: 'b' }), line('Two?', {})],
      line('Else.', { ...answer('Else?'), conversation: 'b' }),
      ...[line('Two.', answer('Two?')), line('One.', answer('One?'))]
    ];
    await files().append(`sessions/${id}/chat.jsonl`, chat.join(''));
    const saved = keepDownloads();
    await run(CommandIDs.exportChat);
    const text = (await saved()?.text()) ?? '';
    expect(text.match(/\w+[?.]$/gm)).toEqual([
      ...['One?', 'One.', 'Two?', 'Two.', 'Else?', 'Else.']
    ]);
  });

  it('are followed by the panel: search, filters, numbers and activity', async () => {
    const second = await bench.open('lithium.ipynb', 'y = 2');
    const other = await bench.begin(second);
    await second.save();
    await commit();
    bench.time += 60;
    await run(CommandIDs.setSessionStatus, { id: other, status: 'completed' });
    const panel = new SessionPanelModel(bench.sessions);
    await bench.sessions.ready;
    const names = () =>
      panel.state.volumes.flatMap(({ sessions }) =>
        sessions.map(each => each.session.name)
      );
    expect(panel.state.volumeNames).toEqual(['user', 'team-optics']);
    expect([...names()].sort()).toEqual(['energy', 'lithium']);
    panel.setFilter({ query: 'lith' });
    expect(names()).toEqual(['lithium']);
    panel.clearFilter();
    panel.setFilter({ status: 'active' });
    expect(names()).toEqual(['energy']);
    panel.clearFilter();
    panel.setFilter({ volume: 'team-optics' });
    expect(names()).toEqual([]);
    panel.clearFilter();

    const [activity] = panel.state.activity;
    expect(activity?.volume).toBe('user');
    expect(activity?.entry.message).toContain(`Session: ${id}`);
    const user = () => panel.state.volumes.find(({ name }) => name === 'user');
    expect(user()).toMatchObject({ total: 2, commits: 1 });
    await panel.toggleStats('user');
    const stats = user()?.stats;
    expect(stats).toMatchObject({ files: 3, skills: 0 });
    await panel.toggleStats('user');
    expect(user()?.stats).toBeUndefined();
    panel.dispose();
  });
});
