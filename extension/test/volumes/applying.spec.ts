/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { Actor } from '@llmos-lab/skills';

import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import type { StoreChange } from '../../src/volumes/fileStore';
import { accessTo, bytesOf, textOf } from './bytes';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
let count = 0;

describe('applying changes to a volume', () => {
  let files: DatabaseFileStore;
  const commit = (): Promise<string | null> =>
    files.repository.commit({ message: 'Change', author: AUTHOR });
  const apply = (texts: Readonly<Record<string, string | null>>) =>
    files.repository.apply({
      changes: Object.entries(texts).map(([path, text]) => ({
        path,
        content: text === null ? null : bytesOf(text)
      })),
      message: 'Apply',
      author: AUTHOR
    });

  beforeEach(async () => {
    files = new DatabaseFileStore(`applied-${count++}`, { folders: ['skills'] });
    await files.write('skills/a.md', bytesOf('a'));
    await files.write('skills/b.md', bytesOf('b'));
    await commit();
  });
  afterEach(() => files.dispose());

  it('writes, deletes and commits in one step that no other commit gets into', async () => {
    const told: StoreChange[] = [];
    const heads: string[] = [];
    files.changedElsewhere.connect((_, change) => {
      told.push(change);
      // What commits skills at each save does.
      void commit().then(oid => oid && heads.push(oid));
    });
    const oid = await apply({ 'skills/a.md': 'A', 'skills/b.md': null, 'x/c.md': 'c' });
    expect(textOf(await files.read('skills/a.md'))).toBe('A');
    expect(textOf(await files.read('x/c.md'))).toBe('c');
    expect(await files.stat('skills/b.md')).toBeUndefined();
    expect(told).toEqual([
      { type: 'delete', path: 'skills/b.md' },
      { type: 'save', path: 'skills/a.md' },
      { type: 'new', path: 'x/c.md' }
    ]);
    expect(await commit()).toBeNull();
    expect(heads).toEqual([]);
    const { store } = files.repository;
    expect(await store.head()).toBe(oid);
    const [, before] = await store.log();
    expect(await store.diff(before?.oid ?? null, oid ?? '')).toHaveLength(3);
  });

  it('refuses over edits that are not committed, and leaves all as it was', async () => {
    const head = await files.repository.store.head();
    await files.write('skills/b.md', bytesOf('mine'));
    for (const wanted of ['B', 'b']) {
      await expect(
        apply({ 'skills/a.md': 'A', 'skills/b.md': wanted })
      ).rejects.toMatchObject({ code: 'dirty', paths: ['skills/b.md'] });
    }
    expect(textOf(await files.read('skills/a.md'))).toBe('a');
    expect(textOf(await files.read('skills/b.md'))).toBe('mine');
    expect(await files.repository.store.head()).toBe(head);
  });

  it('commits nothing when nothing differs', async () => {
    expect(await apply({ 'skills/a.md': 'a', 'none.md': null })).toBeNull();
    expect(await files.repository.store.log()).toHaveLength(1);
  });

  it('asks the access rule', async () => {
    const ana: Actor = { kind: 'user', id: 'ana', teams: ['optics'] };
    const access = accessTo('team-optics', ana);
    const team = new DatabaseFileStore(`team-${count}`, {
      folders: ['skills'],
      access
    });
    const changes = [{ path: 'skills/a.md', content: bytesOf('a') }];
    await expect(
      team.repository.apply({ changes, message: 'A', author: AUTHOR })
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await team.stat('skills/a.md')).toBeUndefined();
    team.dispose();
  });
});
