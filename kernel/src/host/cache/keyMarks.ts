import type { IKeyMarks } from '../tokens';

/** Hex digits of a key that make its mark: enough that two keys hardly share one. */
const DIGITS = 16;

/** The part of a key by which it is remembered. */
export function markOf(key: string): string {
  const start = 'sha256:'.length;
  return key.slice(start, start + DIGITS);
}

/**
 * Marks of all keys that a look-up may find something for. Kernels hold copies, so that
 * most calls that must run know it without asking the page. A mark may outlive its
 * result: the look-up then finds nothing.
 */
export class KeyMarks implements IKeyMarks {
  get epoch(): number {
    return this._epoch;
  }

  get all(): readonly string[] {
    return this._all;
  }

  has(key: string): boolean {
    return this._set.has(markOf(key));
  }

  add(key: string): void {
    const mark = markOf(key);
    if (!this._set.has(mark)) {
      this._set.add(mark);
      this._all.push(mark);
    }
  }

  clear(): void {
    this._set.clear();
    this._all = [];
    this._epoch += 1;
  }

  private readonly _set = new Set<string>();
  private _all: string[] = [];
  private _epoch = 0;
}
