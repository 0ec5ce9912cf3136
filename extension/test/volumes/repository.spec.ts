/** @jest-environment node */
import 'fake-indexeddb/auto';

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openObjectStore } from '@llmos-lab/skills';

import { VolumeConnection } from '../../src/volumes/connection';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { objectDatabase, sha1 } from '../../src/volumes/objectDatabase';
import { describeVolumeStore } from '../../../skills/test/volume/contract';
import { bytesOf, textOf } from './bytes';
import { exportTo } from './exportTo';

let count = 0;
const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };

describeVolumeStore('IndexedDB', () => {
  const connection = new VolumeConnection(`contract-${count++}`, [], Date.now);
  return Promise.resolve(
    openObjectStore({ database: objectDatabase(connection), hash: sha1 })
  );
});

describe('repository of a volume', () => {
  let files: DatabaseFileStore;
  const commit = (message: string, ...paths: string[]): Promise<string | null> =>
    files.repository.commit({
      message,
      author: AUTHOR,
      ...(paths.length > 0 && { paths })
    });
  const status = async (): Promise<string[]> =>
    (await files.repository.status()).map(({ path, change }) => `${change} ${path}`);

  beforeEach(() => {
    files = new DatabaseFileStore(`repository-${count++}`, { folders: ['skills'] });
  });
  afterEach(() => files.dispose());

  it('tells what is added, changed, moved and deleted', async () => {
    expect(await status()).toEqual([]);
    await files.write('skills/a.md', bytesOf('a'));
    await files.write('b.txt', bytesOf('b'));
    expect(await status()).toEqual(['added b.txt', 'added skills/a.md']);
    await commit('First');
    expect(await status()).toEqual([]);
    await files.write('b.txt', bytesOf('b2'));
    await files.move('skills/a.md', 'skills/c.md');
    expect(await status()).toEqual([
      'changed b.txt',
      'deleted skills/a.md',
      'added skills/c.md'
    ]);
    await files.write('b.txt', bytesOf('b'));
    expect(await status()).toEqual(['deleted skills/a.md', 'added skills/c.md']);
  });

  it('keeps every file readable over commits, moves, copies and new edits', async () => {
    await files.write('skills/a.md', bytesOf('one'));
    const first = await commit('First');
    await files.copy('skills', 'copy');
    await files.write('skills/a.md', bytesOf('two'));
    await files.move('copy', 'kept');
    await commit('Second');
    expect(textOf(await files.read('skills/a.md'))).toBe('two');
    expect(textOf(await files.read('kept/a.md'))).toBe('one');
    const old = await files.repository.store.read('skills/a.md', first ?? '');
    expect(old && textOf(Uint8Array.from(old))).toBe('one');
    await files.write('skills/a.md', bytesOf('one'));
    expect(textOf(await files.read('skills/a.md'))).toBe('one');
    await commit('Back');
    expect(textOf(await files.read('skills/a.md'))).toBe('one');
  });

  it('commits only what is asked for', async () => {
    await files.write('skills/a.md', bytesOf('a'));
    await files.write('b.txt', bytesOf('b'));
    await commit('Skill', 'skills');
    expect(await status()).toEqual(['added b.txt']);
    expect(await files.repository.store.log()).toMatchObject([{ message: 'Skill' }]);
    expect(await commit('Again', 'skills')).toBeNull();
  });

  it('takes no file under a name that Git cannot hold', async () => {
    await files.write('good.txt', bytesOf('g'));
    await expect(files.write('a:b.txt', bytesOf('x'))).rejects.toMatchObject({
      code: 'bad-path'
    });
    expect(await commit('All')).not.toBeNull();
    expect(await status()).toEqual([]);
  });

  it('leaves a file uncommitted that was saved while its commit was written', async () => {
    await files.write('a', bytesOf('1'));
    const [oid] = await Promise.all([commit('First'), files.write('a', bytesOf('22'))]);
    expect(textOf(await files.read('a'))).toBe('22');
    const committed = await files.repository.store.read('a', oid ?? '');
    expect(await status()).toEqual(
      committed && textOf(Uint8Array.from(committed)) === '22' ? [] : ['changed a']
    );
  });

  it('exports what git clones, and finds no fault in', async () => {
    await files.write('skills/größe.md', bytesOf('# Size\n'));
    await commit('First\n\nWith a body');
    await files.write('a.txt', bytesOf('a'));
    await commit('Second');
    const folder = mkdtempSync(join(tmpdir(), 'llmos-export-'));
    try {
      await exportTo(folder, files);
      const git = (...args: string[]): string =>
        execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
      git('-C', 'user.git', 'fsck', '--strict', '--full');
      expect(readFileSync(join(folder, 'clone/skills/größe.md'), 'utf8')).toBe(
        '# Size\n'
      );
      expect(git('-C', 'clone', 'log', '--format=%s by %an').trim()).toBe(
        'Second by Ana\nFirst by Ana'
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('keeps all commits of two tabs, in one line', async () => {
    const name = `tabs-${count++}`;
    const tabs = [new DatabaseFileStore(name), new DatabaseFileStore(name)];
    await Promise.all(
      tabs.map(async (tab, at) => {
        for (let round = 0; round < 20; round++) {
          await tab.write(`tab${at}-${round}`, bytesOf(`${at} ${round}`));
          const path = `tab${at}-${round}`;
          await tab.repository.commit({ paths: [path], message: path, author: AUTHOR });
        }
      })
    );
    const log = (await tabs[0]?.repository.store.log()) ?? [];
    expect(new Set(log.map(({ message }) => message)).size).toBe(40);
    expect(await tabs[1]?.repository.status()).toEqual([]);
    tabs.forEach(tab => tab.dispose());
  });
});
