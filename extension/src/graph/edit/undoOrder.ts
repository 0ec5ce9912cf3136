import { YSyncConfig } from '@jupyterlab/codemirror';
import type { INotebookModel } from '@jupyterlab/notebook';

type SharedNotebook = INotebookModel['sharedModel'];
type SharedCell = SharedNotebook['cells'][number];

/** What of Yjs is used here; see `Y.UndoManager` and `Y.Doc`. */
interface IUndoManager {
  addTrackedOrigin(origin: unknown): void;
  stopCapturing(): void;
}
interface IDocument {
  on(
    name: 'beforeTransaction',
    listener: (transaction: { readonly origin: unknown }) => void
  ): void;
}

/** Sources that the graph has edited, by notebook. */
const edited = new WeakMap<SharedNotebook, WeakSet<object>>();

/**
 * For a cell that the graph is about to edit, or has put in: from now on the edit is a step of the cell's own
 * undo too, and what is typed there, or written by its form, one of the notebook's.
 * JupyterLab keeps the two apart: an edit that is taken back from below a later one would
 * leave a source that is neither.
 */
export function keepOrder(sharedModel: SharedNotebook, cell: SharedCell): void {
  const { undoManager, ydoc } = sharedModel as {
    readonly undoManager?: IUndoManager | null;
    readonly ydoc?: IDocument;
  };
  const { ysource, undoManager: own } = cell as {
    readonly ysource?: object;
    readonly undoManager?: IUndoManager | null;
  };
  if (!undoManager || !ydoc || !ysource) {
    return;
  }
  own?.stopCapturing();
  own?.addTrackedOrigin(sharedModel);
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
