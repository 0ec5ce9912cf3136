import type { JupyterFrontEnd } from '@jupyterlab/application';
import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import { scrollToCell } from './scrollToCell';

/**
 * Brings a notebook to the front, and one of its cells into sight as the active one; false
 * where the notebook has no such cell any more.
 */
export async function revealCell(
  shell: Pick<JupyterFrontEnd.IShell, 'activateById'>,
  panel: NotebookPanel,
  cell: string
): Promise<boolean> {
  const index = panel.isDisposed
    ? -1
    : panel.content.widgets.findIndex(({ model }) => model.id === cell);
  if (index < 0) {
    return false;
  }
  shell.activateById(panel.id);
  panel.content.activeCellIndex = index;
  await scrollToCell(panel.content, index, 'smart');
  return true;
}

/** The same, with the beginning of what the cell has put out, where that ends out of sight. */
export async function revealOutputs(
  ...[shell, panel, cell]: Parameters<typeof revealCell>
): Promise<boolean> {
  const isThere = await revealCell(shell, panel, cell);
  const { activeCell, outerNode } = panel.content;
  if (isThere && activeCell instanceof CodeCell) {
    const { node } = activeCell.outputArea;
    const sight = outerNode.getBoundingClientRect();
    if (node.getBoundingClientRect().bottom > sight.bottom) {
      node.scrollIntoView({ block: 'start' });
    }
  }
  return isThere;
}
