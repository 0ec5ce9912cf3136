import { Signal, type ISignal } from '@lumino/signaling';
import type { ICacheUsage, IKeyMarks, IPacked, IResultCache } from '../tokens';
import { checksum } from './checksum';
import { KeyMarks } from './keyMarks';
import { sizeOf } from './pack';
import { RecentResults } from './recentResults';
import type { IStorable, ResultStore, Stored } from './resultStore';

const MB = 2 ** 20;

/** What is kept when no setting says otherwise, in bytes. */
export const DEFAULT_LIMIT = 256 * MB;

/** For how long uses gather before they are stored, in milliseconds. */
const USES_MS = 1000;

/** What recent results may take in memory, in bytes. */
const RECENT_LIMIT = 32 * MB;

/** What tabs tell each other: that results came, or that all went. */
type Notice = { readonly added: readonly string[] } | 'cleared';

/** What the cache works with. */
export interface IResultCacheOptions {
  readonly store: ResultStore;
  /** Joins the caches of one site's tabs. */
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Takes what went wrong, in words for people. */
  readonly log: (message: string) => void;
}

/**
 * Results of calls in IndexedDB, the recent ones in memory too. Writes go to the
 * database one after the other, those that gather meanwhile in one transaction.
 */
export class ResultCache implements IResultCache {
  constructor(private readonly _options: IResultCacheOptions) {
    _options.channel.onmessage = ({ data }: MessageEvent<Notice>) => {
      if (data === 'cleared') {
        this._recent.clear();
        this._marks.clear();
      } else {
        data.added.forEach(key => this._marks.add(key));
      }
      this._changed.emit();
    };
    this._ready = this._tried(async () => {
      const keys = await _options.store.keys();
      keys.forEach(key => this._marks.add(key));
    }, undefined);
  }

  get changed(): ISignal<IResultCache, void> {
    return this._changed;
  }

  get limit(): number {
    return this._limit;
  }
  set limit(bytes: number) {
    if (bytes !== this._limit) {
      this._limit = bytes;
      this._shrinks = true;
      void this._schedule();
    }
  }

  async has(key: string): Promise<boolean> {
    if (this._waiting.has(key) || this._recent.get(key)) {
      return true;
    }
    await this._ready;
    return (
      this._marks.has(key) && this._tried(() => this._options.store.has(key), false)
    );
  }

  async marks(): Promise<IKeyMarks> {
    await this._ready;
    return this._marks;
  }

  mark(key: string): void {
    this._marks.add(key);
  }

  async get(key: string): Promise<IPacked | undefined> {
    const near = this._waiting.get(key) ?? this._recent.get(key);
    if (near) {
      this._use(key);
      return near;
    }
    await this._ready;
    if (!this._marks.has(key)) {
      return undefined;
    }
    const stored = await this._tried(() => this._options.store.read(key), undefined);
    if (!stored) {
      return undefined;
    }
    const result = await verified(stored);
    if (!result) {
      this._options.log('A stored result was damaged; it is computed again.');
      await this._tried(() => this._options.store.remove(key), undefined);
      return undefined;
    }
    this._recent.set(key, result);
    this._use(key);
    return result;
  }

  put(key: string, result: IPacked): void {
    this._recent.set(key, result);
    this._marks.add(key);
    if (sizeOf(result) > this._limit) {
      return;
    }
    this._waiting.set(key, result);
    this._use(key);
    void this._schedule();
  }

  async flush(): Promise<void> {
    while (this._waiting.size > 0 || this._used.size > 0 || this._shrinks) {
      await this._schedule();
    }
    await this._writing;
  }

  async clear(): Promise<void> {
    this._waiting.clear();
    this._used.clear();
    this._recent.clear();
    // What is being written now goes as well.
    await this._writing;
    await this._options.store.clear();
    this._recent.clear();
    this._marks.clear();
    this._tell('cleared');
  }

