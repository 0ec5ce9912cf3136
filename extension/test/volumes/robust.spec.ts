/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { INamedObject } from '@llmos-lab/skills';
import { IDBObjectStore as FakeStore } from 'fake-indexeddb';

import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import type { IMergeOptions } from '../../src/volumes/merging';
import { bytesOf, QUIET, textOf } from './bytes';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const REF = 'refs/remotes/origin/main';
const MERGE: IMergeOptions = {
  author: AUTHOR,
  message: 'Merge',
  choose: () => Promise.resolve(new Map())
};
let count = 0;

/** The n-th write of IndexedDB from now on fails as a full disk or an abort does. */
function failAt(
  step: number,
  kind: 'quota' | 'abort'
): { readonly wasReached: boolean } {
  let left = step;
  const state = { wasReached: false };
  const restore: (() => void)[] = [];
  for (const method of ['put', 'add', 'delete', 'clear'] as const) {
    const original = FakeStore.prototype[method] as (...args: unknown[]) => IDBRequest;
    restore.push(() => Object.assign(FakeStore.prototype, { [method]: original }));
    Object.assign(FakeStore.prototype, {
      [method](this: IDBObjectStore, ...args: unknown[]): IDBRequest {
        left -= 1;
        if (left === 0) {
          state.wasReached = true;
          restore.forEach(each => each());
          if (kind === 'abort') {
            this.transaction.abort();
          }
          throw new DOMException('The disk is full.', 'QuotaExceededError');
        }
        return original.apply(this, args);
      }
    });
  }
  pending.push(() => restore.forEach(each => each()));
  return state;
}
const pending: (() => void)[] = [];

describe('a volume keeps its last good state', () => {
  let name: string;
  let files: DatabaseFileStore;
  const commit = (): Promise<string | null> =>
    files.repository.commit({ message: 'Change', author: AUTHOR });
  /** Another browser made a commit on top of ours; `sent` is what a pull brings of it. */
  const pushElsewhere = async (): Promise<void> => {
    const other = new DatabaseFileStore(`${name}-elsewhere`, { folders: ['skills'] });
    const { repository } = other;
    const head = (await files.repository.store.head()) ?? '';
    const own = await files.repository.collect(head, []);
    await repository.receive(own, REF, head);
    await repository.merge(head, MERGE);
    await other.write('b.txt', bytesOf('theirs'));
    await other.write('skills/t.md', bytesOf('t'));
    theirs = (await repository.commit({ message: 'Theirs', author: AUTHOR })) ?? '';
    sent = await repository.collect(theirs, [head]);
    archive.clear();
    const out = { add: (at: string, bytes: Uint8Array) => void archive.set(at, bytes) };
    await repository.backup('volumes/user', out, QUIET);
    other.dispose();
  };
  let theirs = '';
  let sent: readonly INamedObject[] = [];
  const archive = new Map<string, Uint8Array>();
  /** What comes before the merge is written is no part of it. */
  const merge = async (): Promise<unknown> => files.repository.merge(theirs, MERGE);
  const readBackup = (): Promise<() => Promise<void>> =>
    files.repository.readBackup(
      {
        paths: [...archive.keys()].filter(path => !path.endsWith('/')),
        read: path => Promise.resolve(Uint8Array.from(archive.get(path) ?? []))
      },
      'volumes/user',
      QUIET
    );

  /** Everything that a person would see after opening the site again. */
  const seen = async (): Promise<unknown> => {
    const again = new DatabaseFileStore(name, { folders: ['skills'] });
    const { store } = again.repository;
    const head = await store.head();
    const texts: Record<string, string> = {};
    for (const folder of ['', 'skills']) {
      for (const { path, kind } of await again.list(folder)) {
        texts[path] = kind === 'file' ? textOf(await again.read(path)) : '';
      }
    }
    const history = await store.log();
    for (const { oid } of history) {
      for (const { path } of await store.diff(null, oid)) {
        expect(await store.read(path, oid)).not.toBeNull();
      }
    }
    const status = await again.repository.status();
    again.dispose();
    return { head, texts, status, commits: history.length };
  };

  beforeEach(async () => {
    name = `robust-${count++}`;
    files = new DatabaseFileStore(name, { folders: ['skills'] });
    await files.write('skills/a.md', bytesOf('one'));
    await files.write('b.txt', bytesOf('b'));
    await commit();
    await pushElsewhere();
    await files.write('skills/a.md', bytesOf('two'));
  });
  afterEach(() => {
    pending.splice(0).forEach(each => each());
    files.dispose();
  });

  const STEPS: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['save', () => files.write('skills/a.md', bytesOf('three'))],
    ['new file', () => files.create('c.txt', bytesOf('c'))],
    ['move', () => files.move('skills/a.md', 'skills/d.md')],
    ['copy', () => files.copy('b.txt', 'e.txt')],
    ['delete', () => files.remove('skills')],
    ['checkpoint', () => files.setCheckpoint('b.txt')],
    ['commit', commit],
    [
      'roll back',
      () =>
        files.repository.apply({
          changes: [
            { path: 'b.txt', content: null },
            { path: 'new/f.txt', content: bytesOf('f') }
          ],
          message: 'Roll back',
          author: AUTHOR
        })
    ],
    ['receive of a pull', () => files.repository.receive(sent, REF, theirs)],
    ['merge', merge],
    ['restore of a backup', async () => (await readBackup())()]
  ];

  it.each(
    STEPS.flatMap(([step, work]) =>
      (['quota', 'abort'] as const).map(kind => [step, kind, work] as const)
    )
  )('when any write of "%s" fails (%s)', async (step, kind, work) => {
    if (step === 'merge') {
      await files.write('c.txt', bytesOf('mine'));
      await files.repository.commit({
        ...{ message: 'Mine', author: AUTHOR, paths: ['c.txt'] }
      });
      await files.repository.receive(sent, REF, theirs);
    }
    const before = await seen();
    for (let at = 1; ; at++) {
      const fault = failAt(at, kind);
      const failed = await work().then(
        () => false,
        () => true
      );
      pending.splice(0).forEach(each => each());
      if (!fault.wasReached) {
        expect(failed).toBe(false);
        expect(at).toBeGreaterThan(1);
        break;
      }
      expect(failed).toBe(true);
      expect(await seen()).toEqual(before);
    }
  });

  it('takes 100 commits of each of two tabs, in order, and loses none', async () => {
    const other = new DatabaseFileStore(name, { folders: ['skills'] });
    await commit();
    const start = (await files.repository.store.log()).length;
    const run = async (tab: DatabaseFileStore, label: string): Promise<void> => {
      for (let at = 0; at < 100; at++) {
        await tab.write(`skills/${label}-${at}.md`, bytesOf(`${at}`));
        await tab.repository.commit({
          message: `${label} ${at}`,
          author: AUTHOR,
          paths: [`skills/${label}-${at}.md`]
        });
      }
    };
    await Promise.all([run(files, 'x'), run(other, 'y')]);
    const log = await files.repository.store.log();
    expect(log).toHaveLength(start + 200);
    expect(new Set(log.map(({ message }) => message)).size).toBeGreaterThanOrEqual(200);
    expect(await files.repository.status()).toEqual([]);
    other.dispose();
  }, 60_000);
});
