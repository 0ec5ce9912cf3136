import { PromiseDelegate } from '@lumino/coreutils';
import type { IStagedCall } from '../tokens';

/** The error of a call that was stopped, as `AbortSignal` raises it. */
export function stopped(): DOMException {
  return new DOMException('The call was stopped.', 'AbortError');
}

/**
 * One call in the pool and all who wait for it: two notebooks may want the same result.
 * It is stopped when the last of them gives up.
 */
export class PoolJob {
  constructor(readonly call: IStagedCall) {
    // Told to those who wait; nobody may be left when it comes.
    this._done.promise.catch(() => undefined);
  }

  /** Aborted when nobody waits any more. */
  get signal(): AbortSignal {
    return this._controller.signal;
  }

  /** Resolves or rejects with the job; rejects at once when `signal` is aborted. */
  wait(signal: AbortSignal): Promise<void> {
    this._waiting += 1;
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        reject(stopped());
        this._waiting -= 1;
        if (this._waiting === 0) {
          this._controller.abort();
        }
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this._done.promise
        .finally(() => signal.removeEventListener('abort', giveUp))
        .then(resolve, reject);
    });
  }

  resolve(): void {
    this._done.resolve();
  }

  reject(reason: unknown): void {
    this._done.reject(reason);
  }

  private readonly _controller = new AbortController();
  private readonly _done = new PromiseDelegate<void>();
  private _waiting = 0;
}
