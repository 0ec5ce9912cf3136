import type { INotebookModel } from '@jupyterlab/notebook';
import type { INotebookContent } from '@jupyterlab/nbformat';

import { longestRun } from '../graph/edit/notebookCells';
import { inOneStep } from '../notebook/undoStep';

/** A notebook as it was, with outputs, metadata and the ids of its cells. */
export interface ISnapshot {
  readonly content: INotebookContent;
  /** The same as text, to compare. */
  readonly text: string;
}

/** Takes down a notebook as it is. */
export function takeSnapshot(model: INotebookModel): ISnapshot {
  const { sharedModel } = model;
  // Files of older formats have no ids.
  const cells = sharedModel.cells.map(cell => cell.toJSON());
  const text = JSON.stringify({ ...sharedModel.toJSON(), cells });
  return { content: JSON.parse(text) as INotebookContent, text };
}

/**
 * Makes the notebook what it was, byte for byte, as one step of its own undo. Cells that
 * are as they were stay, with their widgets.
 */
export function restoreSnapshot(
  model: INotebookModel,
  { content, text }: ISnapshot
): void {
  const { sharedModel } = model;
  const wanted = content.cells.map(cell => JSON.stringify(cell));
  inOneStep(sharedModel, () => {
    const there = sharedModel.cells.map(cell => JSON.stringify(cell.toJSON()));
    const kept = longestRun(there, wanted);
    for (let index = there.length - 1; index >= 0; index--) {
      if (!kept.has(there[index] ?? '')) {
        sharedModel.deleteCellRange(index, index + 1);
      }
    }
    content.cells.forEach((cell, index) => {
      if (!kept.has(wanted[index] ?? '')) {
        sharedModel.insertCell(index, cell);
      }
    });
    if (JSON.stringify(sharedModel.metadata) !== JSON.stringify(content.metadata)) {
      sharedModel.metadata = content.metadata;
    }
  });
  if (takeSnapshot(model).text !== text) {
    // Keys in another order, or an older format: only the whole brings it back.
    sharedModel.fromJSON(content);
  }
}
