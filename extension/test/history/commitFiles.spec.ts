import '../browser';

import type { ServerConnection } from '@jupyterlab/services';
import {
  createMemoryDatabase,
  openObjectStore,
  type ILogEntry
} from '@llmos-lab/skills';
import { createHash } from 'node:crypto';

import { commitFiles } from '../../src/history/commitFiles';
import { BesideStore } from '../../src/volumes/besideStore';
import { UNTRANSLATED } from '../../src/volumes/fileStore';
import { VolumeDrive } from '../../src/volumes/volumeDrive';
import { accessTo } from '../volumes/bytes';

describe('the drive of files as they were', () => {
  const store = openObjectStore({
    database: createMemoryDatabase(),
    hash: bytes => Promise.resolve(createHash('sha1').update(bytes).digest('hex'))
  });
  const drive = new VolumeDrive({
    name: 'history',
    access: accessTo('system'),
    serverSettings: {} as ServerConnection.ISettings,
    open: () => Promise.resolve(new BesideStore(commitFiles(() => store))),
    refusal: (path, reason) => `${path}: ${reason}`,
    trans: UNTRANSLATED
  });

  it('knows from the tree alone what is there', async () => {
    const files = commitFiles(() => ({
      list: folder =>
        Promise.resolve(
          folder === 's' ? [{ path: 's/a.md', kind: 'file', oid: '' }] : []
        ),
      read: () => Promise.reject(new Error('read')),
      log: () => Promise.reject(new Error('log'))
    }));
    const kinds = ['', 'user/c', 'user/c/s/a.md', 'user/c/s/b.md'].map(files.kindOf);
    expect(await Promise.all(kinds)).toEqual([
      ...['directory', 'directory', 'file', undefined]
    ]);
  });

  it('lists a folder without reading what is in it', async () => {
    const files = commitFiles(() => ({
      list: () =>
        Promise.resolve([
          { path: 's/a.md', kind: 'file', oid: '' },
          { path: 's/b', kind: 'folder', oid: '' }
        ]),
      read: () => Promise.reject(new Error('read')),
      log: () => Promise.resolve([{ author: { time: 2 } } as ILogEntry])
    }));
    const listed = await files.list('user/c/s');
    expect(listed).toMatchObject([
      { path: 'user/c/s/a.md', kind: 'file', modified: 2000 },
      { path: 'user/c/s/b', kind: 'directory' }
    ]);
    // None is better than a wrong one.
    const [{ size } = { size: NaN }] = listed;
    expect(size).toBeUndefined();
  });

  it.each([
    ['a commit that is not there', `user/${'0'.repeat(40)}/a.md`, 404],
    ['a path that cannot be', 'user/head/a:b/c.md', 404]
  ])('answers %s as what it is', async (_, path, status) => {
    await expect(drive.get(path)).rejects.toMatchObject({ response: { status } });
  });
});
