import '../browser';

import { CodeMirrorEditorFactory } from '@jupyterlab/codemirror';
import { CellCounterStatus, Notebook, NotebookModel } from '@jupyterlab/notebook';
import { RenderMimeRegistry } from '@jupyterlab/rendermime';

import { tellCells } from '../../src/notebook/tellCells';

describe('the count of cells in the status bar', () => {
  it('is of the cells that a notebook read anew has', () => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const file = (sources: readonly string[]) => ({
      ...{ metadata: {}, nbformat: 4, nbformat_minor: 5 },
      cells: sources.map(source => ({ cell_type: 'raw', source, metadata: {} }))
    });
    const notebook = new Notebook({
      contentFactory: new Notebook.ContentFactory({
        editorFactory: new CodeMirrorEditorFactory().newInlineEditor
      }),
      mimeTypeService: {
        getMimeTypeByLanguage: () => 'text/plain',
        getMimeTypeByFilePath: () => 'text/plain'
      },
      rendermime: new RenderMimeRegistry()
    });
    const model = new NotebookModel();
    model.fromJSON(file(['one']));
    notebook.model = model;
    tellCells(notebook);
    const status = new CellCounterStatus.Model();
    status.notebook = notebook;
    const { sharedModel } = model;
    for (const sources of [['a', 'b', 'c', 'd'], ['e', 'f'], ['g']]) {
      model.fromJSON(file(sources));
      expect(status.totalCells).toBe(sources.length);
    }
    sharedModel.insertCell(1, { cell_type: 'raw' });
    expect(status.totalCells).toBe(2);
    notebook.dispose();
    sharedModel.insertCell(1, { cell_type: 'raw' });
    expect(status.totalCells).toBe(2);
    model.dispose();
    jest.restoreAllMocks();
  });
});
