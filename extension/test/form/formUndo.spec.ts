import '../browser';

import type { YCodeCell } from '@jupyter/ydoc';
import type { ICodeCellModel } from '@jupyterlab/cells';
import { NotebookModel } from '@jupyterlab/notebook';

import { CellFormModel } from '../../src/form/formModel';
import { HAMILTONIAN, libraryOf, VQE } from '../skills/fixtures';

const V = 'vqe = await skill("quantum-vqe")(iterations=5)';

describe('what a form writes', () => {
  const { library } = libraryOf(HAMILTONIAN, VQE);
  let notebook: NotebookModel;
  let form: CellFormModel;
  let cell: YCodeCell;

  beforeEach(() => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockReturnValue(undefined);
    notebook = new NotebookModel();
    const { sharedModel } = notebook;
    sharedModel.deleteCellRange(0, sharedModel.cells.length);
    sharedModel.insertCell(0, { cell_type: 'code', source: V });
    sharedModel.clearUndoHistory();
    cell = sharedModel.getCell(0) as YCodeCell;
    form = new CellFormModel(notebook.cells.get(0) as ICodeCellModel, library);
  });
  afterEach(() => {
    form.dispose();
    notebook.dispose();
    jest.restoreAllMocks();
  });

  it('is a step of the undo of its notebook, each edit by itself', () => {
    form.setValue('iterations', 6);
    form.setValue('iterations', 7);
    notebook.sharedModel.undo();
    expect(cell.getSource()).toBe(V.replace('5', '6'));
    notebook.sharedModel.undo();
    expect(cell.getSource()).toBe(V);
    notebook.sharedModel.redo();
    expect(cell.getSource()).toBe(V.replace('5', '6'));
  });

  it('is taken back after what was typed behind it', () => {
    form.setValue('iterations', 6);
    cell.updateSource(0, 0, '# mine\n');
    notebook.sharedModel.undo();
    expect(cell.getSource()).toBe(V.replace('5', '6'));
    notebook.sharedModel.undo();
    expect(cell.getSource()).toBe(V);
  });

  it('is no step any more once the cell has taken it back', () => {
    form.setValue('iterations', 6);
    form.undo();
    expect(cell.getSource()).toBe(V);
    notebook.sharedModel.undo();
    expect(cell.getSource()).toBe(V);
  });
});
