/** @jest-environment node */
import 'fake-indexeddb/auto';

import { spawnSync } from 'node:child_process';
import fc from 'fast-check';

import { HEADS, isBranchName } from '../../src/volumes/branchNames';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, textOf } from './bytes';
import { mergeFrom } from './mergeFrom';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
let count = 0;

describe('branches of a volume', () => {
  let files: DatabaseFileStore;
  const commit = async (path: string, text: string): Promise<string> => {
    await files.write(path, bytesOf(text));
    const message = `${path}: ${text}`;
    return (await files.repository.commit({ message, author: AUTHOR })) ?? '';
  };
  const names = async (): Promise<string[]> => [
    ...(await files.repository.refs(HEADS)).keys()
  ];

  beforeEach(() => {
    files = new DatabaseFileStore(`branches-${count++}`, { folders: ['skills'] });
  });
  afterEach(() => files.dispose());

  it('keep a commit that was rolled back, and bring it back by a merge', async () => {
    const { repository } = files;
    await commit('a.md', 'one');
    const tried = await commit('b.md', 'tried');
    await repository.makeBranch('try/other', tried);
    await repository.apply({
      changes: [{ path: 'b.md', content: null }],
      message: 'Roll back',
      author: AUTHOR
    });
    expect(await names()).toEqual(['main', 'try/other']);
    expect(await repository.store.log({ from: tried, merged: true })).toHaveLength(2);
    expect(await files.stat('b.md')).toBeUndefined();
    expect(
      textOf(Uint8Array.from((await repository.store.read('b.md', tried)) ?? []))
    ).toBe('tried');
    expect(await repository.dropBranch('try/other')).toBe(tried);
    expect(await names()).toEqual(['main']);
  });

  it('are merged into the files', async () => {
    await commit('a.md', 'one');
    const result = await mergeFrom(files, {
      theirs: async other => {
        await other.write('theirs.md', bytesOf('theirs'));
        await other.repository.commit({ message: 'Theirs', author: AUTHOR });
      },
      mine: () => commit('mine.md', 'mine')
    });
    expect(result).toBe('merged');
    expect(textOf(await files.read('theirs.md'))).toBe('theirs');
    expect(textOf(await files.read('mine.md'))).toBe('mine');
  });

  it('have names that are free, and commits that are there', async () => {
    const { repository } = files;
    const oid = await commit('a.md', 'one');
    await repository.makeBranch('a/b', oid);
    for (const name of ['a/b', 'A/B', 'a', 'a/b/c', 'main', 'main/x']) {
      await expect(repository.makeBranch(name, oid)).rejects.toMatchObject({
        code: 'conflict'
      });
    }
    await expect(repository.makeBranch('../x', oid)).rejects.toMatchObject({
      code: 'bad-path'
    });
    await expect(repository.makeBranch('c', '0'.repeat(40))).rejects.toMatchObject({
      code: 'no-such-commit'
    });
    for (const name of ['main', 'gone']) {
      await expect(repository.dropBranch(name)).rejects.toMatchObject({
        code: 'no-such-commit'
      });
    }
    expect(await names()).toEqual(['a/b', 'main']);
  });

  it('have the names that git takes, and no others', () => {
    const name = fc.string({
      unit: fc.constantFrom(...'ab.-_/@{}~^:?*[\\ é#+=%,!()&\u{1f331}', '.lock', '..'),
      minLength: 1,
      maxLength: 8
    });
    const takes = (each: string): boolean =>
      spawnSync('git', ['check-ref-format', HEADS + each]).status === 0;
    fc.assert(
      fc.property(name, each => {
        // Words for Git itself, and folders that are none on every file system.
        fc.pre(!/^-|^@$|^HEAD$|\.\//.test(each));
        expect([each, isBranchName(each)]).toEqual([each, takes(each)]);
      }),
      {
        numRuns: 300,
        examples: [
          ...['dependabot/npm_and_yarn/@types/node-22.1', 'fix#3', 'a@', '@/a', 'a/-'],
          ...['a/HEAD', '.', 'a/.b', 'a.lock/b', 'a.', '/', 'a//b', '@{-1}']
        ].map((each): [string] => [each])
      }
    );
    for (const each of [
      '-',
      '-d',
      '@',
      'HEAD',
      'a/b./c',
      'a<b',
      'a|b',
      'a"b',
      'a\u202eb',
      'a\u00a0b'
    ]) {
      expect([each, isBranchName(each)]).toEqual([each, false]);
    }
  });
});
