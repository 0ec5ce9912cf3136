/** @jest-environment node */
import 'fake-indexeddb/auto';

import { UNTRANSLATED } from '../../src/volumes/fileStore';
import type { IWatch } from '../../src/archive/longWork';
import { openZip } from '../../src/archive/zipReader';
import type { IArchiveIn } from '../../src/archive/zipReader';
import { ZipWriter } from '../../src/archive/zipWriter';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, QUIET, textOf } from './bytes';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const FOLDER = 'volumes/user';
let count = 0;

describe('a backup', () => {
  let from: DatabaseFileStore;
  let to: DatabaseFileStore;
  const commit = (store = from): Promise<string | null> =>
    store.repository.commit({ message: 'Change', author: AUTHOR });
  const backUp = async (watch: IWatch = QUIET): Promise<Map<string, Uint8Array>> => {
    const files = new Map<string, Uint8Array>();
    const out = {
      add: (path: string, bytes: Uint8Array) => void files.set(path, bytes)
    };
    await from.repository.backup(FOLDER, out, watch);
    return files;
  };
  const restore = async (files: ReadonlyMap<string, Uint8Array>): Promise<void> => {
    const archive: IArchiveIn = {
      paths: [...files.keys()].filter(path => !path.endsWith('/')),
      read: path => Promise.resolve(Uint8Array.from(files.get(path) ?? []))
    };
    await (
      await to.repository.readBackup(archive, FOLDER, QUIET)
    )();
  };
  /** The backup with another list of files. */
  const relisted = async (
    change: (entries: Record<string, unknown>[]) => unknown
  ): Promise<Map<string, Uint8Array>> => {
    const files = await backUp();
    const text = new TextDecoder().decode(files.get(`${FOLDER}.json`));
    const { entries } = JSON.parse(text) as { entries: Record<string, unknown>[] };
    const list = JSON.stringify({ v: 1, entries: change(entries) });
    return files.set(`${FOLDER}.json`, bytesOf(list));
  };

  beforeEach(async () => {
    from = new DatabaseFileStore(`backup-${count}`, { folders: ['skills'] });
    to = new DatabaseFileStore(`restored-${count++}`, { folders: ['skills'] });
    await from.write('skills/a.md', bytesOf('one'));
    await commit();
    await from.write('skills/a.md', bytesOf('two'));
    await from.write('new.bin', Uint8Array.from([0, 255]));
    await to.write('old.txt', bytesOf('gone'));
  });
  afterEach(() => [from, to].forEach(store => store.dispose()));

  it('restores files, history and what is not committed, with the same hashes', async () => {
    await restore(await backUp());
    expect(await to.repository.store.head()).toBe(await from.repository.store.head());
    expect(await to.repository.status()).toEqual(await from.repository.status());
    expect(textOf(await to.read('skills/a.md'))).toBe('two');
    expect([...(await to.read('new.bin'))]).toEqual([0, 255]);
    expect(await to.stat('old.txt')).toBeUndefined();
  });

  it('makes files newer than the documents that are open of them', async () => {
    const files = await relisted(entries =>
      entries.map(entry => ({ ...entry, modified: 1000 }))
    );
    const before = Date.now();
    await restore(files);
    expect((await to.stat('skills/a.md'))?.modified).toBeGreaterThanOrEqual(before);
  });

  it('is of one moment, also when a commit comes while it is made', async () => {
    let isCommitted = false;
    const files = new Map<string, Uint8Array>();
    await from.repository.backup(
      FOLDER,
      {
        add: (path, bytes) => {
          files.set(path, bytes);
          if (!isCommitted) {
            isCommitted = true;
            pending = commit();
          }
        }
      },
      QUIET
    );
    expect(await pending).not.toBeNull();
    await restore(files);
    expect(textOf(await to.read('skills/a.md'))).toBe('two');
    expect((await to.repository.status()).map(({ path }) => path)).toEqual([
      ...['new.bin', 'skills/a.md']
    ]);
  });
  let pending: Promise<string | null> = Promise.resolve(null);

  it.each(['a cut history', 'a lost file', 'no root', 'a lost folder'])(
    'with %s is refused before anything changes',
    async kind => {
      const files = await (kind === 'no root'
        ? relisted(entries => entries.filter(({ path }) => path !== ''))
        : kind === 'a lost folder'
          ? relisted(entries => entries.filter(({ path }) => path !== 'skills'))
          : backUp());
      const lost = [...files.keys()].find(path =>
        kind === 'a cut history'
          ? /objects\/..\/./.test(path)
          : kind === 'a lost file' && path.endsWith('/new.bin')
      );
      files.delete(lost ?? '');
      await expect(restore(files)).rejects.toThrow(/backup lacks/);
      expect(textOf(await to.read('old.txt'))).toBe('gone');
    }
  );

  it('passes no other bytes off as those that are committed', async () => {
    const files = await relisted(entries =>
      entries.map(entry =>
        entry['path'] === 'new.bin' ? { ...entry, oid: one } : entry
      )
    );
    await restore(files);
    expect((await to.repository.status()).map(({ path }) => path)).toContain('new.bin');
    expect([...(await to.read('new.bin'))]).toEqual([0, 255]);
  });
  const one = '43dd47ea691c90a5fa7827892c70241913351963';

  it('stops when it is asked to, and tells how far it is', async () => {
    const shares: number[] = [];
    const stop = new AbortController();
    await backUp({ signal: stop.signal, progress: share => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    stop.abort();
    await expect(backUp({ ...QUIET, signal: stop.signal })).rejects.toThrow(/abort/i);
  });
});

describe('a zip', () => {
  const write = async (): Promise<Blob> => {
    const zip = new ZipWriter(UNTRANSLATED);
    zip.add('größe/a.bin', Uint8Array.from([1, 2, 3]));
    zip.add('empty/', new Uint8Array());
    await zip.addCompressed('long.txt', bytesOf('abc'.repeat(10_000)));
    return zip.end();
  };

  it('is read again file by file', async () => {
    const blob = await write();
    expect(blob.size).toBeLessThan(1000);
    const zip = await openZip(blob, UNTRANSLATED);
    expect(zip.paths).toEqual(['größe/a.bin', 'long.txt']);
    expect([...(await zip.read('größe/a.bin'))]).toEqual([1, 2, 3]);
    expect(textOf(await zip.read('long.txt'))).toBe('abc'.repeat(10_000));
    await expect(zip.read('b')).rejects.toThrow(/no file "b"/);
  });

  it('says which file is damaged, and that a cut one is none', async () => {
    const bytes = new Uint8Array(await (await write()).arrayBuffer());
    const at = bytes.findIndex((byte, index) => byte === 1 && bytes[index + 1] === 2);
    bytes[at] = 9;
    const zip = await openZip(new Blob([bytes]), UNTRANSLATED);
    await expect(zip.read('größe/a.bin')).rejects.toThrow(/a\.bin" is damaged/);
    await expect(
      openZip(new Blob([bytes.slice(0, -30)]), UNTRANSLATED)
    ).rejects.toThrow(/no zip/);
  });
});
