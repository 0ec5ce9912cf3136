import { notebookOf } from './fixture';

import { isCodeCellModel } from '@jupyterlab/cells';

import { notebookFacts } from '../../src/assistant/notebookFacts';

describe('notebookFacts', () => {
  it('has for each cell what a person may call it by', () => {
    const { model, panel } = notebookOf('a.ipynb', '# Load the data\nx = 1', 'x + 1');
    const first = model.cells.get(0);
    if (isCodeCellModel(first)) {
      first.executionCount = 3;
    }
    expect(notebookFacts(panel, null)?.cells).toEqual([
      expect.objectContaining({ count: 3, title: 'Load the data' }),
      expect.not.objectContaining({ count: expect.anything() as number })
    ]);
  });
});
