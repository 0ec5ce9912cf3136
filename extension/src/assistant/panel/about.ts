import type { NotebookPanel } from '@jupyterlab/notebook';

/** What a question is about, settled in the moment in which it is asked. */
export interface IAbout {
  readonly panel: NotebookPanel | null;
  /** Id of the cell that was selected then. */
  readonly cell?: string;
}

/** A question, and what it is about. */
export interface IQuestion extends IAbout {
  readonly text: string;
}

/** A notebook and the cell that is selected in it now. */
export function aboutNow(panel: NotebookPanel | null): IAbout {
  const cell = panel?.content.activeCell?.model.id;
  return { panel, ...(cell === undefined ? {} : { cell }) };
}
