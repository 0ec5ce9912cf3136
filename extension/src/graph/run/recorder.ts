import type { ISchedule, RunChoice } from '@llmos-lab/skills';

import type { INotebookGraph } from '../tokens';
import { endedCell, finishedRun } from './ended';
import type { IFinishedRun } from './finishedRun';
import { RunRecord } from './record';
import type { ISentCell } from './sentCells';
import type { ICellState, IRunProgress } from './tokens';

interface IRecorderOptions {
  readonly graph: INotebookGraph;
  /** Takes every run that has ended, and every cell run by hand. */
  readonly onEnded: (run: IFinishedRun) => void;
}

/** Follows the run under way to its end, and tells of it and of cells run by hand. */
export class RunRecorder {
  constructor(private readonly _options: IRecorderOptions) {}

  /** Whether the cells of a run have not all ended. */
  get isUnderWay(): boolean {
    return this._isUnderWay;
  }

  /** Resolves when all cells of the run have ended. */
  get done(): Promise<void> {
    return this._record?.done ?? Promise.resolve();
  }

  /** Begins a run of no cells yet. */
  begin(kind: RunChoice['kind']): void {
    this._record = new RunRecord(kind);
    this._isUnderWay = true;
  }

  /** Adds cells to the run under way, with the times that they usually take. */
  add(cells: readonly string[], expectedMs: (cell: string) => number): void {
    this._record?.add(cells, expectedMs);
  }

  /** A worker starts for the run under way. */
  noteStart(ms: number | undefined): void {
    this._record?.noteStart(ms);
  }

  /** Of the run under way, else of the cells that people have queued, else of the last run. */
  progress(
    schedule: ISchedule,
    expectedMs: (cell: string) => number
  ): IRunProgress | null {
    if (this._isUnderWay || schedule.active.size === 0) {
      return this._record?.progress(schedule) ?? null;
    }
    const queue = new RunRecord('selection');
    queue.add([...schedule.active.keys()], expectedMs);
    return queue.progress(schedule);
  }

  /** Keeps how a cell ended for the trace of its run, or of itself when run by hand. */
  note(
    cell: string,
    sent: ISentCell | undefined,
    end: Parameters<typeof endedCell>[2]
  ): void {
    const ended = endedCell(cell, sent?.source, end);
    if (this._isUnderWay && this._record?.cells.has(cell)) {
      this._record.end(ended, sent?.edges);
    } else if (sent?.startedAt !== undefined) {
      const { ms } = end;
      const startedAt = Math.round(Date.now() - ms);
      const cells = [ended];
      this._options.onEnded({ trigger: 'cell', startedAt, ms, cells, edges: [] });
    }
  }

  /** Keeps a cell that runs, and to which no answer will come. */
  noteLost(sent: ISentCell): void {
    const { cell, calls, startedAt } = sent;
    const ms = startedAt === undefined ? 0 : performance.now() - startedAt;
    this.note(cell, sent, { status: 'cancelled', ms, calls, isComputed: false });
  }

  /** Whether none of the run's cells is under way any more. */
  isOver({ active }: ISchedule): boolean {
    const cells = [...(this._record?.cells ?? [])];
    return this._isUnderWay && !cells.some(id => active.has(id));
  }

  /** Ends the run under way, if there is one. */
  end(states: ReadonlyMap<string, ICellState>): void {
    const record = this._record;
    if (record && this._isUnderWay) {
      this._isUnderWay = false;
      const { graph, onEnded } = this._options;
      onEnded(finishedRun(record, graph, states, record.finish()));
    }
  }

  private _record: RunRecord | null = null;
  private _isUnderWay = false;
}
