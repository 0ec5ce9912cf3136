import type { IDisposable } from '@lumino/disposable';

import type { Executions } from './executions';
import type { Launches } from './launches';
import type { PoolCalls } from './poolCalls';
import type { PoolWork } from './poolWork';
import type { ILaunchedCell } from './runCell';
import type { SentCells } from './sentCells';
import type { CellStates } from './states';
import { nextCell, nextStep } from './steps';

/** What the kernel's work is chosen by, and by whom it is done. */
export interface IKernelTurnsOptions {
  readonly states: CellStates;
  readonly pool: PoolCalls;
  readonly poolWork: Pick<PoolWork, 'prepare'>;
  readonly launches: Launches;
  readonly executions: Executions;
  readonly sent: SentCells;
  /** Whether the kernel drops what it has not begun with when a cell fails. */
  readonly dropsQueue: () => boolean;
  /** A cell is on its way to the kernel. */
  readonly onLaunched: (cell: string) => void;
}

/** Gives a kernel what the schedule allows: one thing at a time, short cells one ahead. */
export class KernelTurns implements IDisposable {
  constructor(private readonly _options: IKernelTurnsOptions) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
  }

  /** Gives the kernel its next work, if it is free and there is some. */
  step(): void {
    const { states, pool, poolWork } = this._options;
    const step = this._isBusy
      ? null
      : nextStep(states.schedule, pool, id => states.expectedMs(id));
    if (step && !this._isDisposed) {
      this._isBusy = true;
      const kernel = this._kernel;
      const work =
        step.type === 'execute'
          ? this._execute(step.cell)
          : poolWork.prepare(step.cells);
      void work.finally(() => {
        if (kernel === this._kernel) {
          this._isBusy = false;
          this.step();
        }
      });
    }
  }

  /** Lets a cell that was sent ahead wait again: the kernel drops it, or has done so. */
  takeBack(): void {
    const { sent, launches } = this._options;
    if (this._ahead !== null && sent.takeBack(this._ahead)) {
      launches.withdraw(this._ahead);
    }
    this._ahead = null;
  }

  /** The kernel is gone with all that it had; the next one is free. */
  forget(): void {
    this._kernel += 1;
    this._isBusy = false;
    this._ahead = null;
    this._options.launches.clear();
  }

  /** Runs a cell, and those whose turn is next for certain, one sent ahead of its turn. */
  private async _execute(first: string): Promise<void> {
    const { states, launches, executions, dropsQueue } = this._options;
    const kernel = this._kernel;
    let cell: string | null = first;
    for (let launched = this._launch(first); cell !== null;) {
      // Other kernels than the page's do not drop what was sent when a cell fails.
      this._ahead = launched?.future && dropsQueue() ? this._next(cell) : null;
      const ahead = this._ahead === null ? null : this._launch(this._ahead);
      await launched?.ended;
      launches.end(cell);
      if (!executions.open.has(cell)) {
        // Without a kernel nothing was sent, and no end will be told.
        states.send({ type: 'cancelled', cell });
      }
      cell = kernel === this._kernel ? this._ahead : null;
      launched = ahead;
    }
  }

  private _next(cell: string): string | null {
    const { states, pool } = this._options;
    return nextCell(states.schedule, cell, pool, id => states.expectedMs(id));
  }

  private _launch(id: string): ILaunchedCell | null {
    const { launches, executions, onLaunched } = this._options;
    const launched = launches.launch(id);
    if (launched) {
      onLaunched(id);
    }
    if (launched?.future) {
      executions.follow(id, launched.future);
    }
    return launched;
  }

  private _isBusy = false;
  /** The cell that stands behind the running one in the kernel's queue. */
  private _ahead: string | null = null;
  /** Counts kernels, so that work for a lost one does not go on in the next. */
  private _kernel = 0;
  private _isDisposed = false;
}
