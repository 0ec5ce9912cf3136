import type { INotebookModel } from '@jupyterlab/notebook';
import type { INotebookContent } from '@jupyterlab/nbformat';
import type { INotebookStep } from '@llmos-lab/skills';

import { takeSnapshot, type ISnapshot } from './snapshot';

/** A change that a turn made itself. */
export interface ITurnStep extends INotebookStep {
  /** The notebook before it. */
  readonly from: ISnapshot;
  /** The notebook after it, as text; with what others did while it went on. */
  readonly to: string;
}

/** What a turn does to its notebook, without what people do there meanwhile. */
export class TurnSteps {
  /** Oldest first. */
  get all(): readonly ITurnStep[] {
    return this._all;
  }

  /** Whether cells were run. */
  get hasRun(): boolean {
    return this._hasRun;
  }

  /** An edit, which is made at once. */
  edit(model: INotebookModel, work: () => void): void {
    const from = takeSnapshot(model);
    work();
    const { content, text } = takeSnapshot(model);
    this._add({ from, to: text, before: from.content, after: content });
  }

  /** A run of these cells: only what they show is of the turn, since people may type. */
  async run(
    model: INotebookModel,
    cells: readonly string[],
    work: () => Promise<unknown>
  ): Promise<void> {
    const from = takeSnapshot(model);
    this._hasRun = true;
    try {
      await work();
    } finally {
      if (!model.isDisposed) {
        const { content, text } = takeSnapshot(model);
        const after = withRuns(from.content, content, new Set(cells));
        this._add({ from, to: text, before: from.content, after });
      }
    }
  }

  private _add(step: ITurnStep): void {
    if (step.to !== step.from.text) {
      this._all = [...this._all, step];
    }
  }

  private _all: readonly ITurnStep[] = [];
  private _hasRun = false;
}

/** Whether the steps and nobody else made of the first one's beginning what is there now. */
export function areAllOf(steps: readonly ITurnStep[], now: string): boolean {
  return steps.every(({ to, after }, at) => {
    const isWhole = JSON.stringify(after) === to;
    return isWhole && to === (steps[at + 1]?.from.text ?? now);
  });
}

function withRuns(
  before: INotebookContent,
  now: INotebookContent,
  ran: ReadonlySet<string>
): INotebookContent {
  const found = new Map(now.cells.map(cell => [cell['id'], cell]));
  const cells = before.cells.map(cell => {
    const { id } = cell;
    const shown = typeof id === 'string' && ran.has(id) ? found.get(id) : undefined;
    return shown ? { ...shown, source: cell.source } : cell;
  });
  // The kernel's name and the like come with a run.
  return { ...now, cells };
}
