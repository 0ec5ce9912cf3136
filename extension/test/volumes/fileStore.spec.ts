/** @jest-environment node */
import 'fake-indexeddb/auto';

import { pathProblem } from '@llmos-lab/skills';

import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import {
  cleanPath,
  FileStoreError,
  type IFileStore
} from '../../src/volumes/fileStore';
import { MemoryFileStore } from '../../src/volumes/memoryStore';
import { MARKED } from '../marked';
import { bytesOf, textOf } from './bytes';

let clock = 0;
const now = (): number => ++clock;
let count = 0;

const KINDS: [name: string, open: () => IFileStore][] = [
  ['memory', () => new MemoryFileStore(now)],
  ['IndexedDB', () => new DatabaseFileStore(`test-${count++}`, { now })]
];

describe.each(KINDS)('file store on %s', (_, open) => {
  let store: IFileStore;
  beforeEach(() => {
    store = open();
  });
  afterEach(() => store.dispose());

  const names = async (folder: string): Promise<string[]> =>
    (await store.list(folder)).map(entry => entry.path);

  it('starts with an empty root', async () => {
    expect(await store.stat('')).toMatchObject({ path: '', kind: 'directory' });
    expect(await names('')).toEqual([]);
  });

  it('reads back what was written, and lists it sorted', async () => {
    await store.makeDirectory('skills');
    await store.write('skills/b.md', bytesOf('b'));
    await store.write('skills/a.md', bytesOf('größer'));
    expect(textOf(await store.read('skills/a.md'))).toBe('größer');
    expect(await names('skills')).toEqual(['skills/a.md', 'skills/b.md']);
    expect(await names('')).toEqual(['skills']);
  });

  it('keeps the time of creation and moves the time of change', async () => {
    const first = await store.write('a', bytesOf('1'));
    const second = await store.write('a', bytesOf('22'));
    expect(second.created).toBe(first.created);
    expect(second.modified).toBeGreaterThan(first.modified);
    expect(second.size).toBe(2);
  });

  it('does not share its bytes with the caller', async () => {
    const bytes = bytesOf('abc');
    await store.write('a', bytes);
    bytes[0] = 0;
    const read = await store.read('a');
    read[1] = 0;
    expect(textOf(await store.read('a'))).toBe('abc');
  });

  it('refuses to write where no folder is', async () => {
    await expect(store.write('no/a', bytesOf(''))).rejects.toMatchObject({
      code: 'not-found',
      path: 'no'
    });
    await store.write('file', bytesOf(''));
    await expect(store.write('file/a', bytesOf(''))).rejects.toMatchObject({
      code: 'not-a-directory'
    });
    expect(await names('')).toEqual(['file']);
  });

  it('tells folders and files apart', async () => {
    await store.makeDirectory('folder');
    await expect(store.write('folder', bytesOf(''))).rejects.toMatchObject({
      code: 'is-a-directory'
    });
    await expect(store.read('folder')).rejects.toMatchObject({
      code: 'is-a-directory'
    });
    await store.write('file', bytesOf(''));
    await expect(store.list('file')).rejects.toMatchObject({ code: 'not-a-directory' });
  });

  it('creates only what is not there', async () => {
    await store.create('a', bytesOf('1'));
    await expect(store.create('a', bytesOf('2'))).rejects.toMatchObject({
      code: 'exists'
    });
    await expect(store.makeDirectory('a')).rejects.toMatchObject({ code: 'exists' });
    expect(textOf(await store.read('a'))).toBe('1');
  });

  it('moves a folder with all that is in it, checkpoints too', async () => {
    await store.makeDirectory('a');
    await store.makeDirectory('a/b');
    await store.write('a/b/c.md', bytesOf('c'));
    await store.setCheckpoint('a/b/c.md');
    await store.write('ab', bytesOf('stays'));
    expect(await store.move('a', 'z')).toMatchObject({ path: 'z', kind: 'directory' });
    expect(await names('')).toEqual(['ab', 'z']);
    expect(textOf(await store.read('z/b/c.md'))).toBe('c');
    expect(await store.stat('a/b/c.md')).toBeUndefined();
    const checkpoint = await store.checkpoint('z/b/c.md');
    expect(checkpoint && textOf(checkpoint.bytes)).toBe('c');
  });

  it('moves nothing onto what exists or into itself', async () => {
    await store.makeDirectory('a');
    await store.makeDirectory('b');
    await expect(store.move('a', 'b')).rejects.toMatchObject({ code: 'exists' });
    await expect(store.move('a', 'a/c')).rejects.toMatchObject({ code: 'bad-path' });
    await expect(store.move('x', 'y')).rejects.toMatchObject({ code: 'not-found' });
    expect(await names('')).toEqual(['a', 'b']);
    expect(await names('a')).toEqual([]);
  });

  it('copies a folder with all that is in it', async () => {
    await store.makeDirectory('a');
    await store.write('a/x', bytesOf('x'));
    await store.copy('a', 'b');
    await store.write('a/x', bytesOf('changed'));
    expect(textOf(await store.read('b/x'))).toBe('x');
    await expect(store.copy('a/x', 'b/x')).rejects.toMatchObject({ code: 'exists' });
  });

  it('removes a folder with all that is in it, and nothing beside it', async () => {
    await store.makeDirectory('a');
    await store.write('a/x', bytesOf('x'));
    await store.write('ax', bytesOf('stays'));
    await store.remove('a');
    expect(await names('')).toEqual(['ax']);
    await expect(store.read('a/x')).rejects.toMatchObject({ code: 'not-found' });
    await expect(store.remove('a')).rejects.toMatchObject({ code: 'not-found' });
    await expect(store.remove('')).rejects.toMatchObject({ code: 'bad-path' });
  });

  it('keeps one checkpoint a file', async () => {
    await store.write('a', bytesOf('1'));
    expect(await store.checkpoint('a')).toBeUndefined();
    await store.setCheckpoint('a');
    await store.write('a', bytesOf('2'));
    const checkpoint = await store.checkpoint('a');
    expect(checkpoint && textOf(checkpoint.bytes)).toBe('1');
    await store.removeCheckpoint('a');
    expect(await store.checkpoint('a')).toBeUndefined();
  });

  it('never leaves the volume', async () => {
    for (const path of [
      '../a',
      'a/../../b',
      'a/./b',
      'a\\b',
      '.git/config',
      'a\u0000'
    ]) {
      await expect(store.write(path, bytesOf(''))).rejects.toMatchObject({
        code: 'bad-path'
      });
    }
    expect(cleanPath('/a//b/')).toBe('a/b');
  });

  it('takes nothing new that its history could not hold, and says why', async () => {
    await store.write('a', bytesOf(''));
    for (const path of ['a:b', '.GIT', 'con', 'x.', 'x?']) {
      const refused = {
        code: 'bad-path',
        message: expect.stringContaining('name: ') as string
      };
      await expect(store.write(path, bytesOf(''))).rejects.toMatchObject(refused);
      await expect(store.create(path, bytesOf(''))).rejects.toMatchObject(refused);
      await expect(store.move('a', path)).rejects.toMatchObject(refused);
      await expect(store.makeDirectory(path)).rejects.toMatchObject(refused);
    }
    expect(await store.write('e\u0301', bytesOf(''))).toMatchObject({ path: '\u00e9' });
  });

  it('serves operations that are asked for at once, each as a whole', async () => {
    await store.write('n', bytesOf('0'));
    const created = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => store.create('one', bytesOf(String(at))))
    );
    expect(created.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('DatabaseFileStore', () => {
  it('keeps files over a reload, and makes its first folders once', async () => {
    const first = new DatabaseFileStore('reload', { folders: ['skills'], now });
    await first.write('skills/a.md', bytesOf('a'));
    await first.remove('skills/a.md');
    await first.write('skills/b.md', bytesOf('b'));
    first.dispose();
    const second = new DatabaseFileStore('reload', { folders: ['skills'], now });
    expect((await second.list('skills')).map(entry => entry.path)).toEqual([
      'skills/b.md'
    ]);
    second.dispose();
  });

  it('writes nothing when an operation fails in the middle', async () => {
    let clockWorks = true;
    // A time that cannot be stored: the second write of the transaction throws.
    const broken = (() => (clockWorks ? now() : now)) as () => number;
    const store = new DatabaseFileStore('atomic', { now: broken });
    await store.makeDirectory('a');
    await store.write('a/x', bytesOf('x'));
    clockWorks = false;
    await expect(store.write('a/y', bytesOf('y'))).rejects.toThrow();
    expect((await store.list('a')).map(entry => entry.path)).toEqual(['a/x']);
    await expect(store.read('a/y')).rejects.toMatchObject({ code: 'not-found' });
    store.dispose();
  });

  it('tells other tabs what it changed, not itself', async () => {
    const here = new DatabaseFileStore('tabs', { now });
    const there = new DatabaseFileStore('tabs', { now });
    const own: string[] = [];
    here.changedElsewhere.connect((_, change) => own.push(change.path));
    const heard = new Promise(resolve => {
      there.changedElsewhere.connect((_, change) => resolve(change));
    });
    await here.write('a', bytesOf('1'));
    expect(await heard).toEqual({ type: 'save', path: 'a' });
    expect(textOf(await there.read('a'))).toBe('1');
    expect(own).toEqual([]);
    here.dispose();
    there.dispose();
  });
});

describe('a path that no volume can hold', () => {
  it.each(['a/x:y', 'a/con', '.git/config', 'git~1', 'trailing.'])(
    'says why %j is none through the translator',
    path => {
      const problem = pathProblem(path) ?? '';
      const error = new FileStoreError('bad-path', path, path);
      expect(error.message).toContain(`Change its name: ${problem}.`);
      expect(error.say(MARKED)).toContain(`«Change its name: «${problem}».»`);
    }
  );
});
