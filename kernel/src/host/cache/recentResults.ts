import type { IPacked } from '../tokens';
import { sizeOf } from './pack';

/**
 * The results of the last calls in memory: repeated calls then need no database, and
 * where the database fails the graph still hands results from its workers to the cells.
 */
export class RecentResults {
  /** @param _limit Bytes. */
  constructor(private readonly _limit: number) {}

  get(key: string): IPacked | undefined {
    const result = this._results.get(key);
    if (result) {
      this._results.delete(key);
      this._results.set(key, result);
    }
    return result;
  }

  set(key: string, result: IPacked): void {
    this.delete(key);
    this._results.set(key, result);
    this._bytes += sizeOf(result);
    for (const oldest of this._results.keys()) {
      // The newest stays whatever its size: a cell may be about to ask for it.
      if (this._bytes <= this._limit || oldest === key) {
        break;
      }
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const result = this._results.get(key);
    if (result) {
      this._results.delete(key);
      this._bytes -= sizeOf(result);
    }
  }

  clear(): void {
    this._results.clear();
    this._bytes = 0;
  }

  /** In the order of their use, the oldest first. */
  private readonly _results = new Map<string, IPacked>();
  private _bytes = 0;
}
