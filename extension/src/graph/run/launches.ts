import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { ILaunchedCell, RunCell } from './runCell';

/** Where cells are sent from, and how. */
export interface ILaunchesOptions {
  /** The views of the notebook that are open. */
  readonly views: () => readonly NotebookPanel[];
  readonly runCell: RunCell;
}

/** The cells that a run has sent to the kernel, to tell them from those run by hand. */
export class Launches {
  constructor(private readonly _options: ILaunchesOptions) {}

  has(cell: string): boolean {
    return this._launched.has(cell);
  }

  /**
   * Runs a cell where a person sees it, if any of its views is in sight; null where no
   * view has it.
   */
  launch(id: string): ILaunchedCell | null {
    const views = this._options.views();
    const view = views.find(({ isVisible }) => isVisible) ?? views[0];
    const cell = view?.content.widgets.find(({ model }) => model.id === id);
    if (!view || !(cell instanceof CodeCell)) {
      return null;
    }
    this._launched.set(id, null);
    const launched = this._options.runCell(view, cell);
    this._launched.set(id, launched);
    return launched;
  }

  /**
   * The kernel begins with the cell, which the notebook may show from now on: what it has
   * put out before goes with that, and stays where the kernel drops the cell instead.
   */
  begin(cell: string): void {
    const launched = this._launched.get(cell);
    if (launched) {
      this._unshown = [...this._unshown, launched];
    }
  }

  /** The cell has ended. */
  end(cell: string): void {
    this._launched.delete(cell);
  }

  /** The kernel drops the cell before it begins: there is nothing of it to show. */
  withdraw(cell: string): void {
    this._launched.delete(cell);
  }

  /** Forgets all: their kernel is gone. */
  clear(): void {
    this._launched.clear();
  }

  /** Lets the notebook show what the cells that have begun put out. */
  show(): void {
    const unshown = this._unshown;
    this._unshown = [];
    unshown.forEach(launched => launched.show());
  }

  private readonly _launched = new Map<string, ILaunchedCell | null>();
  /** Cells that run, or have run, and whose outputs nobody sees yet. */
  private _unshown: readonly ILaunchedCell[] = [];
}
