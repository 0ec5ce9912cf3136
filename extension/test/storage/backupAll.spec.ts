/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { Contents } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';

import {
  makeBackup,
  restoreBackup,
  type IBackupParts
} from '../../src/storage/backupAll';
import { isTeam } from '../../src/storage/storedVolumes';
import { renewOpen, type IOpenParts } from '../../src/storage/renewOpen';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { storedVolumes } from '../../src/volumes/storeName';
import { bytesOf, QUIET, textOf } from '../volumes/bytes';

// It needs a page; what is tested here shows nothing.
jest.mock('@jupyterlab/apputils', () => ({}));

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const NAMES = ['user', 'team-optics'];
let count = 0;

describe('a backup of everything', () => {
  let stores: readonly DatabaseFileStore[];
  let files: Map<string, unknown>;
  let parts: IBackupParts;
  let save: (path: string) => void;
  let left: readonly string[];
  let round = 0;

  beforeEach(() => {
    round = count;
    stores = NAMES.map(name => new DatabaseFileStore(`all-${name}-${count++}`));
    files = new Map();
    save = () => undefined;
    const volumes = stores.map(({ repository }, at) => ({
      name: NAMES[at],
      repository
    }));
    const contents = {
      get: (path: string) => {
        if (path === '') {
          const content = [...files.keys()].map(each => ({ path: each, type: 'file' }));
          return Promise.resolve({ type: 'directory', content });
        }
        return files.has(path)
          ? Promise.resolve({ type: 'file', format: 'text', content: files.get(path) })
          : Promise.reject(
              Object.assign(new Error(path), { response: { status: 404 } })
            );
      },
      save: (path: string, { content }: Partial<Contents.IModel>) => {
        save(path);
        files.set(path, content);
        return Promise.resolve();
      },
      delete: (path: string) => Promise.resolve(files.delete(path))
    };
    left = [];
    parts = {
      settings: null,
      stored: {
        names: () => Promise.resolve(left),
        open: (name: string) => new DatabaseFileStore(`left-${name}-${round}`)
      },
      volumes: { volumes, get: (name: string) => volumes.find(v => v.name === name) },
      contents,
      trans: nullTranslator.load('')
    } as unknown as IBackupParts;
  });
  afterEach(() => stores.forEach(store => store.dispose()));

  const fill = async (text: string): Promise<void> => {
    for (const store of stores) {
      await store.write('a.md', bytesOf(text));
      await store.repository.commit({ message: text, author: AUTHOR });
    }
    files.set('notes.txt', text);
  };
  const state = async (): Promise<readonly unknown[]> => [
    ...(await Promise.all(stores.map(async each => textOf(await each.read('a.md'))))),
    ...(await Promise.all(stores.map(async each => each.repository.store.head()))),
    Object.fromEntries(files)
  ];

  it('brings volumes and files back', async () => {
    await fill('one');
    const then = await state();
    const zip = await makeBackup(parts, new Date(), QUIET);
    await fill('two');
    expect(await restoreBackup(parts, zip, QUIET)).toEqual({
      ...{ volumes: NAMES, unseen: [], files: ['notes.txt'], unset: [] }
    });
    expect(await state()).toEqual(then);
  });

  it('has the volumes of teams that were left too', async () => {
    await fill('one');
    left = ['team-left'];
    const store = parts.stored.open('team-left') as DatabaseFileStore;
    await store.write('a.md', bytesOf('theirs'));
    await store.repository.commit({ message: 'Theirs', author: AUTHOR });
    const head = await store.repository.store.head();
    const zip = await makeBackup(parts, new Date(), QUIET);
    await store.write('a.md', bytesOf('other'));
    await store.repository.commit({ message: 'Other', author: AUTHOR });
    expect(await restoreBackup(parts, zip, QUIET)).toEqual({
      ...{ volumes: [...NAMES, 'team-left'], unseen: ['team-left'] },
      ...{ files: ['notes.txt'], unset: [] }
    });
    expect(await store.repository.store.head()).toBe(head);
    expect(textOf(await store.read('a.md'))).toBe('theirs');
    store.dispose();
  });

  it('makes no volume of any other name', () => {
    expect(['team-a', 'team-optics'].every(isTeam)).toBe(true);
    expect(['user2', 'team-', 'team-/x', 'team-a:/b'].some(isTeam)).toBe(false);
  });

  it('shows in open documents what it brought, and closes those of files gone', async () => {
    await fill('one');
    const told: string[] = [];
    const paths = ['user:a.md', 'user:gone.md', 'notes.txt', 'other.txt'];
    const widgets = paths.map(path => ({
      path,
      dispose: () => told.push(`no ${path}`)
    }));
    const open = {
      app: { shell: { widgets: () => widgets } },
      documents: {
        contextForWidget: ({ path }: { path: string }) => ({
          ...{ path, revert: () => Promise.resolve(told.push(path)) }
        })
      },
      contents: {
        get: (path: string) =>
          path.includes('gone')
            ? Promise.reject(
                Object.assign(new Error(path), { response: { status: 404 } })
              )
            : Promise.resolve({})
      }
    } as unknown as IOpenParts;
    await renewOpen(open, { volumes: ['user'], files: ['notes.txt'] });
    expect(told).toEqual(['user:a.md', 'no user:gone.md', 'notes.txt']);
  });

  it('knows the volumes of teams that were left', () => {
    const names = ['llmos-volume-user:/lab/', 'llmos-volume-team-x:/lab/'];
    const others = ['llmos-volume-user:/other/', 'llmos-secrets'];
    const url = 'https://example.org/lab/';
    expect(storedVolumes([...names, ...others], url)).toEqual(['user', 'team-x']);
  });

  it.each(['notes.txt', 'new.txt'])(
    'leaves all as it was when %s cannot be written',
    async path => {
      await fill('one');
      files.set('new.txt', 'one');
      const zip = await makeBackup(parts, new Date(), QUIET);
      await fill('two');
      files.delete('new.txt');
      const then = await state();
      let isFull = true;
      save = each => {
        if (each === path && isFull) {
          isFull = false;
          throw new Error('The disk is full.');
        }
      };
      await expect(restoreBackup(parts, zip, QUIET)).rejects.toThrow(
        `"${path}" could not be restored: The disk is full. Everything is as it was.`
      );
      expect(await state()).toEqual(then);
    }
  );
});
