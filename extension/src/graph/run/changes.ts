import type { IDisposable } from '@lumino/disposable';

/**
 * For how long changes gather, in milliseconds. That a run has begun is told at once, and
 * then four times a second how it goes; a run that is over sooner is drawn when it is.
 */
const GATHER_MS = 250;

/**
 * Gathers which cells have changed, so that all views of a notebook draw once for many
 * steps of a run. Drawing takes the page's one thread, by which the kernel gets its next
 * cell: a run of short cells would mostly wait for its own icons.
 */
export class Changes implements IDisposable {
  /** @param _tell Takes the ids of what has changed since it was last told. */
  constructor(private readonly _tell: (ids: ReadonlySet<string>) => void) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    clearTimeout(this._timer);
  }

  /** Adds changes that are told soon. */
  add(ids: Iterable<string>): void {
    for (const id of ids) {
      this._ids.add(id);
    }
    this._timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** Tells now what has gathered. */
  flush(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
    const ids = this._ids;
    this._ids = new Set();
    if (ids.size > 0 && !this._isDisposed) {
      this._tell(ids);
    }
  }

  private _ids = new Set<string>();
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;
}
