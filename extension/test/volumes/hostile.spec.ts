/** @jest-environment node */
import 'fake-indexeddb/auto';

import {
  encodeTree,
  nameObject,
  type IGitObject,
  type IGitTreeItem,
  type INamedObject
} from '@llmos-lab/skills';

import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { sha1 } from '../../src/volumes/objectDatabase';
import { bytesOf, textOf } from './bytes';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const REF = 'refs/remotes/origin/main';
const PERSON = 'Eve <eve@example.org> 1763719200 +0000';
let count = 0;

describe('a repository of a stranger', () => {
  let files: DatabaseFileStore;
  let objects: INamedObject[];
  const add = async (object: IGitObject): Promise<string> => {
    const named = await nameObject(object, sha1);
    objects.push(named);
    return named.oid;
  };
  const blob = (text: string): Promise<string> =>
    add({ type: 'blob', body: bytesOf(text) });
  const file = async (name: string, text = name): Promise<IGitTreeItem> => ({
    ...{ mode: '100644', name, oid: await blob(text) }
  });
  const folder = async (
    name: string,
    ...items: readonly IGitTreeItem[]
  ): Promise<IGitTreeItem> => ({
    mode: '40000',
    name,
    oid: await add(encodeTree(items))
  });
  /** Pulls a first commit with these files. */
  const pull = async (...items: readonly IGitTreeItem[]): Promise<unknown> => {
    const tree = await add(encodeTree(items));
    const text = `tree ${tree}\nauthor ${PERSON}\ncommitter ${PERSON}\n\nHello`;
    const head = await add({ type: 'commit', body: bytesOf(text) });
    await files.repository.receive(objects, REF, head);
    return files.repository.merge(head, {
      author: AUTHOR,
      message: 'Merge',
      choose: () => Promise.resolve(new Map())
    });
  };

  beforeEach(() => {
    files = new DatabaseFileStore(`hostile-${count++}`, { folders: ['skills'] });
    objects = [];
  });
  afterEach(() => files.dispose());

  it.each(['..', '.', '.git', '.GIT', 'a\\b', 'a\u0007'])(
    'brings no file at the name %j, and nothing beside it',
    async name => {
      const bad = [
        await folder(
          'skills',
          await file('good.md'),
          await folder(name, await file('x'))
        )
      ];
      await expect(pull(...bad)).rejects.toMatchObject({ code: 'bad-path' });
      expect(await files.list('skills')).toEqual([]);
      expect(await files.repository.store.head()).toBeNull();
    }
  );

  it.each(['../x', 'skills/x', ''])(
    'has no tree with the name %j in it',
    async name => {
      await expect(pull(await file(name, 'x'))).rejects.toMatchObject({
        code: 'corrupt'
      });
      expect(await files.repository.store.head()).toBeNull();
    }
  );

  it('with folders without end is refused', async () => {
    let item = await file('x');
    for (let depth = 0; depth < 3000; depth++) {
      item = await folder('d', item);
    }
    await expect(pull(item)).rejects.toMatchObject({ code: 'bad-path' });
    expect(await files.repository.store.head()).toBeNull();
  });

  it('may have links and other repositories in it: neither is followed', async () => {
    const link = {
      ...(await file('link', '../../etc/passwd')),
      mode: '120000' as const
    };
    const other = { mode: '160000', name: 'other', oid: '1'.repeat(40) } as const;
    await pull(await file('a.md'), link, other);
    expect(textOf(await files.read('link'))).toBe('../../etc/passwd');
    expect(await files.stat('other')).toBeUndefined();
    expect(await files.repository.status()).toEqual([]);
    // A commit on top of it leaves both as they are.
    await files.write('a.md', bytesOf('mine'));
    const message = 'Mine';
    const oid = await files.repository.commit({ message, author: AUTHOR });
    const tree = await files.repository.object(
      (await files.repository.store.log({ from: oid ?? '', limit: 1 }))[0]?.tree ?? ''
    );
    const text = new TextDecoder().decode(tree?.body);
    expect(text).toContain('120000 link');
    expect(text).toContain('160000 other');
  });
});
