import '../browser';

import { NotebookModel, type NotebookPanel } from '@jupyterlab/notebook';

import { TurnSteps } from '../../src/assistant/turnSteps';
import { runTool } from '../../src/assistant/tools/runTool';
import {
  refused,
  type IToolContext,
  type IToolResult
} from '../../src/assistant/tools/toolContext';

describe('the run tool', () => {
  it('asks again when what would run was edited while the person decided', async () => {
    const model = new NotebookModel();
    model.sharedModel.insertCell(0, { cell_type: 'code', source: 'x = 1' });
    const [cell] = model.sharedModel.cells;
    const id = cell?.getId() ?? '';
    const panel = {
      ...{ model, isDisposed: false, content: { activeCell: null, widgets: [] } },
      context: { path: 'a.ipynb', contentsModel: { writable: true } }
    } as unknown as NotebookPanel;
    const run = {
      states: new Map([[id, { status: 'never-run' }]]),
      plan: () => Promise.resolve({ cells: new Map([[id, { action: 'run' }]]) }),
      run: jest.fn(() => Promise.resolve()),
      stop: jest.fn()
    };
    const context = {
      runs: { of: () => run },
      ...{ notebook: () => panel, steps: new TurnSteps() }
    } as unknown as IToolContext;
    const asked: string[] = [];
    const { signal } = new AbortController();
    const { status } = await runTool(
      context,
      { choice: 'all' },
      text => {
        asked.push(text);
        if (asked.length === 1) {
          cell?.setSource('x = 2');
        }
        return Promise.resolve(null);
      },
      signal
    );
    expect(asked).toEqual(['x = 1', 'x = 2']);
    expect([status, run.run.mock.calls.length]).toEqual(['done', 1]);
    const no = (): Promise<IToolResult> => Promise.resolve(refused('No.'));
    const end = await runTool(context, { choice: 'all' }, no, signal);
    expect([end.status, run.run.mock.calls.length]).toEqual(['refused', 1]);
  });
});
