import type { ICodeCellModel } from '@jupyterlab/cells';
import type { INotebookModel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { analyseCell, IMPORT_LINE, importIndex } from '@llmos-lab/skills';

import { cellTexts } from '../skills/insertSkill';

/** What the kernel has under the name stays, as one's own function. */
const CODE = `try:\n    skill\nexcept NameError:\n    ${IMPORT_LINE}`;

/**
 * Imports `skill` in the kernel for a cell that uses it, where a cell above says so but may
 * not have run: insertions put the import into a cell of its own, and a call of a skill
 * is to run by itself all the same. Nothing is shown or counted, and a kernel that lacks
 * the package tells that when the cell runs.
 */
export function importSkill(
  kernel: Kernel.IKernelConnection,
  notebook: INotebookModel,
  cell: Pick<ICodeCellModel, 'id' | 'sharedModel'>
): void {
  if (!analyseCell(cell.sharedModel.getSource()).uses.includes('skill')) {
    return;
  }
  const cells = cellTexts(notebook);
  const index = notebook.sharedModel.cells.findIndex(({ id }) => id === cell.id);
  if (index >= 0 && importIndex(cells, index) < 0) {
    kernel.requestExecute({ code: CODE, silent: true, stop_on_error: false });
  }
}
