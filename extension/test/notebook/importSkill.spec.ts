import '../browser';

import type { ICodeCellModel } from '@jupyterlab/cells';
import { NotebookModel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';

import { importSkill } from '../../src/notebook/importSkill';

const IMPORT = 'from llmos import skill';
const CALL = 'h = await skill("quantum-hamiltonian")()';

/** Codes that are sent beside the last of the cells before that is run. */
function sentFor(sources: readonly string[]): unknown[] {
  const notebook = new NotebookModel();
  notebook.sharedModel.deleteCellRange(0, notebook.sharedModel.cells.length);
  notebook.sharedModel.insertCells(
    0,
    sources.map(source => ({ cell_type: 'code', source }))
  );
  const requestExecute = jest.fn();
  const kernel = { requestExecute } as unknown as Kernel.IKernelConnection;
  const cell = notebook.cells.get(sources.length - 1) as ICodeCellModel;
  importSkill(kernel, notebook, cell);
  notebook.dispose();
  return requestExecute.mock.calls;
}

describe('importSkill', () => {
  // Yjs warns of cells that no document has yet.
  beforeEach(() => jest.spyOn(console, 'warn').mockImplementation(() => undefined));
  afterEach(() => jest.restoreAllMocks());

  it('imports beside the cell what a cell above imports, and replaces nothing', () => {
    expect(sentFor([IMPORT, 'x = 1', CALL])).toEqual([
      [
        {
          code: 'try:\n    skill\nexcept NameError:\n    from llmos import skill',
          silent: true,
          stop_on_error: false
        }
      ]
    ]);
  });

  it.each([
    ['a notebook that imports it nowhere above', ['x = 1', CALL]],
    ['a notebook that imports another', ['from mine import skill', CALL]],
    ['a cell that calls no skill', [IMPORT, 'x = 1']],
    ['a cell that imports by itself', [IMPORT, `${IMPORT}\n${CALL}`]]
  ])('leaves %s to the kernel', (_, sources) => {
    expect(sentFor(sources)).toEqual([]);
  });
});
