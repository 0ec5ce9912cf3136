import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { ICacheUsage, IPacked } from '../tokens';

/** The database of results; JupyterLite's own are named otherwise. */
export const DATABASE = '@llmos-lab/kernel:results';

/** A result on its way into the store. */
export interface IStorable {
  readonly key: string;
  readonly result: IPacked;
  readonly sum: string;
  readonly bytes: number;
  /** When it was used last; larger is later. */
  readonly used: number;
}

/** A result as it stands in the database: anything, until it was verified. */
export type Stored = IPacked & { readonly sum: string };

interface ISchema extends DBSchema {
  /** What calls gave. Apart from `entries`, so that eviction reads no large values. */
  results: { key: string; value: Stored };
  entries: {
    key: string;
    value: { readonly key: string; readonly bytes: number; readonly used: number };
    indexes: { used: number };
  };
  /** One record, changed in the transactions that change the others. */
  totals: { key: 'all'; value: ICacheUsage };
}

type StoreName = 'results' | 'entries' | 'totals';
const STORES: StoreName[] = ['results', 'entries', 'totals'];
type Change = IDBPTransaction<ISchema, StoreName[], 'readwrite'>;

const EMPTY: ICacheUsage = { bytes: 0, entries: 0 };

/** Results in IndexedDB with sizes and times of use; each change is one transaction. */
export class ResultStore {
  /** @param name The database, which tests choose. */
  constructor(private readonly _name = DATABASE) {}

  async has(key: string): Promise<boolean> {
    return (await (await this._open()).count('results', key)) > 0;
  }

  /** All keys, in the order of their text. */
  async keys(): Promise<readonly string[]> {
    return (await this._open()).getAllKeys('results');
  }

  async read(key: string): Promise<Stored | undefined> {
    return (await this._open()).get('results', key);
  }

  /**
   * Writes results, notes uses of others, and takes away what was not used for longest
   * until all fits into `limit` bytes. All of it, or nothing when it fails.
   */
  async write(
    results: readonly IStorable[],
    used: ReadonlyMap<string, number>,
    limit: number
  ): Promise<void> {
    await this._change(async change => {
      let usage = await totals(change);
      for (const storable of results) {
        usage = await put(change, storable, usage);
      }
      for (const [key, at] of used) {
        const entry = await change.objectStore('entries').get(key);
        if (entry && entry.used < at) {
          await change.objectStore('entries').put({ ...entry, used: at });
        }
      }
      await change.objectStore('totals').put(await shrink(change, usage, limit), 'all');
    });
  }

  async remove(key: string): Promise<void> {
    await this._change(async change => {
      const entry = await change.objectStore('entries').get(key);
      const usage = await totals(change);
      await change.objectStore('results').delete(key);
      await change.objectStore('entries').delete(key);
      await change.objectStore('totals').put(without(usage, entry?.bytes), 'all');
    });
  }

  async clear(): Promise<void> {
    await this._change(async change => {
      for (const store of STORES) {
        await change.objectStore(store).clear();
      }
    });
  }

  async usage(): Promise<ICacheUsage> {
    return (await (await this._open()).get('totals', 'all')) ?? EMPTY;
  }

  /** Closes the database; the next use opens it again. */
  async close(): Promise<void> {
    const open = this._database;
    this._database = null;
    (await open)?.close();
  }

  private _open(): Promise<IDBPDatabase<ISchema>> {
    this._database ??= openDB<ISchema>(this._name, 1, {
      upgrade: database => {
        database.createObjectStore('results');
        const entries = database.createObjectStore('entries', { keyPath: 'key' });
        entries.createIndex('used', 'used');
        database.createObjectStore('totals');
      },
      // Another tab deletes or upgrades it; holding on would block that tab.
      blocking: () => void this.close(),
      terminated: () => {
        this._database = null;
      }
    }).catch((reason: unknown) => {
      this._database = null;
      throw reason;
    });
    return this._database;
  }

  private async _change(work: (change: Change) => Promise<void>): Promise<void> {
    const database = await this._open();
    const change = database.transaction(STORES, 'readwrite');
    // A failed request ends the transaction too; the request's own error says more.
    change.done.catch(() => undefined);
    await work(change);
    await change.done;
  }

  private _database: Promise<IDBPDatabase<ISchema>> | null = null;
}

async function totals(change: Change): Promise<ICacheUsage> {
  return (await change.objectStore('totals').get('all')) ?? EMPTY;
}

function without(usage: ICacheUsage, bytes: number | undefined): ICacheUsage {
  return bytes === undefined
    ? usage
    : { bytes: Math.max(0, usage.bytes - bytes), entries: usage.entries - 1 };
}

async function put(
  change: Change,
  { key, result, sum, bytes, used }: IStorable,
  usage: ICacheUsage
): Promise<ICacheUsage> {
  const before = await change.objectStore('entries').get(key);
  const { kind, text, buffers } = result;
  await change.objectStore('results').put({ kind, text, buffers, sum }, key);
  await change.objectStore('entries').put({ key, bytes, used });
  const rest = without(usage, before?.bytes);
  return { bytes: rest.bytes + bytes, entries: rest.entries + 1 };
}

/** Takes entries away, least recently used first, until the rest fits. */
async function shrink(
  change: Change,
  usage: ICacheUsage,
  limit: number
): Promise<ICacheUsage> {
  let left = usage;
  if (left.bytes <= limit) {
    return left;
  }
  let cursor = await change.objectStore('entries').index('used').openCursor();
  while (cursor && left.bytes > limit) {
    await change.objectStore('results').delete(cursor.primaryKey);
    left = without(left, cursor.value.bytes);
    await cursor.delete();
    cursor = await cursor.continue();
  }
  return left;
}
