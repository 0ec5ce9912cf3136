import { YSyncConfig } from '@jupyterlab/codemirror';
import type { INotebookModel } from '@jupyterlab/notebook';

import { undoManagerOf } from './undoStep';

type SharedNotebook = INotebookModel['sharedModel'];
type SharedCell = SharedNotebook['cells'][number];

/** What of `Y.Doc` is used here. */
interface IDocument {
  on(
    name: 'beforeTransaction',
    listener: (transaction: { readonly origin: unknown }) => void
  ): void;
}

/** Sources that the graph or a form has edited, by notebook. */
const edited = new WeakMap<SharedNotebook, WeakSet<object>>();

/**
 * For a cell that the graph edits or adds, or whose form writes: from now on what is typed
 * there, or written by its form, is a step of the notebook's undo too. JupyterLab keeps the
 * two apart: an edit that is taken back from below a later one would leave a source that is
 * neither.
 */
export function keepOrder(sharedModel: SharedNotebook, cell: SharedCell): void {
  const undoManager = undoManagerOf(sharedModel);
  const { ydoc } = sharedModel as { readonly ydoc?: IDocument };
  const { ysource } = cell as { readonly ysource?: object };
  if (!undoManager || !ydoc || !ysource) {
    return;
  }
  // A form edits in the cell's name, an editor in that of its binding.
  undoManager.addTrackedOrigin(cell);
  let sources = edited.get(sharedModel);
  if (!sources) {
    const known = (sources = new WeakSet());
    edited.set(sharedModel, known);
    ydoc.on('beforeTransaction', ({ origin }) => {
      if (origin instanceof YSyncConfig && known.has(origin.ytext)) {
        undoManager.addTrackedOrigin(origin);
      }
    });
  }
  sources.add(ysource);
}
