import '../browser';

import { NotebookModel } from '@jupyterlab/notebook';

import { insertSkill } from '../../src/skills/insertSkill';
import { HAMILTONIAN, libraryOf, VQE } from './fixtures';

const { library } = libraryOf(HAMILTONIAN, VQE);
const find = library.get.bind(library);

function notebookOf(...sources: readonly string[]): NotebookModel {
  return fill(new NotebookModel(), sources);
}

function fill(model: NotebookModel, sources: readonly string[]): NotebookModel {
  model.sharedModel.deleteCellRange(0, model.sharedModel.cells.length);
  model.sharedModel.insertCells(
    0,
    sources.map(source => ({ cell_type: 'code', source }))
  );
  model.sharedModel.clearUndoHistory();
  return model;
}

const sourcesOf = (model: NotebookModel): string[] =>
  model.sharedModel.cells.map(cell => cell.getSource());

const IMPORT = 'from llmos import skill';
const HAMILTONIAN_CALL = 'hamiltonian = await skill("quantum-hamiltonian")()';

beforeEach(() => {
  // Yjs remarks that JupyterLab fills cells before they are in the document.
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
});

describe('insertSkill', () => {
  it('fills an empty notebook with the import and the cell', () => {
    const model = notebookOf('');
    const index = insertSkill(model, { entry: HAMILTONIAN, place: { after: 0 }, find });
    expect(sourcesOf(model)).toEqual([IMPORT, HAMILTONIAN_CALL]);
    expect(index).toBe(1);
  });

  it('leaves the undo of a notebook whole where its cells share it', () => {
    const before = [IMPORT, ''];
    const empty = new NotebookModel({ disableDocumentWideUndoRedo: false });
    const model = fill(empty, before);
    const { sharedModel } = model;
    insertSkill(model, { entry: HAMILTONIAN, place: { into: 1 }, find });
    sharedModel.transact(() => sharedModel.getCell(0).setSource('x = 1'));
    sharedModel.undo();
    expect(sourcesOf(model)).toEqual([IMPORT, HAMILTONIAN_CALL]);
    sharedModel.undo();
    expect(sourcesOf(model)).toEqual(before);
  });

  it('inserts below the active cell and leaves the others alone', () => {
    const model = notebookOf(IMPORT, 'x = 1', 'y = 2');
    const index = insertSkill(model, { entry: HAMILTONIAN, place: { after: 1 }, find });
    expect(sourcesOf(model)).toEqual([IMPORT, 'x = 1', HAMILTONIAN_CALL, 'y = 2']);
    expect(index).toBe(2);
  });

  it('puts the import above when it is missing', () => {
    const model = notebookOf('x = 1', 'y = 2');
    const index = insertSkill(model, { entry: HAMILTONIAN, place: { after: 0 }, find });
    expect(sourcesOf(model)).toEqual([IMPORT, 'x = 1', HAMILTONIAN_CALL, 'y = 2']);
    expect(index).toBe(2);
  });

  it('appends when no cell is active', () => {
    const model = notebookOf(IMPORT, 'x = 1');
    insertSkill(model, { entry: HAMILTONIAN, place: { after: -1 }, find });
    expect(sourcesOf(model)[2]).toBe(HAMILTONIAN_CALL);
  });

  it('connects what clearly fits, and names twins apart', () => {
    const model = notebookOf(IMPORT, HAMILTONIAN_CALL);
    insertSkill(model, { entry: VQE, place: { after: 1 }, find });
    insertSkill(model, { entry: VQE, place: { after: 2 }, find });
    expect(sourcesOf(model).slice(2)).toEqual([
      'vqe = await skill("quantum-vqe")(hamiltonian=hamiltonian.hamiltonian)',
      'vqe_2 = await skill("quantum-vqe")(hamiltonian=hamiltonian.hamiltonian)'
    ]);
  });

  it('writes given values, which win over links', () => {
    const model = notebookOf(IMPORT, HAMILTONIAN_CALL);
    const inputs = { iterations: 7, hamiltonian: { ZZ: 0.5 } };
    insertSkill(model, { entry: VQE, inputs, place: { after: 1 }, find });
    expect(sourcesOf(model)[2]).toBe(
      'vqe = await skill("quantum-vqe")(hamiltonian={"ZZ": 0.5}, iterations=7)'
    );
  });

  it('records skill and version under the one metadata key', () => {
    const model = notebookOf(IMPORT);
    insertSkill(model, { entry: HAMILTONIAN, place: { after: 0 }, find });
    expect(model.cells.get(1).metadata).toEqual({
      llmos: {
        v: 1,
        skill: 'quantum-hamiltonian',
        version: 'sha256:quantum-hamiltonian'
      }
    });
  });

  it('is one step for undo, import and all, apart from the steps before', () => {
    const model = notebookOf('x = 1');
    model.sharedModel.insertCell(1, { cell_type: 'code', source: 'y = 2' });
    insertSkill(model, { entry: HAMILTONIAN, place: { after: 1 }, find });
    expect(sourcesOf(model)).toHaveLength(4);
    model.sharedModel.undo();
    expect(sourcesOf(model)).toEqual(['x = 1', 'y = 2']);
    model.sharedModel.undo();
    expect(sourcesOf(model)).toEqual(['x = 1']);
    model.sharedModel.redo();
    model.sharedModel.redo();
    expect(sourcesOf(model)).toHaveLength(4);
  });

  it('takes the empty cell back when an empty notebook is undone', () => {
    const model = notebookOf('');
    insertSkill(model, { entry: HAMILTONIAN, place: { after: 0 }, find });
    model.sharedModel.undo();
    expect(sourcesOf(model)).toEqual(['']);
  });

  it('goes to an index, also above all cells', () => {
    const model = notebookOf('x = 1', 'y = 2');
    expect(insertSkill(model, { entry: HAMILTONIAN, place: { at: 0 }, find })).toBe(1);
    expect(sourcesOf(model)).toEqual([IMPORT, HAMILTONIAN_CALL, 'x = 1', 'y = 2']);
    insertSkill(model, { entry: VQE, place: { at: 99 }, find });
    expect(sourcesOf(model)[4]).toContain('hamiltonian=hamiltonian.hamiltonian');
  });

  it('takes the place of the text of a cell, which one undo brings back', () => {
    const model = notebookOf('/hamil', 'y = 2');
    const place = { into: 0 };
    expect(insertSkill(model, { entry: HAMILTONIAN, place, find })).toBe(1);
    expect(sourcesOf(model)).toEqual([IMPORT, HAMILTONIAN_CALL, 'y = 2']);
    expect(model.cells.get(1).metadata).toHaveProperty('llmos.version');
    model.sharedModel.undo();
    expect(sourcesOf(model)).toEqual(['/hamil', 'y = 2']);
    expect(model.cells.get(0).metadata).toEqual({});
    model.sharedModel.redo();
    expect(sourcesOf(model)).toEqual([IMPORT, HAMILTONIAN_CALL, 'y = 2']);
  });

  it('gives the text back by the undo of the cell too, once', () => {
    const model = notebookOf(IMPORT, '/hamil');
    insertSkill(model, { entry: HAMILTONIAN, place: { into: 1 }, find });
    model.sharedModel.getCell(1).undo();
    expect(sourcesOf(model)).toEqual([IMPORT, '/hamil']);
    model.sharedModel.undo();
    expect(sourcesOf(model)).toEqual([IMPORT, '/hamil']);
  });
});
