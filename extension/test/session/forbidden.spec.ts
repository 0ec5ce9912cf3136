import '../page';

import { Notification } from '@jupyterlab/apputils';
import { parseSession } from '@llmos-lab/skills';

import { CommandIDs } from '../../src/commands';
import { addHistory } from '../../src/history/addHistory';
import { addCommitCommand } from '../../src/session/commit/commands';
import { addVolumeCommands } from '../../src/session/commands';
import { addSessionCommands } from '../../src/session/sessionCommands';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { storeName } from '../../src/volumes/storeName';
import { bytesOf, sessionOf, textOf } from '../volumes/bytes';
import { Workbench } from './workbench';

const TEAM = 'team-optics';
const BEN = { name: 'Ben', email: 'ben@example.org', time: 1_763_719_000 };
const PATH = 'sessions/s-ben/session.json';
let count = 0;

describe('a command on what is not the person’s', () => {
  let bench: Workbench;
  /** The team's volume as its database has it, whoever asks. */
  let team: DatabaseFileStore;
  let first: string;
  let second: string;

  beforeEach(async () => {
    const address = `http://localhost/forbidden-${count++}/`;
    team = new DatabaseFileStore(storeName(TEAM, address), {
      folders: ['skills', 'sessions']
    });
    await team.makeDirectory('sessions/s-ben');
    await team.write(PATH, bytesOf(sessionOf('ben', 's-ben')));
    await team.write('skills/one.md', bytesOf('One'));
    const commit = async (message: string): Promise<string> =>
      (await team.repository.commit({ message, author: BEN })) ?? '';
    first = await commit('First');
    await team.write('skills/one.md', bytesOf('Two'));
    second = await commit('Second');
    bench = new Workbench(address);
    const { volumes, context } = bench;
    addVolumeCommands({ ...context, volumes });
    addSessionCommands(context);
    addCommitCommand(context);
    addHistory(context);
    await bench.sessions.ready;
  });
  afterEach(() => {
    Notification.manager.dismiss();
    bench.dispose();
    team.dispose();
  });

  const OTHERS = { id: 's-ben', volume: TEAM };
  const tries: readonly (readonly [string, () => object])[] = [
    [CommandIDs.renameSession, () => ({ ...OTHERS, name: 'Mine' })],
    [CommandIDs.setSessionStatus, () => ({ ...OTHERS, status: 'completed' })],
    [CommandIDs.deleteSession, () => ({ ...OTHERS, ask: false })],
    [CommandIDs.commitSession, () => ({ ...OTHERS, ask: false, name: 'Mine' })],
    [
      CommandIDs.restoreFile,
      () => ({ ...OTHERS, ...at(first), path: 'skills/one.md' })
    ],
    [CommandIDs.rollBack, () => at(second)],
    [CommandIDs.makeBranch, () => ({ ...at(first), name: 'mine' })],
    [CommandIDs.commitFiles, () => ({ volume: 'system', message: 'Mine' })]
  ];
  const at = (commit: string) => ({ volume: TEAM, commit, ask: false });

  it.each(tries)('is refused with a reason: %s', async (command, args) => {
    await expect(bench.run(command, args())).rejects.toThrow(/\w/);
    expect(await team.repository.store.head()).toBe(second);
    expect(await team.repository.status()).toEqual([]);
    expect((await team.repository.refs('refs/heads/')).size).toBe(1);
    expect(parseSession(textOf(await team.read(PATH)))).toMatchObject({
      ...{ name: 'VQE', status: 'active', user: 'ben' }
    });
    expect(textOf(await team.read('skills/one.md'))).toBe('Two');
  });
});
