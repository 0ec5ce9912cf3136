/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { ILogEntry } from '@llmos-lab/skills';
import { openDB } from 'idb';

import { logCommit, logMany, readLog } from '../../src/volumes/commitLog';
import { VolumeConnection } from '../../src/volumes/connection';
import { COMMIT_STORES } from '../../src/volumes/database';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
let count = 0;

function entry(at: number, first = 'ff'): ILogEntry {
  const oid = first + String(at).padStart(38, '0');
  const parents = at === 0 ? [] : [`ff${String(at - 1).padStart(38, '0')}`];
  return {
    oid,
    parents,
    tree: '1'.repeat(40),
    author: AUTHOR,
    message: `Änderung ${at}`
  };
}

describe('the log of commits', () => {
  let connection: VolumeConnection;
  const add = async (...entries: readonly ILogEntry[]): Promise<void> => {
    const tx = (await connection.get()).transaction(COMMIT_STORES, 'readwrite');
    for (const each of entries) {
      await logCommit(tx, each);
    }
    await tx.done;
  };
  const rows = async (): Promise<readonly [number, number]> => {
    const database = await connection.get();
    return [await database.count('packs'), await database.count('log')];
  };
  const messages = async (): Promise<string[]> => {
    const tx = (await connection.get()).transaction(COMMIT_STORES, 'readonly');
    return (await readLog(tx)).map(({ message }) => message).sort();
  };

  beforeEach(() => {
    connection = new VolumeConnection(`log-${count++}`, [], Date.now);
  });
  afterEach(() => connection.close());

  it('packs many entries into one row now and then, and reads both', async () => {
    const entries = Array.from({ length: 600 }, (_, at) => entry(at));
    await add(...entries);
    expect(await rows()).toEqual([0, 600]);
    await add(entry(600, '00'));
    expect(await rows()).toEqual([1, 0]);
    await add(entry(601), entry(602, '00'));
    expect(await rows()).toEqual([1, 2]);
    const expected = [...entries, entry(600), entry(601), entry(602)];
    expect(await messages()).toEqual(expected.map(({ message }) => message).sort());
  });

  it('has what a volume logged before there were packs', async () => {
    const name = `log-before-${count++}`;
    const old = await openDB(name, 2, {
      upgrade: db => {
        db.createObjectStore('entries', { keyPath: 'path' }).createIndex(
          'parent',
          'parent'
        );
        for (const store of ['contents', 'checkpoints', 'objects', 'refs']) {
          db.createObjectStore(store);
        }
        db.createObjectStore('log', { keyPath: 'oid' });
      }
    });
    await old.put('log', entry(0));
    old.close();
    connection = new VolumeConnection(name, [], Date.now);
    expect(await messages()).toEqual(['Änderung 0']);
    await add(entry(1));
    expect(await messages()).toEqual(['Änderung 0', 'Änderung 1']);
  });

  it('packs at once what comes together', async () => {
    const tx = (await connection.get()).transaction(COMMIT_STORES, 'readwrite');
    const entries = Array.from({ length: 5_001 }, (_, at) => entry(at));
    await logMany(tx, entries);
    await logMany(tx, [entry(5_001)]);
    await tx.done;
    expect(await rows()).toEqual([2, 1]);
    expect(await messages()).toHaveLength(5_002);
  });
});
