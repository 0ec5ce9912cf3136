import type { INotebookModel } from '@jupyterlab/notebook';
import type { INotebookContent } from '@jupyterlab/nbformat';
import type { INotebookStep } from '@llmos-lab/skills';

import { takeSnapshot, type ISnapshot } from './snapshot';

/** A change that a turn made itself. */
export interface ITurnStep extends INotebookStep {
  /** Whether nobody else changed the notebook while it went on. */
  readonly isAlone: boolean;
  /**
   * Whether nobody did between the step before and this one; of a turn's first step the
   * notebook before it instead, as whole notebooks may be large.
   */
  readonly from: ISnapshot | { readonly follows: boolean };
  /** Of a turn's last step the notebook after it, as text. */
  readonly to?: string;
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
    this._add(from, text, content);
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
        this._add(from, text, after);
      }
    }
  }

  private _add(from: ISnapshot, to: string, now: INotebookContent): void {
    if (to === from.text) {
      return;
    }
    const last = this._all.at(-1);
    const before = sharing(from.content, last?.after);
    const step = {
      ...{ before, after: sharing(now, before), to },
      isAlone: JSON.stringify(now) === to
    };
    if (last) {
      const { to: lastTo, ...rest } = last;
      const follows = lastTo === from.text;
      this._all = [...this._all.slice(0, -1), rest, { ...step, from: { follows } }];
    } else {
      this._all = [{ ...step, from: { text: from.text, content: before } }];
    }
  }

  private _all: readonly ITurnStep[] = [];
  private _hasRun = false;
}

/** Whether the steps and nobody else made of the first one's beginning what is there now. */
export function areAllOf(steps: readonly ITurnStep[], now: string): boolean {
  return steps.every(({ to, isAlone }, at) => {
    const next = steps[at + 1]?.from ?? { text: now };
    return isAlone && ('follows' in next ? next.follows : to === next.text);
  });
}

/** A notebook whose cells, where they are the same as in another, are those of the other. */
function sharing<N extends Pick<INotebookStep['before'], 'cells'>>(
  notebook: N,
  other: INotebookStep['before'] | undefined
): N {
  const known = new Map(other?.cells.map(cell => [JSON.stringify(cell), cell]));
  const cells = notebook.cells.map(cell => known.get(JSON.stringify(cell)) ?? cell);
  return { ...notebook, cells };
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
