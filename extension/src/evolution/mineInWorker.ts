import type { IMined, IMineTask, IPromotables, IPromoteTask } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';

/** Workers kept, each with the history of a volume: some hundred megabytes when long. */
const MOST_KEPT = 2;

/** Mines each volume in a worker of its own, which stays for the next run. */
export class MineWorkers implements IDisposable {
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Ends all that wait. */
  dispose(): void {
    this._isDisposed = true;
    [...this._kept.keys()].forEach(volume => this.end(volume));
  }

  /**
   * Mines in the volume's own worker. It remembers what it has mined, so that the next run
   * reads only what has come; an aborted task, or one that fails, ends it.
   */
  async mine(task: IMineTask, signal: AbortSignal, volume: string): Promise<IMined> {
    signal.throwIfAborted();
    const worker = this._kept.get(volume) ?? startWorker();
    this._kept.delete(volume);
    try {
      const mined = await ask<IMined>(worker, task, signal);
      this._keep(volume, worker);
      return mined;
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  /** Ends the worker that waits for a volume's next task. */
  end(volume: string): void {
    this._kept.get(volume)?.terminate();
    this._kept.delete(volume);
  }

  private _keep(volume: string, worker: Worker): void {
    this.end(volume);
    this._kept.set(volume, worker);
    worker.onerror = () => {
      if (this._kept.get(volume) === worker) {
        this.end(volume);
      }
    };
    const most = this._isDisposed ? 0 : MOST_KEPT;
    const old = [...this._kept.keys()].slice(0, Math.max(0, this._kept.size - most));
    old.forEach(each => this.end(each));
  }

  /** Workers that wait for the next task, by volume, the one used longest ago first. */
  private readonly _kept = new Map<string, Worker>();
  private _isDisposed = false;
}

/** Finds skills of teams that have earned a place for everybody, in a worker of its own. */
export async function promoteInWorker(
  task: IPromoteTask,
  signal: AbortSignal
): Promise<IPromotables> {
  signal.throwIfAborted();
  const worker = startWorker();
  try {
    return await ask<IPromotables>(worker, task, signal);
  } finally {
    worker.terminate();
  }
}

function startWorker(): Worker {
  return new Worker(new URL('./mine.worker.js', import.meta.url), {
    name: 'evolution.worker'
  });
}

/** One task and its answer. */
function ask<T>(
  worker: Worker,
  task: IMineTask | IPromoteTask,
  signal: AbortSignal
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => reject(new DOMException('Mining was stopped.', 'AbortError')),
      { once: true }
    );
    worker.onerror = event =>
      reject(new Error(event.message || 'The worker that mines could not be loaded.'));
    worker.onmessage = ({ data }: MessageEvent<T | { readonly failed: string }>) => {
      if (typeof data === 'object' && data !== null && 'failed' in data) {
        reject(new Error(data.failed));
      } else {
        resolve(data);
      }
    };
    worker.postMessage(task);
  });
}
