import 'fake-indexeddb/auto';

import { RunMemory } from '../../../src/graph/run/memory';

if (typeof globalThis.structuredClone === 'undefined') {
  globalThis.structuredClone = (value: unknown) =>
    JSON.parse(JSON.stringify(value)) as never;
}

describe('RunMemory', () => {
  it('expects the median of the last runs, by the first name that has any', async () => {
    const memory = new RunMemory('median', reason => {
      throw reason;
    });
    await memory.ready;
    [100, 300, 200, 5000].forEach(ms => memory.learn('skill a', { ms }));
    memory.learn('cell b', { key: 'sha256:00' });
    expect(memory.expectedMs('cell b', 'skill a')).toBe(200);
    expect(memory.expectedMs('cell c')).toBeUndefined();
    memory.dispose();
  });

  it('forgets the first run, which loaded packages, once there is another', async () => {
    const memory = new RunMemory('first', reason => {
      throw reason;
    });
    await memory.ready;
    memory.learn('skill a', { ms: 2900 });
    expect(memory.expectedMs('skill a')).toBe(2900);
    memory.learn('skill a', { ms: 160 });
    expect(memory.expectedMs('skill a')).toBe(160);
    memory.dispose();
  });

  it('keeps what it learnt for the next page', async () => {
    const fail = (reason: unknown): void => {
      throw reason;
    };
    const first = new RunMemory('kept', fail);
    await first.ready;
    first.learn('cell a', { ms: 40, key: 'sha256:11' });
    first.learn('cell a', { key: 'sha256:11' });
    first.dispose();
    const next = new RunMemory('kept', fail);
    await next.ready;
    expect(next.get('cell a')).toMatchObject({ key: 'sha256:11', times: [40] });
    next.dispose();
  });

  it('says once that the browser has closed its store, and goes on without', async () => {
    const failures: unknown[] = [];
    const opened = jest.spyOn(indexedDB, 'open');
    const memory = new RunMemory('closed', reason => failures.push(reason));
    await memory.ready;
    const request = opened.mock.results[0]?.value as IDBOpenDBRequest;
    opened.mockRestore();
    request.result.close();
    for (const ms of [7, 8]) {
      memory.learn('cell a', { ms });
      expect(() => memory.store()).not.toThrow();
    }
    expect(memory.expectedMs('cell a')).toBe(7);
    expect(failures).toHaveLength(1);
    memory.dispose();
  });

  it('says once that it cannot keep anything, and goes on without', async () => {
    const failures: unknown[] = [];
    const open = indexedDB.open.bind(indexedDB);
    indexedDB.open = () => {
      throw new Error('Storage is switched off.');
    };
    const memory = new RunMemory('off', reason => failures.push(reason));
    await memory.ready;
    indexedDB.open = open;
    memory.learn('cell a', { ms: 7 });
    expect(memory.expectedMs('cell a')).toBe(7);
    expect(failures).toHaveLength(1);
  });
});
