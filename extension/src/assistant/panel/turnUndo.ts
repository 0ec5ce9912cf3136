import type { NotebookPanel } from '@jupyterlab/notebook';

import { restoreSnapshot, takeSnapshot, type ISnapshot } from '../snapshot';

/** The notebook before and after a turn that changed it. */
export interface IUndoable {
  readonly panel: NotebookPanel;
  readonly before: ISnapshot;
  readonly after: string;
}

/** Notebooks as they were before the turns of this page, by the answer's id. */
export class TurnUndo {
  /** Keeps what a turn began with, where it changed the notebook. */
  remember(id: string, turn: IUndoable): void {
    if (turn.before.text !== turn.after) {
      this._turns.set(id, turn);
    }
  }

  /** Whether there is a turn to undo, and its notebook still open. */
  can(id: string): boolean {
    const turn = this._turns.get(id);
    return turn !== undefined && !turn.panel.isDisposed;
  }

  /** Whether the notebook was changed after the turn. */
  changedSince(id: string): boolean {
    const turn = this._turns.get(id);
    const model = turn?.panel.model;
    return model ? takeSnapshot(model).text !== turn.after : false;
  }

  /** Sets the notebook back; a turn is undone once. */
  undo(id: string): void {
    const { panel, before } = this._turns.get(id) ?? {};
    if (panel?.model && before) {
      restoreSnapshot(panel.model, before);
      this._turns.delete(id);
    }
  }

  private readonly _turns = new Map<string, IUndoable>();
}
