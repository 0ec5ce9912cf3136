import type { IDisposable } from '@lumino/disposable';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { IMadeResult } from './tokens';

/** What earlier runs tell of a cell, by its meaning or by its skill. */
export interface IRemembered {
  /** Key of the call that it made, when it is a single pure one. */
  readonly key?: string;
  /**
   * What made the last results, the latest last: a notebook that was not saved after its
   * last runs holds older ones.
   */
  readonly results?: readonly IMadeResult[];
  /** Milliseconds of the last runs that were computed, the latest last. */
  readonly times: readonly number[];
  /** When it was last learnt, in milliseconds since 1970. */
  readonly used: number;
}

interface ILearntRun {
  readonly key?: string;
  readonly made?: IMadeResult;
  readonly ms?: number;
}

interface IRunsSchema extends DBSchema {
  cells: { key: string; value: IRemembered };
}

/** Runs of one cell that count for its expected time. */
const KEPT_TIMES = 7;

/** Results of one cell of which it is known what made them. */
const KEPT_RESULTS = 10;

/** For how long what is learnt gathers before it is stored, in milliseconds. */
const GATHER_MS = 1000;

/** Cells that are remembered; the longest unused go first. */
const KEPT_CELLS = 5000;

/**
 * Remembers across page loads how long cells took and which calls they made: for expected
 * times, and to foretell what the cache will answer. Only a hint: without it runs do the
 * same, and nothing is foretold.
 */
export class RunMemory implements IDisposable {
  /** @param onFailure Told once when the store cannot be read or written. */
  constructor(
    private readonly _name: string,
    private readonly _onFailure: (reason: unknown) => void
  ) {
    this.ready = this._load();
  }

  /** Resolves when what was stored has been read, or could not be. */
  readonly ready: Promise<void>;

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.store();
      this._database?.close();
    }
  }

  get(name: string): IRemembered | undefined {
    return this._cells.get(name);
  }

  /** Median milliseconds of the runs under the first of these names that has any. */
  expectedMs(...names: readonly string[]): number | undefined {
    for (const name of names) {
      const times = this._cells.get(name)?.times ?? [];
      if (times.length > 0) {
        return median(times);
      }
    }
    return undefined;
  }

  /**
   * Adds a run; without `ms` it was answered from the cache, and tells no time.
   *
   * @param isPassing whether what the name is of goes with the page, and this with it
   */
  learn(name: string, run: ILearntRun, isPassing = false): void {
    const before = this._cells.get(name);
    const key = run.key ?? before?.key;
    const results = resultsWith(before?.results ?? [], run.made);
    const times = [...(before?.times ?? []), ...(run.ms === undefined ? [] : [run.ms])];
    const cell: IRemembered = {
      times: times.slice(-KEPT_TIMES),
      used: Date.now(),
      ...(key !== undefined && { key }),
      ...(results.length > 0 && { results })
    };
    this._cells.set(name, cell);
    if (isPassing) {
      this._passing.add(name);
      return;
    }
    this._unstored.add(name);
    // Each transaction takes the page's thread while a run waits for it.
    this._timer ??= setTimeout(() => this.store(), GATHER_MS);
  }

  /** Stores at once what has gathered, as before the page goes. */
  store(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
    if (this._database && this._unstored.size > 0) {
      try {
        this._put(this._database);
      } catch (reason) {
        // The browser closes databases too, as when their data is deleted.
        this._fail(reason);
      }
    }
  }

  private _put(database: IDBPDatabase<IRunsSchema>): void {
    const transaction = database.transaction('cells', 'readwrite');
    const { store, done } = transaction;
    const puts = [...this._unstored].flatMap(name => {
      const cell = this._cells.get(name);
      return cell ? [store.put(cell, name)] : [];
    });
    this._unstored.clear();
    // Else it would end with a page that goes now.
    transaction.commit();
    Promise.all([...puts, done]).catch(reason => this._fail(reason));
  }

  private async _load(): Promise<void> {
    try {
      const database = await openDB<IRunsSchema>(this._name, 1, {
        upgrade: fresh => {
          fresh.createObjectStore('cells');
        }
      });
      const [names, cells] = await Promise.all([
        database.getAllKeys('cells'),
        database.getAll('cells')
      ]);
      names.forEach((name, index) => {
        const cell = cells[index];
        if (cell && !this._cells.has(name)) {
          this._cells.set(name, cell);
        }
      });
      this._database = database;
      this.store();
      await this._forgetOld(database);
    } catch (reason) {
      this._fail(reason);
    }
  }

  private async _forgetOld(database: IDBPDatabase<IRunsSchema>): Promise<void> {
    const oldest = [...this._cells]
      .filter(([name]) => !this._passing.has(name))
      .sort(([, a], [, b]) => a.used - b.used);
    for (const [name] of oldest.slice(0, Math.max(0, oldest.length - KEPT_CELLS))) {
      this._cells.delete(name);
      await database.delete('cells', name);
    }
  }

  private _fail(reason: unknown): void {
    if (!this._hasFailed && !this._isDisposed) {
      this._hasFailed = true;
      this._onFailure(reason);
    }
  }

  private readonly _cells = new Map<string, IRemembered>();
  /** Names that were learnt since the last were stored. */
  private readonly _unstored = new Set<string>();
  private readonly _passing = new Set<string>();
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _database: IDBPDatabase<IRunsSchema> | null = null;
  private _hasFailed = false;
  private _isDisposed = false;
}

/** A run under a number that is there already is one of a later kernel. */
function resultsWith(
  known: readonly IMadeResult[],
  made: IMadeResult | undefined
): readonly IMadeResult[] {
  const others = known.filter(({ count }) => count !== made?.count);
  return made ? [...others, made].slice(-KEPT_RESULTS) : known;
}

/**
 * The middle value, the smaller one of two: a first run, in which packages were loaded,
 * counts no more once there is another.
 */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}
