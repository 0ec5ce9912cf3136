import type { NotebookPanel } from '@jupyterlab/notebook';

import type { ISkillLibrary } from '../../tokens';
import type { INotebookGraphs } from '../tokens';
import { NotebookGraph } from './notebookGraph';

/** Makes each notebook's graph when it is first asked for. */
export class NotebookGraphs implements INotebookGraphs {
  constructor(private readonly _library: ISkillLibrary) {}

  of(notebook: NotebookPanel): NotebookGraph {
    const known = this._graphs.get(notebook);
    if (known && !known.isDisposed) {
      return known;
    }
    const { model } = notebook.context;
    const graph = new NotebookGraph(model, this._library);
    this._graphs.set(notebook, graph);
    notebook.disposed.connect(() => graph.dispose());
    return graph;
  }

  private readonly _graphs = new WeakMap<NotebookPanel, NotebookGraph>();
}
