import '../page';

import { Notification } from '@jupyterlab/apputils';
import { VolumeError } from '@llmos-lab/skills';

import { CommandIDs } from '../../src/commands';
import type { IRemote } from '../../src/remotes/remote';
import { Remotes } from '../../src/remotes/remotes';
import { addTransferCommands } from '../../src/remotes/transfer/commands';
import { Transfers } from '../../src/remotes/transfer/transfers';
import { addCommitCommand } from '../../src/session/commit/commands';
import { addVolumeCommands } from '../../src/session/commands';
import { answerDialog, Workbench } from './workbench';

describe('files that stop a pull', () => {
  let bench: Workbench;
  let transfers: Transfers;
  let shown: unknown[];
  let id: string;
  const write = (path: string, content: string) =>
    bench.contents.save(path, { type: 'file', format: 'text', content });
  const uncommitted = async (volume: string) =>
    ((await bench.volumes.get(volume)?.repository?.status()) ?? []).map(
      ({ path }) => path
    );
  /** Pulls a volume in which these files are in the way, and gives what is offered. */
  const pull = async (volume: string, ...paths: string[]) => {
    const dirty = new VolumeError('dirty', 'Not committed.', paths);
    const remotes = new Remotes();
    const { trans } = bench.context;
    transfers = new Transfers({ remotes, volumes: bench.volumes, trans });
    const pull = () => Promise.reject(dirty);
    const status = () => Promise.resolve({ head: null, ahead: 0, behind: 1 });
    remotes.set(volume, {
      ...{ kind: 'git', name: 'lab', isReady: true, pull, status }
    } as unknown as IRemote);
    const { volumes } = bench;
    addTransferCommands({
      ...{ ...bench.context, remotes, transfers, volumes },
      isOnline: () => true
    });
    await bench.commands.execute(CommandIDs.pull, { volume });
    const [told] = Notification.manager.notifications;
    return told?.options.actions ?? [];
  };

  beforeEach(async () => {
    bench = new Workbench();
    shown = [];
    const { volumes, commands } = bench;
    addVolumeCommands({ ...bench.context, volumes });
    addCommitCommand(bench.context);
    commands.addCommand(CommandIDs.openSessions, {
      execute: args => shown.push(args)
    });
    const notebook = await bench.open('energy.ipynb', 'x = 1');
    id = await bench.begin(notebook);
  });
  afterEach(() => {
    Notification.manager.dismiss();
    transfers.dispose();
    bench.dispose();
  });

  it('are committed in the volume that they are of', async () => {
    // Of a session that is gone: it has no commit of its own.
    const left = 'sessions/s-gone/plan.md';
    await bench.contents.save('team-optics:sessions/s-gone', { type: 'directory' });
    await write(`team-optics:${left}`, 'Plan');
    await write('user:notes.md', 'Notes');
    const actions = await pull('team-optics', left);
    expect(actions.map(({ label }) => label)).toEqual(['Commit files…']);
    actions[0]?.callback(new MouseEvent('click'));
    const committed = bench.committed('team-optics');
    const dialog = await answerDialog('Commit', { textarea: 'Keep the plan' });
    expect(dialog).toContain('Commit files of "team-optics"');
    await committed;
    expect(await uncommitted('team-optics')).toEqual([]);
    expect(await uncommitted('user')).toContain('notes.md');
  });

  it('are committed as the session that they are of', async () => {
    const traces = `sessions/${id}/traces.jsonl`;
    const actions = await pull('user', traces);
    expect(actions.map(({ label }) => label)).toEqual(['Commit session…']);
    actions[0]?.callback(new MouseEvent('click'));
    const committed = bench.committed('user');
    await answerDialog('Commit');
    await committed;
    const [commit] = (await bench.volumes.get('user')?.repository?.store.log()) ?? [];
    expect(commit?.message).toContain(`Session: ${id}`);
    expect(await uncommitted('user')).toEqual([]);
  });

  it('are told apart when some are of sessions', async () => {
    const actions = await pull('user', `sessions/${id}/traces.jsonl`, 'notes.md');
    const labels = actions.map(({ label }) => label);
    expect(labels).toEqual(['Commit session…', 'Commit files…']);
  });

  it('leaves sessions to their own commit, those apart that are none any more', async () => {
    await bench.run(CommandIDs.commitFiles);
    expect(shown).toHaveLength(1);
    await write('user:notes.md', 'Notes');
    await write(`user:sessions/${id}/session.json`, 'damaged');
    const done = bench.run(CommandIDs.commitFiles);
    const text = await answerDialog('Cancel');
    expect(text).toContain('notes.md');
    expect(text).toContain(`sessions/${id}/session.json`);
    expect(await done).toBeNull();
    transfers = new Transfers({
      ...{ remotes: new Remotes(), volumes: bench.volumes },
      trans: bench.context.trans
    });
  });
});
