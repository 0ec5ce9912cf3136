import '../browser';

import type { ServerConnection } from '@jupyterlab/services';
import { createMemoryDatabase, openObjectStore } from '@llmos-lab/skills';
import { createHash } from 'node:crypto';

import { commitFiles } from '../../src/history/commitFiles';
import { UNTRANSLATED } from '../../src/volumes/fileStore';
import { ReadOnlyStore } from '../../src/volumes/readOnlyStore';
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
    open: () => Promise.resolve(new ReadOnlyStore(commitFiles(() => store))),
    refusal: (path, reason) => `${path}: ${reason}`,
    trans: UNTRANSLATED
  });

  it.each([
    ['a commit that is not there', `user/${'0'.repeat(40)}/a.md`, 404],
    ['a path that cannot be', 'user/head/a:b/c.md', 404]
  ])('answers %s as what it is', async (_, path, status) => {
    await expect(drive.get(path)).rejects.toMatchObject({ response: { status } });
  });
});
