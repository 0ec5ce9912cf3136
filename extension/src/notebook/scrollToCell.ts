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
