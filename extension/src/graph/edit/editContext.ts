import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IEditContext } from '@llmos-lab/skills';

import { isReadOnly } from '../../notebook/readOnly';
import type { ISkillLibrary } from '../../tokens';
import type { INotebookGraphs } from '../tokens';
import { readCells } from './notebookCells';

/** What edits of a notebook's graph have to know besides the notebook. */
export interface IEditSources {
  readonly library: ISkillLibrary;
  /** Graphs that are there already; without them cells are read anew. */
  readonly graphs: INotebookGraphs | null;
}

/** A notebook as edits of its graph see it; null once it is closed. */
export function editContext(
  { library, graphs }: IEditSources,
  panel: NotebookPanel
): IEditContext | null {
  const { model, isDisposed } = panel;
  if (!model || isDisposed) {
    return null;
  }
  const graph = graphs?.of(panel).graph;
  return {
    cells: readCells(model),
    find: id => library.get(id)?.skill,
    isReadOnly: isReadOnly(panel),
    ...(graph ? { graph } : {})
  };
}
