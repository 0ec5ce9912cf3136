import '../browser';

import { NotebookModel, type NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import { NotebookEdits } from '../../src/session/store/notebookEdits';

describe('NotebookEdits', () => {
  it('looks at what is typed for as long as the notebook is open', () => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { sharedModel, cells } = new NotebookModel();
    sharedModel.insertCell(0, { cell_type: 'code', source: '' });
    const at = jest.fn(() => []);
    const edits = new NotebookEdits({
      ...{ at, copy: () => Promise.resolve(null), changed: () => undefined },
      working: () => Promise.reject(new Error('Nothing is compared.'))
    });
    const panel = { context: { path: 'a.ipynb', model: { cells } } };
    Object.assign(panel, { disposed: new Signal(panel) });
    edits.follow(panel as unknown as NotebookPanel);
    sharedModel.getCell(0).setSource('x = 1');
    sharedModel.insertCell(1, { cell_type: 'code', source: '' });
    expect(at).toHaveBeenCalledTimes(2);
    // As widgets do when they are disposed; their model may live on in another view.
    Signal.clearData(panel);
    sharedModel.getCell(0).setSource('x = 2');
    sharedModel.insertCell(2, { cell_type: 'code', source: '' });
    expect(at).toHaveBeenCalledTimes(2);
  });
});
