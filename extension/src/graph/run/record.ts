import type { ISchedule, RunChoice } from '@llmos-lab/skills';
import { PromiseDelegate } from '@lumino/coreutils';

import type { IEndedCell } from './finishedRun';
import type { IRunProgress } from './tokens';

/** Counts for a cell of unknown duration in the share of a run that is done. */
const UNKNOWN_MS = 20;

/** A run under way: which cells belong to it, and how those that ended did. */
export class RunRecord {
  constructor(readonly trigger: RunChoice['kind']) {}

  /** Milliseconds since 1970. */
  readonly startedAt = Date.now();

  /** Resolves when all its cells have ended. */
  get done(): Promise<void> {
    return this._done.promise;
  }

  get cells(): ReadonlySet<string> {
    return this._cells;
  }

  get ended(): ReadonlyMap<string, IEndedCell> {
    return this._ended;
  }

  add(cells: readonly string[], expectedMs: (cell: string) => number): void {
    for (const id of cells) {
      this._cells.add(id);
      this._ended.delete(id);
      this._expected.set(id, expectedMs(id));
    }
  }

  end(cell: IEndedCell): void {
    this._ended.set(cell.id, cell);
  }

  finish(): number {
    this._done.resolve();
    return performance.now() - this._start;
  }

  progress({ active }: ISchedule): IRunProgress {
    const cells = [...this._cells];
    const isOver = (id: string): boolean => !active.has(id);
    const weigh = (ids: readonly string[]): number =>
      ids.reduce((sum, id) => sum + (this._expected.get(id) ?? 0) + UNKNOWN_MS, 0);
    const expected = [...this._expected.values()].reduce((sum, ms) => sum + ms, 0);
    const over = cells.filter(isOver);
    return {
      total: cells.length,
      ended: over.length,
      running: cells.filter(id => {
        const phase = active.get(id)?.phase;
        return phase === 'running' || phase === 'computing';
      }).length,
      startedAt: this.startedAt,
      expectedMs: expected,
      fraction: cells.length === 0 ? 1 : weigh(over) / weigh(cells)
    };
  }

  private readonly _start = performance.now();
  private readonly _cells = new Set<string>();
  private readonly _ended = new Map<string, IEndedCell>();
  private readonly _expected = new Map<string, number>();
  private readonly _done = new PromiseDelegate<void>();
}
