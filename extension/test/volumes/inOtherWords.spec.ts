/** @jest-environment node */
import 'fake-indexeddb/auto';

import { openZip } from '../../src/archive/zipReader';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { MARKED } from '../marked';
import { bytesOf } from './bytes';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };

describe('what people are told of volumes goes through the translator', () => {
  let store: DatabaseFileStore;

  beforeEach(async () => {
    store = new DatabaseFileStore('words', { folders: ['skills'], trans: MARKED });
    await store.write('skills/a.md', bytesOf('one'));
    await store.repository.commit({ message: 'Change', author: AUTHOR });
  });
  afterEach(() => store.dispose());

  it('when a history stops a change', async () => {
    await store.write('skills/a.md', bytesOf('two'));
    const changes = [{ path: 'skills/a.md', content: bytesOf('three') }];
    await expect(
      store.repository.apply({ changes, message: 'Apply', author: AUTHOR })
    ).rejects.toThrow(
      /^«These files have changes that are not committed: skills\/a\.md/
    );
    await expect(store.repository.dropBranch('x')).rejects.toThrow(
      '«There is no branch "x" to delete.»'
    );
    await expect(store.repository.makeBranch('a b', '')).rejects.toThrow(
      /^«"a b" is no name for a branch/
    );
  });

  it('when an archive cannot be read', async () => {
    const watch = {
      signal: new AbortController().signal,
      progress: () => undefined
    };
    const files = { paths: [], read: () => Promise.reject(new Error()) };
    await expect(store.repository.readBackup(files, 'user', watch)).rejects.toThrow(
      '«The backup has no list of the files of "user".»'
    );
    await expect(openZip(new Blob(['no zip']), MARKED)).rejects.toThrow(
      '«This file is no zip, or it is cut off.»'
    );
  });
});
