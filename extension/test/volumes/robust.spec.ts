/** @jest-environment node */
import 'fake-indexeddb/auto';

import { IDBObjectStore as FakeStore } from 'fake-indexeddb';

import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, textOf } from './bytes';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
let count = 0;

/** The n-th write of IndexedDB from now on fails as a full disk or an abort does. */
function failAt(
  step: number,
  kind: 'quota' | 'abort'
): { readonly wasReached: boolean } {
  let left = step;
  const state = { wasReached: false };
  const restore: (() => void)[] = [];
  for (const method of ['put', 'delete', 'clear'] as const) {
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
  /** Everything that a person would see after opening the site again. */
  const seen = async (): Promise<unknown> => {
    const again = new DatabaseFileStore(name, ['skills']);
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
    files = new DatabaseFileStore(name, ['skills']);
    await files.write('skills/a.md', bytesOf('one'));
    await files.write('b.txt', bytesOf('b'));
    await commit();
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
    ['commit', commit]
  ];

  it.each(
    STEPS.flatMap(([step, work]) =>
      (['quota', 'abort'] as const).map(kind => [step, kind, work] as const)
    )
  )('when any write of "%s" fails (%s)', async (_, kind, work) => {
    const before = await seen();
    for (let step = 1; ; step++) {
      const fault = failAt(step, kind);
      const failed = await work().then(
        () => false,
        () => true
      );
      pending.splice(0).forEach(each => each());
      if (!fault.wasReached) {
        expect(failed).toBe(false);
        expect(step).toBeGreaterThan(1);
        break;
      }
      expect(failed).toBe(true);
      expect(await seen()).toEqual(before);
    }
  });

  it('takes 100 commits of each of two tabs, in order, and loses none', async () => {
    const other = new DatabaseFileStore(name, ['skills']);
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
