import { notebookOf } from './fixture';

import { isCodeCellModel } from '@jupyterlab/cells';

import {
  namesOf,
  notebookFacts,
  withVariables
} from '../../src/assistant/notebookFacts';

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

describe('charts', () => {
  it('are read from what cells show', () => {
    const { model, panel } = notebookOf('a.ipynb', 'curve', 'x = 1');
    const first = model.cells.get(0);
    const values = [{ a: 1, b: 2 }];
    const encoding = { x: { field: 'a' }, y: { field: 'b' } };
    if (isCodeCellModel(first)) {
      first.outputs.add({
        ...{ output_type: 'display_data', metadata: {} },
        data: { 'application/vnd.vegalite.v5+json': { data: { values }, encoding } }
      });
    }
    expect(notebookFacts(panel, null)?.cells).toEqual([
      expect.objectContaining({
        charts: [{ x: 'a', y: 'b', series: [{ name: '', points: [[1, 2]] }] }]
      }),
      expect.not.objectContaining({ charts: expect.anything() as unknown })
    ]);
  });
});

describe('variables', () => {
  it('are those that the question has first, without imports', async () => {
    const many = Array.from({ length: 50 }, (_, at) => `v${at} = ${at}`).join('\n');
    const { panel } = notebookOf('a.ipynb', 'import math\nh = 1', many);
    const facts = notebookFacts(panel, null);
    if (!facts) {
      throw new Error('no facts');
    }
    const names = namesOf(facts, 'What is the value of h?');
    expect(names.slice(0, 3)).toEqual(['h', 'v9', 'v8']);
    expect(names).toHaveLength(51);
    expect(names).not.toContain('math');
    const { signal } = new AbortController();
    const known = await withVariables(facts, { panel, runs: null, names, signal });
    expect(known.unasked).toEqual(names.slice(40));
  });
});
