import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGitStore } from '../../cli/git/store';
import { createMemoryDatabase } from '../../src/volume/memoryDatabase';
import { openObjectStore } from '../../src/volume/objectStore';
import { AUTHOR, bytes, describeVolumeStore } from '../volume/contract';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'llmos-git-'));
  folders.push(folder);
  return folder;
};
const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();

afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

describeVolumeStore('Git', () => {
  const folder = newFolder();
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main');
  return Promise.resolve(openGitStore({ folder }));
});

describe('a clone as a volume store', () => {
  let folder: string;
  beforeEach(() => {
    folder = newFolder();
    git(folder, 'init', '--quiet', '--initial-branch=main');
  });

  it('names commits as the store in the browser does', async () => {
    const store = openGitStore({ folder });
    const memory = openObjectStore({
      database: createMemoryDatabase(),
      hash: data => Promise.resolve(createHash('sha1').update(data).digest('hex'))
    });
    let parent: string | null = null;
    for (const [path, text] of [
      ['skills/größe.md', 'one'],
      ['a.txt', 'two\n'],
      ['skills/größe.md', 'three']
    ] as const) {
      const args = [
        [{ path, content: bytes(text) }],
        `Change ${path}\n\nBody`,
        AUTHOR
      ] as const;
      const oid: string = await store.commit(...args, parent);
      expect(await memory.commit(...args, parent)).toBe(oid);
      parent = oid;
    }
    expect(git(folder, 'fsck', '--strict')).toBe('');
  });

  it('leaves out what belongs to another repository, as the browser does', async () => {
    const store = openGitStore({ folder });
    const head = await store.commit(
      [{ path: 'a.txt', content: bytes('a') }],
      'First',
      AUTHOR,
      null
    );
    git(folder, 'update-index', '--add', '--cacheinfo', `160000,${head},sub`);
    const tree = git(folder, 'write-tree');
    const env = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b.c' };
    const next = execFileSync('git', ['commit-tree', tree, '-p', head, '-m', 'Sub'], {
      ...{ cwd: folder, encoding: 'utf8' },
      env: {
        ...{ ...process.env, ...env },
        ...{ GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b.c' }
      }
    }).trim();
    expect((await store.list('', next)).map(({ path }) => path)).toEqual(['a.txt']);
    expect(await store.read('sub', next)).toBeNull();
    expect(await store.diff(head, next)).toEqual([]);
  });

  it('lets the files follow, and leaves edits of others alone', async () => {
    const store = openGitStore({ folder });
    const first = await store.commit(
      [
        { path: 'a.txt', content: bytes('a') },
        { path: 'b.txt', content: bytes('b') }
      ],
      'First',
      AUTHOR,
      null
    );
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('a');
    writeFileSync(join(folder, 'b.txt'), 'mine');
    await store.commit(
      [{ path: 'a.txt', content: bytes('a2') }],
      'Second',
      AUTHOR,
      first
    );
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('a2');
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('mine');
    expect(git(folder, 'status', '--porcelain')).toBe('M b.txt');
  });

  it('refuses to overwrite a file that is edited, and writes nothing', async () => {
    const store = openGitStore({ folder });
    const change = (text: string) => [{ path: 'a.txt', content: bytes(text) }];
    const first = await store.commit(change('a'), 'First', AUTHOR, null);
    writeFileSync(join(folder, 'a.txt'), 'mine');
    await expect(
      store.commit(change('b'), 'Second', AUTHOR, first)
    ).rejects.toMatchObject({ code: 'dirty' });
    expect(await store.head()).toBe(first);
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('mine');
  });

  it('takes a copy of a clean folder as clean, whose files have other times', async () => {
    const change = (text: string) => [{ path: 'a.txt', content: bytes(text) }];
    const first = await openGitStore({ folder }).commit(
      change('a'),
      'First',
      AUTHOR,
      null
    );
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    const store = openGitStore({ folder: copy });
    await store.commit(change('b'), 'Second', AUTHOR, first);
    expect(readFileSync(join(copy, 'a.txt'), 'utf8')).toBe('b');
    expect(git(copy, 'status', '--porcelain')).toBe('');
  });

  it('names the files that are in the way, edited or new, and no others', async () => {
    const store = openGitStore({ folder });
    const change = (text: string) =>
      ['a.txt', 'b ü.txt', 'c.txt'].map(path => ({ path, content: bytes(text) }));
    const first = await store.commit(change('a').slice(0, 2), 'First', AUTHOR, null);
    for (const path of ['b ü.txt', 'c.txt', 'd.txt']) {
      writeFileSync(join(folder, path), 'mine');
    }
    await expect(
      store.commit(change('b'), 'Second', AUTHOR, first)
    ).rejects.toMatchObject({
      code: 'dirty',
      paths: ['b ü.txt', 'c.txt'],
      message:
        'These files have changes that are not committed: b ü.txt, c.txt. ' +
        'Commit or stash them first.'
    });
  });
});
