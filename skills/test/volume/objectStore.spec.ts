import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { withHeader } from '../../src/volume/gitObject';
import {
  createMemoryDatabase,
  type IMemoryDatabase
} from '../../src/volume/memoryDatabase';
import { openObjectStore } from '../../src/volume/objectStore';
import type { IVolumeStore } from '../../src/volume/store';
import { AUTHOR, bytes, describeVolumeStore } from './contract';

const hash = (data: Uint8Array): Promise<string> =>
  Promise.resolve(createHash('sha1').update(data).digest('hex'));

describeVolumeStore('memory', () =>
  Promise.resolve(openObjectStore({ database: createMemoryDatabase(), hash }))
);

describe('objects in the eyes of git', () => {
  let folder: string;
  let database: IMemoryDatabase;
  let store: IVolumeStore;
  const git = (args: readonly string[], input?: Uint8Array): string =>
    execFileSync('git', args, {
      cwd: folder,
      input,
      encoding: 'utf8',
      stdio: 'pipe',
      env: {
        PATH: process.env['PATH'],
        GIT_CONFIG_NOSYSTEM: '1',
        HOME: folder,
        GIT_AUTHOR_NAME: AUTHOR.name,
        GIT_AUTHOR_EMAIL: AUTHOR.email,
        GIT_AUTHOR_DATE: `${AUTHOR.time} +0000`,
        GIT_COMMITTER_NAME: AUTHOR.name,
        GIT_COMMITTER_EMAIL: AUTHOR.email,
        GIT_COMMITTER_DATE: `${AUTHOR.time} +0000`
      }
    }).trim();

  /** Writes the database as a bare repository of loose objects. */
  const exportRepository = (): void => {
    git(['init', '--bare', '--initial-branch=main', '.']);
    for (const [oid, object] of database.objects) {
      const file = join(folder, 'objects', oid.slice(0, 2), oid.slice(2));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, deflateSync(withHeader(object)));
    }
    for (const [ref, oid] of database.refs) {
      git(['update-ref', ref, oid]);
    }
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'llmos-objects-'));
    database = createMemoryDatabase();
    store = openObjectStore({ database, hash });
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('passes git fsck --strict, and git reads the same files', async () => {
    const name = fc.stringMatching(/^[a-z]{1,3}(\.md|-x)?$/);
    const path = fc
      .array(name, { minLength: 1, maxLength: 3 })
      .map(parts => parts.map((part, depth) => `${depth}${part}`).join('/'));
    const samples = fc.sample(fc.tuple(path, fc.string({ unit: 'grapheme' })), {
      numRuns: 60,
      seed: 7
    });
    const expected = new Map<string, string>();
    for (const [file, content] of samples) {
      const added = await store
        .commit(
          [{ path: file, content: bytes(content) }],
          'Add ✓',
          AUTHOR,
          await store.head()
        )
        .catch((error: { code?: string }) => error.code);
      if (!['is-a-folder', 'not-a-folder', 'nothing-to-commit'].includes(added ?? '')) {
        expected.set(file, content);
      }
    }
    expect(expected.size).toBeGreaterThan(30);
    exportRepository();
    expect(git(['fsck', '--strict', '--full'])).toBe('');
    const listed = git([
      '-c',
      'core.quotePath=false',
      'ls-tree',
      '-r',
      '--name-only',
      'main'
    ]);
    expect(listed.split('\n').sort()).toEqual([...expected.keys()].sort());
    for (const [file, content] of expected) {
      const blob = execFileSync('git', ['cat-file', 'blob', `main:${file}`], {
        cwd: folder
      });
      expect(blob).toEqual(Buffer.from(content));
    }
  });

  it('makes the tree that git makes of the same files, whatever was there', async () => {
    git(['init', '--bare', '--initial-branch=main', '.']);
    const blobs = new Map(
      ['one', 'two'].map(content => [
        content,
        git(['hash-object', '-w', '--stdin'], bytes(content))
      ])
    );
    // Few names, so that files and folders take each other's place.
    const path = fc
      .array(fc.constantFrom('a', 'b', 'a-b'), { minLength: 1, maxLength: 3 })
      .map(parts => parts.join('/'));
    const files = fc
      .dictionary(path, fc.constantFrom('one', 'two'), { minKeys: 1, maxKeys: 6 })
      .filter(
        all =>
          !Object.keys(all).some(file =>
            Object.keys(all).some(other => other.startsWith(`${file}/`))
          )
      );
    const property = fc.asyncProperty(files, files, async (before, after) => {
      store = openObjectStore({ database: createMemoryDatabase(), hash });
      const put = async (all: Record<string, string | null>): Promise<void> => {
        const changes = Object.entries(all).map(([file, content]) => ({
          path: file,
          content: content === null ? null : bytes(content)
        }));
        await store.commit(changes, 'Change', AUTHOR, await store.head());
      };
      await put(before);
      const gone = Object.keys(before).filter(file => !(file in after));
      const change = {
        ...after,
        ...Object.fromEntries(gone.map(file => [file, null]))
      };
      fc.pre(JSON.stringify(before) !== JSON.stringify(after));
      await put(change).catch((error: { code?: string }) => {
        // The same files in another order.
        expect(error.code).toBe('nothing-to-commit');
      });
      const lines = Object.entries(after).map(
        ([file, content]) => `100644 blob ${blobs.get(content)}\t${file}\n`
      );
      git(['read-tree', '--empty']);
      git(['update-index', '--index-info'], bytes(lines.join('')));
      expect((await store.log({ limit: 1 }))[0]?.tree).toBe(git(['write-tree']));
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('gives the hashes that git itself gives to the same content', async () => {
    git(['init', '--initial-branch=main', '.']);
    mkdirSync(join(folder, 'skills'));
    writeFileSync(join(folder, 'skills', 'a.md'), 'Größe\n');
    writeFileSync(join(folder, 'skills.md'), '');
    git(['add', '.']);
    git(['commit', '-q', '--cleanup=verbatim', '-m', 'session: Test']);
    const oid = await store.commit(
      [
        { path: 'skills/a.md', content: bytes('Größe\n') },
        { path: 'skills.md', content: bytes('') }
      ],
      'session: Test',
      AUTHOR,
      null
    );
    const theirs = git(['rev-parse', 'HEAD^{tree}']);
    expect((await store.log())[0]?.tree).toBe(theirs);
    const raw = git(['cat-file', 'commit', 'HEAD']);
    expect(oid).toBe(
      git(['hash-object', '-t', 'commit', '--stdin'], bytes(raw.replace(/\n$/, '')))
    );
  });
});
