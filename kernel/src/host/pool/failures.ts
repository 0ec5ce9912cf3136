import type { ISkillFailure } from '../tokens';

/** How long a failure is kept for the cell that shows it, in milliseconds. */
const KEPT_MS = 60_000;

/**
 * Errors of calls that failed in the pool. The cell of such a call is answered with its
 * error, once, so that it need not fail a second time; after a minute it would run anew.
 */
export class Failures {
  /** @param _now Milliseconds since any start. */
  constructor(private readonly _now: () => number = () => performance.now()) {}

  add(key: string, reason: unknown): void {
    for (const [old, { at }] of this._failures) {
      if (this._now() - at > KEPT_MS) {
        this._failures.delete(old);
      }
    }
    const failure = reason instanceof Error ? reason : new Error(String(reason));
    this._failures.set(key, { failure, at: this._now() });
  }

  take(key: string): ISkillFailure | undefined {
    const found = this._failures.get(key);
    this._failures.delete(key);
    return found && this._now() - found.at <= KEPT_MS ? found.failure : undefined;
  }

  private readonly _failures = new Map<
    string,
    { readonly failure: ISkillFailure; readonly at: number }
  >();
}
