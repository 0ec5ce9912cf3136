/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { IMergePlan, MergeChoice } from '@llmos-lab/skills';

import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import type { IMergeOptions } from '../../src/volumes/merging';
import type { StoreChange } from '../../src/volumes/fileStore';
import { bytesOf, textOf } from './bytes';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const REF = 'refs/remotes/origin/main';
let count = 0;

describe('a volume merges commits from elsewhere', () => {
  let here: DatabaseFileStore;
  let there: DatabaseFileStore;
  const asked: IMergePlan[] = [];
  const options = (choice: MergeChoice | null = 'both'): IMergeOptions => ({
    author: AUTHOR,
    message: 'Merge from elsewhere',
    choose: plan => {
      asked.push(plan);
      const all = plan.conflicts.map(({ path }) => [path, choice] as const);
      return Promise.resolve(
        choice && new Map(all as readonly (readonly [string, MergeChoice])[])
      );
    }
  });
  const commit = async (
    store: DatabaseFileStore,
    message = 'Change'
  ): Promise<string> =>
    (await store.repository.commit({ message, author: AUTHOR })) ?? '';
  /** Brings over what the other has, as a pull does. */
  const fetch = async (
    from: DatabaseFileStore,
    to: DatabaseFileStore
  ): Promise<string> => {
    const head = (await from.repository.store.head()) ?? '';
    const known = await to.repository.remoteHead(REF);
    const objects = await from.repository.collect(head, known === null ? [] : [known]);
    await to.repository.receive(objects, REF, head);
    return head;
  };

  beforeEach(async () => {
    asked.length = 0;
    there = new DatabaseFileStore(`there-${count}`, { folders: ['skills'] });
    here = new DatabaseFileStore(`here-${count++}`, { folders: ['skills'] });
    await there.write('skills/a.md', bytesOf('one'));
    await there.write('b.ipynb', bytesOf('one'));
    await commit(there);
  });
  afterEach(() => {
    here.dispose();
    there.dispose();
  });

  it('moves on to it when it has nothing of its own, files and signals too', async () => {
    const changes: StoreChange[] = [];
    here.changedElsewhere.connect((_, change) => changes.push(change));
    const head = await fetch(there, here);
    expect(await here.repository.merge(head, options())).toMatchObject({
      kind: 'forward',
      oid: head
    });
    expect(textOf(await here.read('skills/a.md'))).toBe('one');
    expect(await here.repository.status()).toEqual([]);
    expect(changes.map(({ path }) => path).sort()).toEqual(['b.ipynb', 'skills/a.md']);
    expect((await here.repository.merge(head, options())).kind).toBe('up-to-date');
  });

  it('unites both sides in one commit with two parents', async () => {
    await here.repository.merge(await fetch(there, here), options());
    await there.write('there.md', bytesOf('x'));
    await there.remove('b.ipynb');
    await commit(there);
    await here.write('here.md', bytesOf('y'));
    const mine = await commit(here);
    const theirs = await fetch(there, here);
    const { kind, oid } = await here.repository.merge(theirs, options());
    expect([kind, asked]).toEqual(['merged', []]);
    expect(await here.stat('b.ipynb')).toBeUndefined();
    expect(textOf(await here.read('there.md'))).toBe('x');
    expect(await here.repository.status()).toEqual([]);
    const [entry] = await here.repository.store.log({ limit: 1 });
    expect(entry).toMatchObject({ oid, parents: [mine, theirs] });
    // The other side only has to move on.
    const back = await there.repository.merge(await fetch(here, there), options());
    expect(back).toMatchObject({ kind: 'forward', oid });
  });

  it('asks about a notebook that both changed, and changes nothing when told so', async () => {
    await here.repository.merge(await fetch(there, here), options());
    await there.write('b.ipynb', bytesOf('theirs'));
    await commit(there);
    await here.write('b.ipynb', bytesOf('mine'));
    const mine = await commit(here);
    const theirs = await fetch(there, here);
    expect((await here.repository.merge(theirs, options(null))).kind).toBe('cancelled');
    expect(await here.repository.store.head()).toBe(mine);
    await here.repository.merge(theirs, options('both'));
    expect(asked[0]?.conflicts.map(({ path }) => path)).toEqual(['b.ipynb']);
    const files = (await here.list('')).map(({ path }) => path);
    expect(files).toContain(`b (theirs ${theirs.slice(0, 7)}).ipynb`);
    expect(textOf(await here.read('b.ipynb'))).toBe('mine');
  });

  it('lets others commit while a person chooses, and asks about the same once', async () => {
    await here.repository.merge(await fetch(there, here), options());
    await there.write('b.ipynb', bytesOf('theirs'));
    await commit(there);
    await here.write('b.ipynb', bytesOf('mine'));
    await commit(here);
    const { choose } = options();
    const result = await here.repository.merge(await fetch(there, here), {
      ...options(),
      choose: async plan => {
        await here.write('c.md', bytesOf('meanwhile'));
        await commit(here);
        return choose(plan);
      }
    });
    expect(result.kind).toBe('merged');
    expect(asked).toHaveLength(1);
    const log = await here.repository.store.log();
    expect(log).toHaveLength(4);
    expect(textOf(await here.read('c.md'))).toBe('meanwhile');
    expect(await here.repository.status()).toEqual([]);
  });

  it('never overwrites what is not committed, and leaves everything as it was', async () => {
    await here.repository.merge(await fetch(there, here), options());
    await there.write('skills/a.md', bytesOf('theirs'));
    await commit(there);
    await here.write('skills/a.md', bytesOf('unsaved work'));
    const head = await here.repository.store.head();
    const theirs = await fetch(there, here);
    await expect(here.repository.merge(theirs, options())).rejects.toMatchObject({
      code: 'dirty'
    });
    expect(textOf(await here.read('skills/a.md'))).toBe('unsaved work');
    expect(await here.repository.store.head()).toBe(head);
  });

  it('says what is not committed before it asks about what both changed', async () => {
    await here.repository.merge(await fetch(there, here), options());
    await there.write('b.ipynb', bytesOf('theirs'));
    await there.write('skills/a.md', bytesOf('theirs'));
    await commit(there);
    await here.write('b.ipynb', bytesOf('mine'));
    await commit(here);
    await here.write('skills/a.md', bytesOf('unsaved work'));
    const theirs = await fetch(there, here);
    await expect(here.repository.merge(theirs, options('mine'))).rejects.toMatchObject({
      ...{ code: 'dirty', paths: ['skills/a.md'] }
    });
    expect(asked).toEqual([]);
  });

  it('says so too where what is not committed is in the file that both changed', async () => {
    await here.repository.merge(await fetch(there, here), options());
    await there.write('b.ipynb', bytesOf('theirs'));
    await commit(there);
    await here.write('b.ipynb', bytesOf('mine'));
    await commit(here);
    await here.write('b.ipynb', bytesOf('unsaved work'));
    const theirs = await fetch(there, here);
    await expect(
      here.repository.merge(theirs, options('theirs'))
    ).rejects.toMatchObject({ code: 'dirty', paths: ['b.ipynb'] });
    expect(asked).toEqual([]);
    expect(textOf(await here.read('b.ipynb'))).toBe('unsaved work');
    await commit(here);
    await here.repository.merge(theirs, options('theirs'));
    expect(textOf(await here.read('b.ipynb'))).toBe('theirs');
  });

  it('takes in no object under a wrong name', async () => {
    const head = (await there.repository.store.head()) ?? '';
    const [first, ...rest] = await there.repository.collect(head, []);
    const bad = { oid: '0'.repeat(40), type: 'blob' as const, body: bytesOf('x') };
    await expect(
      here.repository.receive([bad, ...(first ? [first] : []), ...rest], REF, head)
    ).rejects.toMatchObject({ code: 'corrupt' });
    expect(await here.repository.remoteHead(REF)).toBeNull();
  });
});