  async usage(): Promise<ICacheUsage> {
    await this.flush();
    return this._tried(() => this._options.store.usage(), { bytes: 0, entries: 0 });
  }

  private _use(key: string): void {
    // Strictly growing, so that the order of uses within a millisecond is kept.
    this._clock = Math.max(this._options.now(), this._clock + 2 ** -10);
    this._used.set(key, this._clock);
    // A use alone waits: a run asks for many results, and each write takes its time.
    this._timer ??= setTimeout(() => void this._schedule(), USES_MS);
  }

  /** Writes all that waits once the write under way is done. */
  private _schedule(): Promise<void> {
    this._scheduled ??= this._writing.then(() => {
      this._scheduled = null;
      this._writing = this._write();
      return this._writing;
    });
    return this._scheduled;
  }

  private async _write(): Promise<void> {
    clearTimeout(this._timer);
    this._timer = undefined;
    const used = new Map(this._used);
    const waiting = new Map(this._waiting);
    this._used.clear();
    this._shrinks = false;
    await this._tried(async () => {
      const storables = await Promise.all(
        [...waiting].map(([key, result]) => storable(key, result, used.get(key)))
      );
      await this._store(storables, used);
    }, undefined);
    for (const [key, result] of waiting) {
      if (this._waiting.get(key) === result) {
        this._waiting.delete(key);
      }
    }
    if (waiting.size > 0) {
      this._tell({ added: [...waiting.keys()] });
    }
  }

  /** Makes room where the browser grants less than the limit, and tries once more. */
  private async _store(
    results: readonly IStorable[],
    used: ReadonlyMap<string, number>
  ): Promise<void> {
    const { store } = this._options;
    try {
      await store.write(results, used, this._limit);
    } catch (reason) {
      if ((reason as Error | null)?.name !== 'QuotaExceededError') {
        throw reason;
      }
      const { bytes } = await store.usage();
      await store.write([], used, bytes / 2);
      await store.write(results, used, this._limit);
    }
  }

  private _tell(notice: Notice): void {
    this._options.channel.postMessage(notice);
    this._changed.emit();
  }

  /** Storage may be full, forbidden or broken: calls then go on without it. */
  private async _tried<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (reason) {
      const why = reason instanceof Error ? reason.message : String(reason);
      const message =
        `The result cache cannot use this browser's storage (${why}). ` +
        'Skills run all the same; their results are forgotten when the page closes.';
      if (message !== this._said) {
        this._said = message;
        this._options.log(message);
      }
      return otherwise;
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _marks = new KeyMarks();
  /** Resolves when the keys of earlier visits are marked. */
  private readonly _ready: Promise<void>;
  private readonly _recent = new RecentResults(RECENT_LIMIT);
  /** Results that are not stored yet. */
  private readonly _waiting = new Map<string, IPacked>();
  /** Uses that are not stored yet. */
  private readonly _used = new Map<string, number>();
  private _writing: Promise<void> = Promise.resolve();
  private _scheduled: Promise<void> | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _limit = DEFAULT_LIMIT;
  private _shrinks = false;
  private _clock = 0;
  /** The last complaint, so that each is logged once. */
  private _said = '';
}

async function storable(
  key: string,
  result: IPacked,
  used: number | undefined
): Promise<IStorable> {
  const bytes = sizeOf(result);
  return { key, result, sum: await checksum(result), bytes, used: used ?? 0 };
}

/** By its tag, since a buffer may come from another realm. */
function isBuffer(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

/** The stored result when it is whole; what stands in the database may be anything. */
async function verified(stored: Stored): Promise<IPacked | undefined> {
  const { kind, text, buffers, sum } = stored;
  const whole =
    (kind === 'python' || kind === 'data') &&
    typeof text === 'string' &&
    Array.isArray(buffers) &&
    buffers.every(isBuffer);
  if (!whole || (await checksum({ kind, text, buffers })) !== sum) {
    return undefined;
  }
  return { kind, text, buffers };
}
