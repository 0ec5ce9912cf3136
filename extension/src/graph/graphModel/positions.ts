import type { INotebookModel } from '@jupyterlab/notebook';
import { isRecord } from '@llmos-lab/skills';

import type { Point } from './view';

/**
 * Writes where nodes stand into their cells' metadata as one step of undo; null takes
 * the place away, so that the layout decides.
 */
export function writePositions(
  model: INotebookModel,
  positions: ReadonlyMap<string, Point | null>
): void {
  const { sharedModel } = model;
  const { undoManager } = sharedModel as { undoManager?: IUndoManager | null };
  // What was typed before and after stays a step of its own for undo.
  undoManager?.stopCapturing();
  sharedModel.transact(() => {
    for (const cell of sharedModel.cells) {
      const position = positions.get(cell.getId());
      const former = cell.getMetadata('llmos');
      const { position: place, ...others } = isRecord(former) ? former : {};
      if (position) {
        const rounded = position.map(Math.round);
        cell.setMetadata('llmos', { v: 1, ...others, position: rounded });
      } else if (position === null && place !== undefined) {
        const isEmpty = Object.keys(others).every(key => key === 'v');
        if (isEmpty) {
          cell.deleteMetadata('llmos');
        } else {
          cell.setMetadata('llmos', others);
        }
      }
    }
  });
  undoManager?.stopCapturing();
}

interface IUndoManager {
  stopCapturing(): void;
}
