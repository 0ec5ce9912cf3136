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

/** The text of a notebook without trust marks; the same text when it has none. */
function stripText(text: string): string {
  if (!text.trimStart().startsWith('{')) {
    return text;
  }
  let notebook: unknown;
  try {
    notebook = JSON.parse(text);
  } catch {
    return text; // no JSON, so no notebook either
  }
  const stripped = stripNotebook(notebook);
  const isSame = JSON.stringify(stripped) === JSON.stringify(notebook);
  return isSame ? text : `${JSON.stringify(stripped, null, 1)}\n`;
}

/**
 * A Contents model without `metadata.trusted` on any cell of its notebook. JupyterLab
 * believes that mark from any file when no server signs notebooks, and a trusted
 * output may run scripts in the page; so every drive's `get` passes through here.
 * What counts is the content: any file can be opened as a notebook, whatever its name.
 * Other models come back as they are.
 */
export function stripTrust<T extends Contents.IModel>(model: T): T {
  const content: unknown = model.content;
  if (typeof content === 'string') {
    const text = model.format === 'base64' ? content : stripText(content);
    return text === content ? model : { ...model, content: text };
  }
  return isRecord(content) ? { ...model, content: stripNotebook(content) } : model;
}
