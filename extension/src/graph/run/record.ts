import type { ICallRecord } from '@llmos-lab/kernel';
import type { ISchedule, RunChoice } from '@llmos-lab/skills';
import { PromiseDelegate } from '@lumino/coreutils';

import type { ICellError } from './executions';
import type { IRunProgress } from './tokens';

/** How one cell of a run ended. */
export interface IEndedCell {
  readonly id: string;
  readonly status: 'success' | 'failed' | 'blocked' | 'cancelled';
  /** Milliseconds that it took, the worker's time for a call that ran in one. */
  readonly ms: number;
  readonly source: string;
  readonly defines: readonly string[];
  /** Id of the one skill that it calls, as the call writes it. */
  readonly skill: string | null;
  /** Whether it was computed by a worker of this run, and so not taken from the cache. */
  readonly isComputed: boolean;
  readonly calls: readonly ICallRecord[];
  readonly error?: ICellError;
}

/** A value's way from a cell to a cell: from, output, to, input. */
export type RunEdge = readonly [string, string, string, string];

/** A run that has ended, or one cell run by hand. */
export interface IFinishedRun {
  readonly trigger: RunChoice['kind'] | 'cell';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  /** In document order. */
  readonly cells: readonly IEndedCell[];
  /** Between cells of this run. */
  readonly edges: readonly RunEdge[];
}

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
