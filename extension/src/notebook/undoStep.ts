import type { ISharedCell } from '@jupyter/ydoc';
import type { INotebookModel } from '@jupyterlab/notebook';

type SharedNotebook = INotebookModel['sharedModel'];

/** What of `Y.UndoManager` is used here. */
interface IUndoManager {
  stopCapturing(): void;
  addTrackedOrigin(origin: unknown): void;
  removeTrackedOrigin(origin: unknown): void;
  readonly undoStack: readonly unknown[];
  on(name: 'stack-item-added', listener: () => void): void;
  off(name: 'stack-item-added', listener: () => void): void;
}

/**
 * Runs an edit as one step of undo, apart from what was typed before and after.
 *
 * @param shared the notebook or cell whose undo it is a step of
 * @param cells those of the notebook that can take it back by the undo of their editor too
 */
export function inOneStep(
  shared: SharedNotebook | ISharedCell,
  edit: () => void,
  cells: readonly ISharedCell[] = []
): void {
  const whole = undoManagerOf(shared);
  // Where undo is that of the whole document, cells have the notebook's.
  const own = cells.map(undoManagerOf).filter(manager => manager !== whole);
  const notebook = notebookOf(shared);
  const managers = [whole, ...own, notebook && undoManagerOf(notebook)];
  managers.forEach(manager => manager?.stopCapturing());
  own.forEach(manager => manager?.addTrackedOrigin(shared));
  try {
    shared.transact(edit);
  } finally {
    own.forEach(manager => manager?.removeTrackedOrigin(shared));
    managers.forEach(manager => manager?.stopCapturing());
  }
}

/** What undo would take back now. */
export function lastStep(shared: SharedNotebook | ISharedCell): unknown {
  return undoManagerOf(shared)?.undoStack.at(-1);
}

/** Calls back at each new step, also of redo; what it gives ends that. */
export function onStep(shared: SharedNotebook, callback: () => void): () => void {
  const manager = undoManagerOf(shared);
  manager?.on('stack-item-added', callback);
  return () => manager?.off('stack-item-added', callback);
}

/** The notebook that a cell is in, which the interface of cells does not declare. */
export function notebookOf(
  shared: SharedNotebook | ISharedCell
): SharedNotebook | null {
  const { notebook } = shared as { notebook?: SharedNotebook | null };
  return notebook ?? null;
}

/** The undo manager of a shared model, which its interface does not declare. */
export function undoManagerOf(
  shared: SharedNotebook | ISharedCell
): IUndoManager | undefined {
  const { undoManager } = shared as { undoManager?: IUndoManager | null };
  return undoManager ?? undefined;
}
