import { isRecord } from '@llmos-lab/skills';
import type { Contents } from '@jupyterlab/services';

/** The cell without `metadata.trusted`; the same object when it claims nothing. */
function stripCell(cell: unknown): unknown {
  if (!isRecord(cell) || !isRecord(cell.metadata) || !('trusted' in cell.metadata)) {
    return cell;
  }
  const metadata = { ...cell.metadata };
  delete metadata.trusted;
  return { ...cell, metadata };
}

/** The notebook's JSON, its cells and old-style worksheets, without trust marks. */
function stripNotebook(notebook: unknown): unknown {
  if (!isRecord(notebook)) {
    return notebook;
  }
  const stripped = { ...notebook };
  if (Array.isArray(notebook.cells)) {
    stripped.cells = notebook.cells.map(stripCell);
  }
  if (Array.isArray(notebook.worksheets)) {
    stripped.worksheets = notebook.worksheets.map(stripNotebook);
  }
  return stripped;
}

/**
 * A Contents model without `metadata.trusted` on any cell of its notebook. JupyterLab
 * believes that mark from any file when no server signs notebooks, and a trusted
 * output may run scripts in the page; so every drive's `get` passes through here.
 * Other models come back as they are.
 */
export function stripTrust<T extends Contents.IModel>(model: T): T {
  if (model.type !== 'notebook' || model.content == null) {
    return model;
  }
  return { ...model, content: stripNotebook(model.content) };
}
