import '../browser';

import { NotebookModel } from '@jupyterlab/notebook';

import { restoreSnapshot, takeSnapshot } from '../../src/assistant/snapshot';
import { readCells, writeCells } from '../../src/graph/edit/notebookCells';

const CONTENT = {
  ...{ nbformat: 4, nbformat_minor: 5 },
  metadata: {
    llmos: { v: 1, session: 's-1' },
    kernelspec: { name: 'p', display_name: 'P' }
  },
  cells: [
    {
      ...{ id: 'a', cell_type: 'code', source: 'x = 1', execution_count: 1 },
      metadata: { llmos: { v: 1 }, tags: ['t'] },
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'one\n' }]
    },
    { id: 'b', cell_type: 'markdown', source: '# Hi', metadata: {} },
    {
      id: 'c',
      cell_type: 'code',
      source: 'y = x',
      metadata: {},
      outputs: [],
      execution_count: null
    }
  ]
};

function model(): NotebookModel {
  const made = new NotebookModel();
  made.fromJSON(CONTENT);
  return made;
}

describe('a notebook that is set back', () => {
  it('is byte for byte what it was, after edits, deletions, outputs and metadata', () => {
    const notebook = model();
    const before = takeSnapshot(notebook);
    const [first, second, third] = readCells(notebook);
    if (!first || !second || !third) {
      throw new Error('Three cells.');
    }
    const added = { id: 'n', type: 'code', source: 'z', metadata: {} } as const;
    writeCells(notebook, [third, added, { ...first, source: 'x = 2', metadata: {} }]);
    notebook.setMetadata('more', 1);
    restoreSnapshot(notebook, before);
    expect(JSON.stringify(notebook.sharedModel.toJSON())).toBe(before.text);
  });

  it('keeps the cells that are as they were', () => {
    const notebook = model();
    const before = takeSnapshot(notebook);
    const kept = notebook.cells.get(0);
    const cells = readCells(notebook);
    writeCells(
      notebook,
      cells.map(cell => (cell.id === 'c' ? { ...cell, source: 'q' } : cell))
    );
    restoreSnapshot(notebook, before);
    expect(notebook.cells.get(0)).toBe(kept);
    expect(notebook.cells.get(2).sharedModel.getSource()).toBe('y = x');
  });

  it('keeps cells between those that change, in files without ids of cells, too', () => {
    const notebook = new NotebookModel();
    notebook.fromJSON({ ...CONTENT, nbformat_minor: 4 });
    const before = takeSnapshot(notebook);
    const kept = notebook.cells.get(1);
    const [first, second, third] = readCells(notebook);
    if (!first || !second || !third) {
      throw new Error('Three cells.');
    }
    const [one, three] = [first, third].map(cell => ({ ...cell, source: 'q' }));
    writeCells(notebook, [one ?? first, second, three ?? third]);
    restoreSnapshot(notebook, before);
    expect(notebook.cells.get(1)).toBe(kept);
    expect(takeSnapshot(notebook).text).toBe(before.text);
  });
});
