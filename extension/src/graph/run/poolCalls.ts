import type { IPoolWorkerState, IRuntimeHost } from '@llmos-lab/kernel';

import { timeCall } from './timeCall';

/** What starting a worker takes, about, in milliseconds: Python has to boot in it. */
const START_MS = 3000;

/** How a prepared cell goes on. */
export interface IReadyCall {
  /** Code of the cell when it was prepared; another one makes this out of date. */
  readonly code: string;
  /**
   * Milliseconds that its call took in a worker, without the worker's start and what it
   * loaded first; undefined when none ran it for it.
   */
  readonly ms?: number;
  /** Whether the kernel is answered at once: from the cache, or by what a worker computed. */
  readonly isAnswered: boolean;
}

/**
 * The calls of one run that are in the worker pool, and those that the kernel will answer
 * at once because the pool has computed them.
 */
export class PoolCalls {
  /**
   * @param _startMs What earlier starts of a worker took; undefined before the first
   * @param _fits Whether the notebook's kernel can be answered by the page's workers
   */
  constructor(
    private readonly _host: IRuntimeHost | null,
    private readonly _startMs: () => number | undefined = () => undefined,
    private readonly _fits: () => boolean = () => true
  ) {}

  /** Milliseconds until a worker that is started now can run a call. */
  get startMs(): number {
    return this._startMs() ?? START_MS;
  }

  /** Whether `startMs` is what earlier starts took, and so can be told. */
  get isStartKnown(): boolean {
    return this._startMs() !== undefined;
  }

  /** False where there is no pool for this kernel: then everything runs in the kernel. */
  get isThere(): boolean {
    return (
      (this._host as Partial<IRuntimeHost> | null)?.pool !== undefined && this._fits()
    );
  }

  /** Whether the pool has workers that have started. */
  get isWarm(): boolean {
    return (this._host?.pool.workers.length ?? 0) > 0;
  }

  /** How many workers can run a call at once. */
  get warm(): number {
    return (this._host?.pool.workers ?? []).filter(({ loading }) => {
      return loading === undefined;
    }).length;
  }

  /** How many calls may run at once. */
  get most(): number {
    return this._host?.pool.size ?? 1;
  }

  /** What a cell's worker loads before the call can run; empty while it starts itself. */
  loading(cell: string): string | undefined {
    return this._worker(cell)?.loading;
  }

  /** Whether a cell's call has a worker that is ready, and so runs there. */
  hasBegun(cell: string): boolean {
    const worker = this._worker(cell);
    return worker !== undefined && worker.loading === undefined;
  }

  private _worker(cell: string): IPoolWorkerState | undefined {
    const key = this._running.get(cell)?.key;
    const workers = key === undefined ? [] : (this._host?.pool.workers ?? []);
    return workers.find(worker => worker.key === key);
  }

  /** Milliseconds that workers took to start, each told once. */
  newStarts(): readonly number[] {
    const starts = (this._host?.pool.workers ?? []).flatMap(({ startMs }) =>
      startMs === undefined || this._starts.has(startMs) ? [] : [startMs]
    );
    starts.forEach(ms => this._starts.add(ms));
    return starts;
  }

  /** How many calls of this notebook the pool has. */
  get size(): number {
    return this._running.size;
  }

  /** What is known of a cell whose code is still the same. */
  ready(cell: string, code: string): IReadyCall | undefined {
    const call = this._ready.get(cell);
    return call?.code === code ? call : undefined;
  }

  /** The cell's call needs no worker: it is in the cache, or can only run in the kernel. */
  skip(cell: string, code: string, isCached: boolean): void {
    this._ready.set(cell, { code, isAnswered: isCached });
  }

  /** Gives a call to the pool; resolves when it has ended there, in whatever way. */
  async run(cell: string, code: string, key: string): Promise<void> {
    const controller = new AbortController();
    const stopTime = timeCall(this._host?.pool, key);
    // One worker computes equal calls; the others are answered like calls from the cache.
    const isFirst = [...this._running.values()].every(each => each.key !== key);
    const running = { controller, key };
    this._running.set(cell, running);
    try {
      await this._host?.pool.run(key, controller.signal);
    } catch {
      // The cell runs next in the kernel, which raises the same error, shown in the cell.
    } finally {
      if (this._running.get(cell) === running) {
        this._running.delete(cell);
      }
    }
    const ms = stopTime();
    if (!controller.signal.aborted) {
      this._ready.set(cell, { code, isAnswered: true, ...(isFirst && { ms }) });
    }
  }

  /** Ends the workers of all cells, or of those that no longer need them. */
  abort(isUnneeded: (cell: string) => boolean = () => true): void {
    for (const [cell, { controller }] of [...this._running]) {
      if (isUnneeded(cell)) {
        this._running.delete(cell);
        controller.abort();
      }
    }
  }

  /** What was known of a cell that has run now, and is forgotten. */
  take(cell: string): IReadyCall | undefined {
    const call = this._ready.get(cell);
    this._ready.delete(cell);
    return call;
  }

  /** Forgets what was prepared: values in the kernel may have changed since. */
  forget(): void {
    this._ready.clear();
  }

  private readonly _running = new Map<
    string,
    { readonly controller: AbortController; readonly key: string }
  >();
  private readonly _ready = new Map<string, IReadyCall>();
  private readonly _starts = new Set<number>();
}
