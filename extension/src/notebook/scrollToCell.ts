import type { Notebook } from '@jupyterlab/notebook';

/** Brings a cell into sight; settles too where another one is asked for meanwhile. */
export async function scrollToCell(
  content: Pick<Notebook, 'scrollToItem'>,
  index: number,
  align: 'auto' | 'smart'
): Promise<void> {
  try {
    await content.scrollToItem(index, align);
  } catch {
    // JupyterLab rejects the first of two requests: the second cell is the one to see.
  }
}

/**
 * Brings the active cell into sight, and then its cursor: a cell counts as seen although the
 * code below its form is not.
 */
export async function scrollToCursor(
  content: Pick<Notebook, 'scrollToItem' | 'activeCellIndex' | 'activeCell'>
): Promise<void> {
  await scrollToCell(content, content.activeCellIndex, 'smart');
  const editor = content.activeCell?.editor;
  editor?.revealPosition(editor.getCursorPosition());
}
