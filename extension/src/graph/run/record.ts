import type { ISchedule, RunChoice } from '@llmos-lab/skills';
import { PromiseDelegate } from '@lumino/coreutils';

import type { IEndedCell, RunEdge } from './finishedRun';
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
      this._edges.delete(id);
      this._expected.set(id, expectedMs(id));
    }
  }

  /** Keeps how a cell ended, and the edges that ended in it when it was sent. */
  end(cell: IEndedCell, edges?: readonly RunEdge[]): void {
    this._ended.set(cell.id, cell);
    // What is left is foretold from here: the cell may have ended sooner or later.
    this._lastEnd = performance.now() - this._start;
    this._startMs = 0;
    if (edges) {
      this._edges.set(cell.id, edges);
    }
  }

  /** A worker starts for its cells: that takes so long, as far as is known. */
  noteStart(ms: number | undefined): void {
    this._startMs = ms;
  }

  /** The edges that ended in a cell when it was sent; undefined for one that was not. */
  edgesInto(cell: string): readonly RunEdge[] | undefined {
    return this._edges.get(cell);
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
    const over = cells.filter(isOver);
    return {
      total: cells.length,
      ended: over.length,
      running: cells.filter(id => {
        const phase = active.get(id)?.phase;
        return phase === 'running' || phase === 'computing';
      }).length,
      startedAt: this.startedAt,
      expectedMs:
        this._startMs === undefined
          ? 0
          : this._lastEnd + this._startMs + this._leftMs(active),
      fraction: cells.length === 0 ? 1 : weigh(over) / weigh(cells)
    };
  }

  /** What workers have, they do side by side; the rest comes in turn. */
  private _leftMs(active: ISchedule['active']): number {
    let inWorkers = 0;
    let inTurn = 0;
    for (const [id, ms] of this._expected) {
      const phase = active.get(id)?.phase;
      if (phase === 'computing') {
        inWorkers = Math.max(inWorkers, ms);
      } else if (phase) {
        inTurn += ms;
      }
    }
    return inWorkers + inTurn;
  }

  private readonly _start = performance.now();
  /** Milliseconds from the start of the run to the last end of a cell. */
  private _lastEnd = 0;
  /** Milliseconds that workers have taken to start since; undefined where nobody knows. */
  private _startMs: number | undefined = 0;
  private readonly _cells = new Set<string>();
  private readonly _ended = new Map<string, IEndedCell>();
  private readonly _edges = new Map<string, readonly RunEdge[]>();
  private readonly _expected = new Map<string, number>();
  private readonly _done = new PromiseDelegate<void>();
}
