import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { pack, ResultCache, ResultStore, unpack } from '../../../src/host/cache';
import type { IPacked } from '../../../src/host/tokens';

let databases = 0;

function keyOf(name: string): string {
  return `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`;
}

/** A tab: its cache, what it logged, and what it heard of the others. */
class Tab {
  constructor(
    readonly name: string,
    private readonly _others: Tab[] = [],
    store = new ResultStore(name)
  ) {
    this._others.forEach(other => other._others.push(this));
    this.cache = new ResultCache({
      store,
      channel: this._channel,
      now: () => 1000,
      log: message => this.log.push(message)
    });
  }

  put(name: string, value: unknown): Promise<void> {
    this.cache.put(keyOf(name), pack(value));
    return this.cache.flush();
  }

  async get(name: string): Promise<unknown> {
    const found = await this.cache.get(keyOf(name));
    return found && unpack(found);
  }

  /** Names of what a fresh page would find. */
  async names(...names: readonly string[]): Promise<readonly string[]> {
    const fresh = new Tab(this.name);
    const there = await Promise.all(names.map(name => fresh.cache.has(keyOf(name))));
    return names.filter((_, index) => there[index]);
  }

  readonly log: string[] = [];
  readonly cache: ResultCache;
  private readonly _channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage'> = {
    onmessage: null,
    postMessage: (data: unknown) => {
      for (const { _channel } of this._others) {
        const listener = _channel.onmessage as ((event: MessageEvent) => void) | null;
        listener?.({ data } as MessageEvent);
      }
    }
  };
}

const newTab = (): Tab => new Tab(`cache-${databases++}`);

async function change(
  name: string,
  work: (stored: Record<string, unknown>) => unknown
): Promise<void> {
  const database = await openDB(name);
  const key = (await database.getAllKeys('results'))[0] as string;
  const stored = (await database.get('results', key)) as Record<string, unknown>;
  await database.put('results', work(stored), key);
  database.close();
}

