import type { INotebookModel } from '@jupyterlab/notebook';
import type { INotebookContent } from '@jupyterlab/nbformat';

/** A notebook as it was, with outputs and metadata. */
export interface ISnapshot {
  readonly content: INotebookContent;
  /** The same as text, to compare. */
  readonly text: string;
}

/** Takes down a notebook as it is. */
export function takeSnapshot(model: INotebookModel): ISnapshot {
  const text = JSON.stringify(model.sharedModel.toJSON());
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
  const { undoManager } = sharedModel as {
    undoManager?: { stopCapturing(): void } | null;
  };
  undoManager?.stopCapturing();
  const wanted = content.cells.map(cell => JSON.stringify(cell));
  sharedModel.transact(() => {
    const there = sharedModel.cells.map(cell => JSON.stringify(cell.toJSON()));
    let start = 0;
    while (start < there.length && there[start] === wanted[start]) {
      start++;
    }
    let end = 0;
    const most = Math.min(there.length, wanted.length) - start;
    while (
      end < most &&
      there[there.length - 1 - end] === wanted[wanted.length - 1 - end]
    ) {
      end++;
    }
    sharedModel.deleteCellRange(start, there.length - end);
    sharedModel.insertCells(start, content.cells.slice(start, wanted.length - end));
    if (JSON.stringify(sharedModel.metadata) !== JSON.stringify(content.metadata)) {
      sharedModel.metadata = content.metadata;
    }
  });
  undoManager?.stopCapturing();
  if (JSON.stringify(sharedModel.toJSON()) !== text) {
    // Keys in another order, or an older format: only the whole brings it back.
    sharedModel.fromJSON(content);
  }
}
