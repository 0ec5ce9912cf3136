import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';

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
  await panel.content.scrollToItem(index, 'smart');
  return true;
}
