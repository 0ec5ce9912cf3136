import type { INotebookModel } from '@jupyterlab/notebook';
import { IMPORT_LINE, importIndex } from '@llmos-lab/skills';

import { inOneStep } from '../../notebook/undoStep';
import { cellTexts } from '../../skills/insertSkill';

/** The new source of a cell, and the skill that it calls now. */
export interface IReplacement {
  readonly cellId: string;
  readonly source: string;
  readonly skill: string;
  readonly version: string | undefined;
}

/**
 * Puts the call of a skill in the place of a cell, and the import above it when no cell
 * has it, as one step for undo. False when the cell is gone.
 */
export function replaceCell(model: INotebookModel, replacement: IReplacement): boolean {
  const { cellId, source, skill, version } = replacement;
  const { sharedModel } = model;
  const index = sharedModel.cells.findIndex(cell => cell.getId() === cellId);
  const cell = sharedModel.cells[index];
  if (!cell) {
    return false;
  }
  const importAt = importIndex(cellTexts(model), index);
  inOneStep(sharedModel, () => {
    cell.setSource(source);
    cell.setMetadata('llmos', {
      v: 1,
      skill,
      ...(version === undefined ? {} : { version })
    });
    if (importAt >= 0) {
      sharedModel.insertCell(importAt, { cell_type: 'code', source: IMPORT_LINE });
    }
  });
  return true;
}
