import { createHash } from 'node:crypto';

import { createMemoryDatabase } from '../../src/volume/memoryDatabase';
import { ObjectLog } from '../../src/volume/objectLog';
import { openObjectStore, type IObjectDatabase } from '../../src/volume/objectStore';
import { AUTHOR, bytes } from './contract';

const hash = (data: Uint8Array): Promise<string> =>
  Promise.resolve(createHash('sha1').update(data).digest('hex'));

/** A database that counts how often its whole log and single objects are read. */
function counting() {
  const database = createMemoryDatabase();
  const reads = { logs: 0, objects: 0 };
  const counted: IObjectDatabase = {
    ...database,
    object: oid => {
      reads.objects += 1;
      return database.object(oid);
    },
    logEntries: () => {
      reads.logs += 1;
      return database.logEntries();
    }
  };
  const store = openObjectStore({ database, hash });
  const commit = async (path: string, others: readonly string[] = []) =>
    store.commit(
      [{ path, content: bytes(`${path} ${Math.random()}`) }],
      path,
      AUTHOR,
      await store.head(),
      others
    );
  return { log: new ObjectLog(counted), reads, commit };
}

describe('ObjectLog', () => {
  it('reads the whole log once, and later what has come since', async () => {
    const { log, reads, commit } = counting();
    const oids: string[] = [];
    for (let index = 0; index < 5; index++) {
      oids.unshift(await commit('a.md'));
    }
    const read = async () =>
      (await log.read({ merged: true }, oids[0] ?? null)).map(({ oid }) => oid);
    expect(await read()).toEqual(oids);
    expect(reads).toEqual({ logs: 1, objects: 0 });
    oids.unshift(await commit('b.md'));
    oids.unshift(await commit('a.md'));
    expect(await read()).toEqual(oids);
    expect(reads).toEqual({ logs: 1, objects: 2 });
  });

  it('reads all of it again when much has come', async () => {
    const { log, reads, commit } = counting();
    await log.read({ merged: true }, await commit('a.md'));
    let head = '';
    for (let index = 0; index < 70; index++) {
      head = await commit('a.md');
    }
    expect(await log.read({ merged: true }, head)).toHaveLength(71);
    expect(reads.logs).toBe(2);
  });

  it('names the commits that changed a path, and their parents of a merge', async () => {
    const { log, commit } = counting();
    const first = await commit('notes/a.md');
    const second = await commit('notes/b.md');
    const third = await commit('notes/a.md', [first]);
    const oids = async (range: object) =>
      (await log.read(range, third)).map(({ oid }) => oid);
    expect(await oids({ path: 'notes/a.md' })).toEqual([third, first]);
    expect(await oids({ path: 'notes' })).toEqual([third, second, first]);
    expect(await oids({ path: 'notes/b.md', limit: 1 })).toEqual([second]);
    expect((await log.read({}, third))[0]?.parents).toEqual([second, first]);
  });

  it('tells of a commit that is not there', async () => {
    const { log, commit } = counting();
    await log.read({ merged: true }, await commit('a.md'));
    await expect(log.read({ merged: true }, '0'.repeat(40))).rejects.toMatchObject({
      code: 'no-such-commit'
    });
    expect(await log.read({}, null)).toEqual([]);
  });
});