describe('ResultCache', () => {
  it('gives what was put, at once and after a reload', async () => {
    const value = { y: new Float32Array([1, 2]), name: 'x', n: -0 };
    const tab = newTab();
    tab.cache.put(keyOf('a'), pack(value));
    expect(await tab.get('a')).toStrictEqual(value);
    await tab.cache.flush();
    expect(await new Tab(tab.name).get('a')).toStrictEqual(value);
    expect(await tab.get('b')).toBeUndefined();
    expect(tab.log).toEqual([]);
  });

  it('counts bytes and entries, and a replaced entry once', async () => {
    const tab = newTab();
    await tab.put('a', new Uint8Array(1000));
    const one = await tab.cache.usage();
    await tab.put('a', new Uint8Array(1000));
    expect(await tab.cache.usage()).toEqual(one);
    expect(one.entries).toBe(1);
    expect(one.bytes).toBeGreaterThan(1000);
    await tab.put('b', new Uint8Array(500));
    expect((await tab.cache.usage()).entries).toBe(2);
  });

  it('lets go what was not used for longest', async () => {
    const tab = newTab();
    for (const name of ['a', 'b', 'c']) {
      await tab.put(name, new Uint8Array(1000));
    }
    await tab.get('a');
    tab.cache.limit = 3300;
    await tab.put('d', new Uint8Array(1000));
    const left = await tab.names('a', 'b', 'c', 'd');
    expect(left).toContain('a');
    expect(left).toContain('d');
    expect(left).not.toContain('b');
    const { bytes } = await tab.cache.usage();
    expect(bytes).toBeLessThanOrEqual(3300);
    expect(bytes).toBeGreaterThan(0);
  });

  it('keeps within a lowered limit', async () => {
    const tab = newTab();
    await tab.put('a', new Uint8Array(1000));
    tab.cache.limit = 10;
    expect(await tab.cache.usage()).toEqual({ bytes: 0, entries: 0 });
  });

  it('hands a result over that is larger than the whole cache', async () => {
    const tab = newTab();
    tab.cache.limit = 100;
    await tab.put('a', new Uint8Array(1000));
    expect(await tab.get('a')).toHaveLength(1000);
    expect(await tab.names('a')).toEqual([]);
  });

  it.each([
    ['changed text', (s: object) => ({ ...s, text: '{"y":2}' })],
    ['changed bytes', (s: object) => ({ ...s, buffers: [new ArrayBuffer(8)] })],
    ['another kind', (s: object) => ({ ...s, kind: 'python' })],
    ['missing parts', (s: object) => ({ ...s, buffers: undefined })],
    ['a text in its place', () => 'nonsense']
  ])('drops an entry with %s', async (_name, damage) => {
    const tab = newTab();
    await tab.put('a', { y: new Float64Array([1]) });
    await change(tab.name, damage);
    const later = new Tab(tab.name);
    expect(await later.get('a')).toBeUndefined();
    expect(later.log.join()).toMatch(/damaged/);
    expect(await tab.names('a')).toEqual([]);
    expect((await later.cache.usage()).entries).toBe(0);
  });

  it('forgets everything, in all tabs', async () => {
    const tab = newTab();
    const other = new Tab(tab.name, [tab]);
    await tab.put('a', 1);
    expect(await other.get('a')).toBe(1);
    const { epoch } = await other.cache.marks();
    let heard = 0;
    other.cache.changed.connect(() => (heard += 1));
    await tab.cache.clear();
    expect(await tab.get('a')).toBeUndefined();
    expect(await other.get('a')).toBeUndefined();
    expect(heard).toBe(1);
    expect((await other.cache.marks()).epoch).toBe(epoch + 1);
    expect(await tab.cache.usage()).toEqual({ bytes: 0, entries: 0 });
  });

  it('hears of what other tabs have put', async () => {
    const tab = newTab();
    const other = new Tab(tab.name, [tab]);
    await other.cache.marks();
    await tab.put('a', 5);
    expect(await other.get('a')).toBe(5);
  });

  it('marks the keys of earlier visits', async () => {
    const tab = newTab();
    await tab.put('a', 1);
    const { all } = await new Tab(tab.name).cache.marks();
    expect(all).toEqual([keyOf('a').slice(7, 23)]);
  });

  it('makes room where the browser grants less than the limit', async () => {
    const store = new ResultStore(`cache-${databases++}`);
    const write = store.write.bind(store);
    let full = false;
    store.write = async (results, used, limit) => {
      if (full && results.length > 0) {
        full = false;
        throw new DOMException('full', 'QuotaExceededError');
      }
      return write(results, used, limit);
    };
    const tab = new Tab('quota', [], store);
    await tab.put('a', new Uint8Array(1000));
    await tab.put('b', new Uint8Array(1000));
    full = true;
    await tab.put('c', new Uint8Array(1000));
    expect(tab.log).toEqual([]);
    expect((await tab.cache.usage()).entries).toBe(2);
    expect(await store.has(keyOf('c'))).toBe(true);
    expect(await store.has(keyOf('a'))).toBe(false);
  });

  it('works without storage, and says so once', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('no storage here'));
    const store = Object.assign(new ResultStore('broken'), {
      has: broken,
      keys: broken,
      read: broken,
      write: broken,
      usage: broken
    });
    const tab = new Tab('broken', [], store);
    await tab.put('a', 1);
    await tab.put('b', 2);
    expect(await tab.get('a')).toBe(1);
    expect(await tab.get('c')).toBeUndefined();
    expect(await tab.cache.usage()).toEqual({ bytes: 0, entries: 0 });
    expect(tab.log).toEqual([expect.stringMatching(/no storage here/)]);
  });

  it('stores results of Python as they came', async () => {
    const result: IPacked = {
      kind: 'python',
      text: '{"values": {"y": NaN}}',
      buffers: [new Uint8Array([1, 2]).buffer]
    };
    const tab = newTab();
    tab.cache.put(keyOf('p'), result);
    await tab.cache.flush();
    expect(await new Tab(tab.name).cache.get(keyOf('p'))).toEqual(result);
  });
});
