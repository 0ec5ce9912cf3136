import '../../browser';

import { CodeCell, CodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { KernelMessage } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';

import { cellRunner } from '../../../src/graph/run/runCell';
import { settle } from './runFixture';

type Handler = (message: object) => unknown;

/** A request as a kernel of JupyterLab follows it. */
class Future {
  onIOPub: Handler = () => undefined;
  onReply: Handler = () => undefined;
  onStdin: Handler = () => undefined;
  readonly msg = { header: { msg_id: 'm1' } };
  readonly delegate = new PromiseDelegate<KernelMessage.IExecuteReplyMsg>();
  readonly done = this.delegate.promise;
  isDisposed = false;
  dispose(): void {
    this.isDisposed = true;
  }
}

const display = (text: string): object => ({
  header: { msg_type: 'display_data' },
  content: { data: { 'text/plain': text }, metadata: {} }
});

/** A cell whose output area takes messages into its model, as the application's does. */
function cellOf(model: CodeCellModel): CodeCell {
  const outputArea = {
    _future: null as Future | null,
    get future() {
      return this._future;
    },
    set future(future: Future | null) {
      this._future = future;
      model.outputs.clear();
      if (future) {
        future.onIOPub = ({ content }: { content?: object }) =>
          model.outputs.add({ output_type: 'display_data', ...content });
        future.onReply = () => undefined;
        future.onStdin = () => asked.push(model.id);
      }
    }
  };
  const cell = { model, outputArea, isDisposed: false, _outputHidden: false };
  return Object.setPrototypeOf(
    Object.defineProperties({}, Object.getOwnPropertyDescriptors(cell)),
    CodeCell.prototype
  ) as CodeCell;
}

/** Cells that a person was asked for input in. */
const asked: string[] = [];

describe('cellRunner', () => {
  const requests: { content: object; metadata: object | undefined }[] = [];
  let future: Future;
  let cell: CodeCell;
  let panel: NotebookPanel;

  const texts = (): unknown[] =>
    cell.model.outputs.toJSON().map(({ data }) => (data as object | undefined) ?? null);

  beforeEach(() => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    requests.length = 0;
    asked.length = 0;
    future = new Future();
    const model = new CodeCellModel({});
    model.sharedModel.setSource('x');
    model.outputs.add({
      output_type: 'display_data',
      data: { old: '1' },
      metadata: {}
    });
    cell = cellOf(model);
    const kernel = {
      requestExecute: (content: object, _: boolean, metadata?: object) => {
        requests.push({ content, metadata });
        return future;
      }
    };
    const sessionContext = { session: { kernel }, hasNoKernel: false };
    const context = { model: { deletedCells: [] }, sessionContext };
    const content = { notebookConfig: { recordTiming: false } };
    panel = { content, context, sessionContext } as unknown as NotebookPanel;
  });

  it('sends a cell at once and shows it when it is told to', async () => {
    const launched = cellRunner(null, null, null)(panel, cell);
    expect(requests).toEqual([
      {
        content: { code: 'x', stop_on_error: true },
        metadata: expect.objectContaining({ cellId: cell.model.id }) as object
      }
    ]);
    await future.onIOPub(display('a'));
    expect(texts()).toEqual([{ old: '1' }]);
    launched.show();
    expect(texts()).toEqual([{ 'text/plain': 'a' }]);
    await future.onIOPub(display('b'));
    expect(texts()).toEqual([{ 'text/plain': 'a' }, { 'text/plain': 'b' }]);
    future.delegate.resolve({
      content: { status: 'ok', execution_count: 7 }
    } as KernelMessage.IExecuteReplyMsg);
    await launched.ended;
    await settle();
    expect((cell.model as CodeCellModel).executionCount).toBe(7);
    expect(requests).toHaveLength(1);
  });

  it('shows a cell at once that asks the person for input', async () => {
    cellRunner(null, null, null)(panel, cell);
    await future.onIOPub(display('a'));
    // The kernel's connection says so before it hands the question on.
    Object.assign(panel.sessionContext, { pendingInput: true });
    await future.onStdin({ header: { msg_type: 'input_request' }, content: {} });
    expect(asked).toEqual([cell.model.id]);
    expect(texts()).toEqual([{ 'text/plain': 'a' }]);
  });

  it('leaves a cell to whoever has run it again meanwhile', async () => {
    const launched = cellRunner(null, null, null)(panel, cell);
    await future.onIOPub(display('a'));
    const newer = new Future();
    Object.assign(cell.outputArea, { future: newer });
    launched.show();
    expect(cell.outputArea.future).toBe(newer);
    expect(texts()).toEqual([]);
  });

  it('leaves all to another executor', async () => {
    const ran: unknown[] = [];
    const executor = {
      runCell: (options: { cell: unknown }) => {
        ran.push(options.cell);
        return Promise.resolve(true);
      }
    };
    const launched = cellRunner(executor, null, null)(panel, cell);
    expect(launched.future).toBeNull();
    await launched.ended;
    expect([ran, requests]).toEqual([[cell], []]);
  });
});
