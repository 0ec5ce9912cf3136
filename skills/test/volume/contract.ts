/** What every volume store promises, whatever it stands on. */
import type { IVolumeStore } from '../../src/volume/store';

export const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (content: Uint8Array | null): string | null =>
  content === null ? null : new TextDecoder().decode(content);

export function describeVolumeStore(
  name: string,
  open: () => Promise<IVolumeStore>
): void {
  describe(`${name} as a volume store`, () => {
    let store: IVolumeStore;
    const put = async (files: Record<string, string | null>, message = 'Change') =>
      store.commit(
        Object.entries(files).map(([path, content]) => ({
          path,
          content: content === null ? null : bytes(content)
        })),
        message,
        AUTHOR,
        await store.head()
      );

    beforeEach(async () => {
      store = await open();
    });

    it('is empty at first', async () => {
      expect(await store.head()).toBeNull();
      expect(await store.list()).toEqual([]);
      expect(await store.log()).toEqual([]);
      expect(await store.read('a.md')).toBeNull();
    });

    it('reads back what was committed, bytes unchanged', async () => {
      const content = Uint8Array.from({ length: 256 }, (_, index) => index);
      await store.commit([{ path: 'a/b/c.bin', content }], 'Add', AUTHOR, null);
      expect(await store.read('a/b/c.bin')).toEqual(content);
    });

    it('lists files and folders sorted by path', async () => {
      await put({ 'b.md': '1', 'a/z.md': '2', 'a/y.md': '3', 'a.md': '4' });
      expect((await store.list()).map(({ path, kind }) => [path, kind])).toEqual([
        ['a.md', 'file'],
        ['a', 'folder'],
        ['b.md', 'file']
      ]);
      expect((await store.list('a')).map(({ path }) => path)).toEqual([
        'a/y.md',
        'a/z.md'
      ]);
    });

    it('writes the commit of a merge with all its parents, also without a change', async () => {
      const first = await put({ 'a.md': 'one' });
      const second = await put({ 'b.md': 'two' });
      const merge = await store.commit([], 'Merge', AUTHOR, second, [first]);
      expect((await store.log({ limit: 1 }))[0]).toMatchObject({
        oid: merge,
        parents: [second, first]
      });
      expect(text(await store.read('b.md'))).toBe('two');
    });

    it('keeps earlier versions readable', async () => {
      const first = await put({ 'a.md': 'one' });
      const second = await put({ 'a.md': 'two', 'b.md': 'new' });
      expect(text(await store.read('a.md', first))).toBe('one');
      expect(text(await store.read('b.md', first))).toBeNull();
      expect(text(await store.read('a.md', second))).toBe('two');
    });

    it('logs newest first with author, message and parents', async () => {
      const first = await put({ 'a.md': 'one' }, 'First\n\nBody');
      const second = await put({ 'a.md': 'two' }, 'Second');
      expect(await store.log()).toMatchObject([
        { oid: second, parents: [first], message: 'Second', author: AUTHOR },
        { oid: first, parents: [], message: 'First\n\nBody', author: AUTHOR }
      ]);
      expect(await store.log({ limit: 1 })).toHaveLength(1);
      expect(await store.log({ from: first })).toHaveLength(1);
    });

    it('logs the same with merged commits where nothing was merged', async () => {
      await put({ 'a.md': 'one' }, 'First');
      await put({ 'a.md': 'two' }, 'Second');
      await put({ 'b.md': 'two' }, 'Third');
      expect(await store.log({ merged: true })).toEqual(await store.log());
      expect(await store.log({ merged: true, limit: 2 })).toHaveLength(2);
    });

    it('gives the history of one file', async () => {
      await put({ 'a.md': 'one' }, 'First');
      await put({ 'b.md': 'other' }, 'Other');
      await put({ 'a.md': 'two' }, 'Second');
      const log = await store.log({ path: 'a.md' });
      expect(log.map(({ message }) => message)).toEqual(['Second', 'First']);
    });

    it('names the files that differ between two commits', async () => {
      const first = await put({ 'a/x.md': '1', 'b.md': '2', 'c.md': '3' });
      const second = await put({ 'a/x.md': '9', 'b.md': null, 'd/e.md': '4' });
      const diff = await store.diff(first, second);
      expect(
        diff.map(({ path, from, to }) => [path, from !== null, to !== null])
      ).toEqual([
        ['a/x.md', true, true],
        ['b.md', true, false],
        ['d/e.md', false, true]
      ]);
      expect(await store.diff(null, first)).toHaveLength(3);
    });

    it('drops a folder with its last file', async () => {
      await put({ 'a/b/c.md': '1', 'd.md': '2' });
      await put({ 'a/b/c.md': null });
      expect((await store.list()).map(({ path }) => path)).toEqual(['d.md']);
    });

    it('can be emptied', async () => {
      await put({ 'a.md': '1' });
      await put({ 'a.md': null });
      expect(await store.list()).toEqual([]);
      expect(await store.log()).toHaveLength(2);
    });

    it('refuses a commit whose parent is not the head, and writes nothing', async () => {
      const first = await put({ 'a.md': 'one' });
      const second = await put({ 'a.md': 'two' });
      const late = store.commit(
        [{ path: 'b.md', content: bytes('late') }],
        'Late',
        AUTHOR,
        first
      );
      await expect(late).rejects.toMatchObject({ code: 'conflict' });
      expect(await store.head()).toBe(second);
      expect(await store.read('b.md')).toBeNull();
    });

    it('lets one of two commits at once win and tells the other', async () => {
      const parent = await put({ 'a.md': 'one' });
      const results = await Promise.allSettled(
        ['x', 'y'].map(name =>
          store.commit([{ path: name, content: bytes(name) }], name, AUTHOR, parent)
        )
      );
      expect(results.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected'
      ]);
      expect(await store.log()).toHaveLength(2);
    });

    it.each([
      ['', 'bad-path'],
      ['/a.md', 'bad-path'],
      ['a//b.md', 'bad-path'],
      ['../a.md', 'bad-path'],
      ['a/../b.md', 'bad-path'],
      ['.git/config', 'bad-path'],
      ['a/.GIT/config', 'bad-path'],
      ['a\\b.md', 'bad-path'],
      ['c:a.md', 'bad-path'],
      ['a\u0000b', 'bad-path'],
      ['con.md', 'bad-path'],
      ['a.md/b', 'not-a-folder'],
      ['folder', 'is-a-folder']
    ])('refuses to write "%s" with %s', async (path, code) => {
      const head = await put({ 'a.md': '1', 'folder/x.md': '2' });
      await expect(put({ [path]: 'new' })).rejects.toMatchObject({ code });
      expect(await store.head()).toBe(head);
    });

    it('puts a folder where a file was, and a file where a folder was', async () => {
      await put({ a: 'file', 'b/c/d.md': 'inside', 'b/e.md': 'too' });
      await put({
        a: null,
        'a/b': 'now inside',
        'b/c/d.md': null,
        'b/e.md': null,
        b: 'now a file'
      });
      expect(text(await store.read('a/b'))).toBe('now inside');
      expect(text(await store.read('b'))).toBe('now a file');
      expect((await store.list()).map(({ path, kind }) => [path, kind])).toEqual([
        ['a', 'folder'],
        ['b', 'file']
      ]);
    });

    it('refuses a file and a folder of one name', async () => {
      const head = await put({ 'b/c.md': '1', 'b/d.md': '2' });
      for (const [files, code] of [
        [{ a: '1', 'a/b': '2' }, 'not-a-folder'],
        [{ b: '1', 'b/c.md': null }, 'is-a-folder'],
        [{ b: null, 'b/c.md': '3' }, 'is-a-folder']
      ] as const) {
        await expect(put(files)).rejects.toMatchObject({ code });
      }
      expect(await store.head()).toBe(head);
    });

    it('refuses to delete what is not there', async () => {
      await put({ 'a.md': '1' });
      await expect(put({ 'b.md': null })).rejects.toMatchObject({
        code: 'no-such-file'
      });
    });

    it('refuses a commit that changes nothing', async () => {
      await put({ 'a.md': '1' });
      await expect(put({ 'a.md': '1' })).rejects.toMatchObject({
        code: 'nothing-to-commit'
      });
    });

    it('names a commit that is not there', async () => {
      await put({ 'a.md': '1' });
      await expect(store.read('a.md', '0'.repeat(40))).rejects.toMatchObject({
        code: 'no-such-commit'
      });
    });
  });
}
