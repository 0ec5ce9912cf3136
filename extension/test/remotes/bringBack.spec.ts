import '../page';

import { Notification } from '@jupyterlab/apputils';
import { unzipSync, zipSync } from 'fflate';
import { execFileSync } from 'node:child_process';
import { File } from 'node:buffer';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { CommandIDs } from '../../src/commands';
import { Remotes } from '../../src/remotes/remotes';
import { addTransferCommands } from '../../src/remotes/transfer/commands';
import { Transfers } from '../../src/remotes/transfer/transfers';
import { addVolumeCommands } from '../../src/session/commands';
import {
  answerDialog,
  chooseFile,
  keepDownloads,
  Workbench
} from '../session/workbench';
import { Git } from './git';

/** All files of a folder, by their path in it. */
function filesIn(folder: string, inside = ''): Record<string, Uint8Array> {
  return Object.assign(
    {},
    ...readdirSync(join(folder, inside)).map(name => {
      const path = inside === '' ? name : `${inside}/${name}`;
      return statSync(join(folder, path)).isDirectory()
        ? filesIn(folder, path)
        : { [path]: new Uint8Array(readFileSync(join(folder, path))) };
    })
  ) as Record<string, Uint8Array>;
}

describe('an exported repository', () => {
  let folder: string;
  let bench: Workbench;
  let transfers: Transfers;

  const begin = () => {
    const made = new Workbench();
    const { volumes } = made;
    const { trans } = made.context;
    const remotes = new Remotes();
    transfers = new Transfers({ remotes, volumes, trans });
    addVolumeCommands({ ...made.context, volumes });
    addTransferCommands({
      ...{ ...made.context, remotes, transfers, volumes },
      isOnline: () => true
    });
    return made;
  };
  const repository = () => {
    const found = bench.volumes.get('user')?.repository;
    if (!found) {
      throw new Error('There is no volume.');
    }
    return found;
  };
  const commit = async (path: string, content: string): Promise<string> => {
    await bench.contents.save(`user:${path}`, {
      type: 'file',
      format: 'text',
      content
    });
    bench.time += 60;
    const author = bench.context.author();
    return (await repository().commit({ message: path, author })) ?? '';
  };
  const text = async (path: string): Promise<unknown> =>
    (await bench.contents.get(`user:${path}`, { content: true })).content;
  /** Exports the volume, and gives the bare repository as Git has it. */
  const exportIt = async (): Promise<Git> => {
    const saved = keepDownloads();
    await bench.run(CommandIDs.exportVolume);
    const files = unzipSync(new Uint8Array((await saved()?.arrayBuffer()) ?? []));
    for (const [path, bytes] of Object.entries(files)) {
      const target = join(folder, path);
      mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true });
      if (!path.endsWith('/')) {
        writeFileSync(target, bytes);
      }
    }
    return new Git(join(folder, 'user.git'));
  };
  /** A commit in a clone of it, pushed to it. */
  const push = (path: string, content: string, name = 'clone'): string => {
    execFileSync('git', ['clone', '--quiet', 'user.git', name], { cwd: folder });
    const clone = new Git(join(folder, name));
    writeFileSync(join(folder, name, path), content);
    clone.run(['add', '.']);
    clone.run(['commit', '--quiet', '-m', `By hand: ${path}`]);
    clone.run(['push', '--quiet', 'origin', 'HEAD']);
    return clone.run(['rev-parse', 'HEAD']);
  };
  const bringBack = (files = filesIn(folder)): Promise<unknown> => {
    const inside = Object.entries(files).filter(([path]) =>
      path.startsWith('user.git/')
    );
    const zip = new File([zipSync(Object.fromEntries(inside))], 'user.git.zip');
    chooseFile(zip as unknown as Blob);
    return bench.run(CommandIDs.importVolume);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'llmos-back-'));
    bench = begin();
  });
  afterEach(() => {
    Notification.manager.dismiss();
    transfers.dispose();
    bench.dispose();
    rmSync(folder, { recursive: true });
  });

  it('comes back with what Git pushed to it, under the same hashes', async () => {
    await commit('notes.md', 'one\n');
    const bare = await exportIt();
    const pushed = push('plan.md', 'By hand\n');
    expect(bare.run(['rev-parse', 'main'])).toBe(pushed);
    expect(bare.can(['fsck', '--strict'])).toBe(true);
    expect(await bringBack()).toBe(true);
    expect(await repository().store.head()).toBe(pushed);
    expect(await text('plan.md')).toBe('By hand\n');
    expect(await repository().status()).toEqual([]);
    // Once more brings nothing new.
    expect(await bringBack()).toBe(true);
    expect(await repository().store.head()).toBe(pushed);
  });

  it('fills an empty volume, also from packs with deltas and packed refs', async () => {
    const lines = Array.from({ length: 400 }, (_, at) => `line ${at} of the notes`);
    await commit('notes.md', lines.join('\n'));
    await commit('notes.md', lines.with(200, 'another').join('\n'));
    const bare = await exportIt();
    push('notes.md', lines.with(300, 'by hand').join('\n'));
    bare.run(['branch', 'idea', 'main~1']);
    bare.run(['gc', '--quiet', '--aggressive']);
    const files = Object.keys(filesIn(folder));
    expect(files.some(path => path.endsWith('.pack'))).toBe(true);
    expect(bare.run(['verify-pack', '-v', packOf(files)])).toMatch(/chain length = 1/);
    const old = bench;
    bench = begin();
    expect(await bringBack()).toBe(true);
    old.dispose();
    expect(await repository().store.head()).toBe(bare.run(['rev-parse', 'main']));
    expect((await repository().store.log()).length).toBe(3);
    expect(await text('notes.md')).toBe(lines.with(300, 'by hand').join('\n'));
    const branches = await repository().refs('refs/heads/');
    expect(branches.get('idea')).toBe(bare.run(['rev-parse', 'idea']));
  });

  it('brings all branches whose names can be here, and says which ones cannot', async () => {
    await commit('notes.md', 'one\n');
    const bare = await exportIt();
    const names = ['fix#3', 'dependabot/npm/@types/node-22', 'x<y', 'later'];
    names.forEach(name => bare.run(['branch', name, 'main']));
    expect(await bringBack()).toBe(true);
    const branches = await repository().refs('refs/heads/');
    expect([...branches.keys()].sort()).toEqual([
      ...['dependabot/npm/@types/node-22', 'fix#3', 'later', 'main']
    ]);
    const told = Notification.manager.notifications.map(({ message }) => message);
    expect(told).toContainEqual(expect.stringContaining('no such names: x<y.'));
  });

  it('is merged with what came here since, and asks where both changed a file', async () => {
    await commit('notes.md', 'one\n');
    await exportIt();
    push('notes.md', 'by hand\n');
    await commit('notes.md', 'here\n');
    const mine = await commit('other.md', 'here\n');
    const stays = bringBack();
    expect(await answerDialog('Cancel')).toContain('notes.md');
    expect(await stays).toBe(false);
    expect(await repository().store.head()).toBe(mine);

    const merged = bringBack();
    await answerDialog('Merge');
    expect(await merged).toBe(true);
    const [newest] = await repository().store.log();
    expect(newest?.parents).toHaveLength(2);
    expect(newest?.parents[0]).toBe(mine);
    expect(await text('other.md')).toBe('here\n');
  });

  it('changes nothing where it is damaged or not whole', async () => {
    await commit('notes.md', 'one\n');
    const head = await exportIt().then(git => git.run(['rev-parse', 'main']));
    push('plan.md', 'By hand\n');
    const files = filesIn(folder);
    const old = bench;
    bench = begin();
    const object = `user.git/objects/${head.slice(0, 2)}/${head.slice(2)}`;
    const absent = Object.fromEntries(
      Object.entries(files).filter(([path]) => path !== object)
    );
    await expect(bringBack(absent)).rejects.toThrow(`lacks the object ${head}`);
    const damaged = { ...files, [object]: Uint8Array.of(1, 2, 3) };
    await expect(bringBack(damaged)).rejects.toThrow(/is damaged/);
    await expect(bringBack({})).rejects.toThrow(/no Git repository/);
    expect(await repository().store.head()).toBeNull();
    old.dispose();
  });
});

function packOf(files: readonly string[]): string {
  const path = files.find(each => each.endsWith('.idx')) ?? '';
  return path.slice('user.git/'.length);
}
