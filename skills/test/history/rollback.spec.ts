import { createHash } from 'node:crypto';
import { filesAt, planRollback } from '../../src/history/rollback';
import { createMemoryDatabase } from '../../src/volume/memoryDatabase';
import { openObjectStore } from '../../src/volume/objectStore';
import { AUTHOR, bytes } from '../volume/contract';

const open = () =>
  openObjectStore({
    database: createMemoryDatabase(),
    hash: data => Promise.resolve(createHash('sha1').update(data).digest('hex'))
  });

describe('planRollback', () => {
  it('takes back added, changed and deleted files, and keeps later work', async () => {
    const store = open();
    const put = async (files: Record<string, string | null>) =>
      store.commit(
        Object.entries(files).map(([path, text]) => ({
          path,
          content: text === null ? null : bytes(text)
        })),
        'Change',
        AUTHOR,
        await store.head()
      );
    await put({ 'a.md': 'one', 'b.md': 'two', 'd.md': 'four' });
    const wrong = await put({ 'a.md': '1', 'b.md': null, 'c.md': 'new', 'd.md': '4' });
    await put({ 'd.md': 'five', 'e.md': 'later' });
    const { changes, blocked } = await planRollback(store, wrong);
    expect(changes).toEqual([
      { path: 'a.md', content: bytes('one') },
      { path: 'b.md', content: bytes('two') },
      { path: 'c.md', content: null }
    ]);
    expect(blocked).toEqual(['d.md']);
    await store.commit(changes, 'Take back', AUTHOR, await store.head());
    expect((await planRollback(store, wrong)).changes).toEqual([]);
  });

  it('takes back the first commit, and names one that is not there', async () => {
    const store = open();
    const files = [{ path: 'x/a.md', content: bytes('1') }];
    const first = await store.commit(files, 'First', AUTHOR, null);
    expect((await planRollback(store, first)).changes).toEqual([
      { path: 'x/a.md', content: null }
    ]);
    expect(await filesAt(store, '', first)).toEqual(['x/a.md']);
    await expect(planRollback(store, '0'.repeat(40))).rejects.toMatchObject({
      code: 'no-such-commit'
    });
  });
});
