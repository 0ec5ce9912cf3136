import type { IRuntimeHost } from '@llmos-lab/kernel';

/** How a prepared cell goes on. */
export interface IReadyCall {
  /** Code of the cell when it was prepared; another one makes this out of date. */
  readonly code: string;
  /** Milliseconds that its call took in a worker; undefined when none ran it. */
  readonly ms?: number;
}

/**
 * The calls of one run that are in the worker pool, and those that the kernel will answer
 * at once because the pool has computed them.
 */
export class PoolCalls {
  constructor(private readonly _host: IRuntimeHost | null) {}

  /** False where the host has no pool: then everything runs in the kernel. */
  get isThere(): boolean {
    return (this._host as Partial<IRuntimeHost> | null)?.pool !== undefined;
  }

  /** Whether the pool has workers that have started. */
  get isWarm(): boolean {
    return (this._host?.pool.workers.length ?? 0) > 0;
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
  skip(cell: string, code: string): void {
    this._ready.set(cell, { code });
  }

  /** Gives a call to the pool; resolves when it has ended there, in whatever way. */
  async run(cell: string, code: string, key: string): Promise<void> {
    const controller = new AbortController();
    const start = performance.now();
    this._running.set(cell, controller);
    try {
      await this._host?.pool.run(key, controller.signal);
    } catch {
      // The cell runs next in the kernel, which raises the same error, shown in the cell.
    } finally {
      if (this._running.get(cell) === controller) {
        this._running.delete(cell);
      }
    }
    if (!controller.signal.aborted) {
      this._ready.set(cell, { code, ms: performance.now() - start });
    }
  }

  /** Ends the workers of all cells, or of those that no longer need them. */
  abort(isUnneeded: (cell: string) => boolean = () => true): void {
    for (const [cell, controller] of [...this._running]) {
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

  private readonly _running = new Map<string, AbortController>();
  private readonly _ready = new Map<string, IReadyCall>();
}
