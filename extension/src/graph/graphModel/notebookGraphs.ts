import type { NotebookPanel } from '@jupyterlab/notebook';

import type { ISkillLibrary } from '../../tokens';
import type { INotebookGraphs } from '../tokens';
import { NotebookGraph } from './notebookGraph';

/** Makes each notebook's graph when it is first asked for; its views share it. */
export class NotebookGraphs implements INotebookGraphs {
  constructor(private readonly _library: ISkillLibrary) {}

  of(notebook: NotebookPanel): NotebookGraph {
    const { context } = notebook;
    const known = this._graphs.get(context);
    if (known && !known.isDisposed) {
      return known;
    }
    const graph = new NotebookGraph(context.model, this._library);
    this._graphs.set(context, graph);
    context.disposed.connect(() => graph.dispose());
    return graph;
  }

  private readonly _graphs = new WeakMap<NotebookPanel['context'], NotebookGraph>();
}
