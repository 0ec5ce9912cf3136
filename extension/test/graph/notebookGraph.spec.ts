import '../browser';

import type { ISharedCodeCell } from '@jupyter/ydoc';
import type { ICodeCellModel } from '@jupyterlab/cells';
import { NotebookActions, NotebookModel } from '@jupyterlab/notebook';
import type { Signal } from '@lumino/signaling';

import { NotebookGraph } from '../../src/graph/graphModel/notebookGraph';
import { HAMILTONIAN, libraryOf, VQE } from '../skills/fixtures';

interface ISetting {
  readonly model: NotebookModel;
  readonly graph: NotebookGraph;
  readonly index: ReturnType<typeof libraryOf>['index'];
  /** Lets the next frame come. */
  readonly frame: () => void;
}

async function open(...sources: readonly string[]): Promise<ISetting> {
  const model = new NotebookModel();
  model.sharedModel.insertCells(
    0,
    sources.map((source, at) => ({
      cell_type: 'code',
      id: `c${at}`,
      source,
      metadata: {}
    }))
  );
  let waiting: (() => void) | null = null;
  const { library, index } = libraryOf(HAMILTONIAN, VQE);
  const graph = new NotebookGraph(model, library, callback => {
    waiting = callback;
    return () => {
      waiting = null;
    };
  });
  await library.ready;
  graph.refresh();
  return { model, graph, index, frame: () => waiting?.() };
}

describe('NotebookGraph', () => {
  it('shows an edge as soon as it is typed', async () => {
    const { model, graph, frame } = await open('x = 1', 'y = 2');
    expect(graph.view.edges).toEqual([]);
    const changes = jest.fn();
    graph.changed.connect(changes);
    model.sharedModel.getCell(1).setSource('y = x');
    model.sharedModel.getCell(1).setSource('y = x + 1');
    expect(changes).not.toHaveBeenCalled();
    frame();
    expect(changes).toHaveBeenCalledTimes(1);
    expect(graph.view.edges).toMatchObject([{ from: 'c0', to: 'c1', name: 'x' }]);
  });

  it('shows what a kernel puts out, line by line', async () => {
    const { model, graph, frame } = await open('print(1)');
    const [cell] = [...model.cells] as ICodeCellModel[];
    const told: string[] = [];
    graph.outputsChanged.connect((_, ids) => told.push(...ids));
    expect(graph.preview('c0')).toBeNull();
    cell?.outputs.add({ output_type: 'stream', name: 'stdout', text: 'one\n' });
    frame();
    expect(graph.preview('c0')?.text).toBe('one');
    cell?.outputs.add({ output_type: 'stream', name: 'stdout', text: 'two\n' });
    frame();
    expect(graph.preview('c0')?.text).toBe('two');
    expect(told).toEqual(['c0', 'c0']);
  });

  it('follows cells that come and go', async () => {
    const { model, graph, frame } = await open('x = 1', 'y = x');
    model.sharedModel.insertCell(1, { cell_type: 'code', id: 'n', source: 'x = 2' });
    frame();
    expect(graph.view.edges).toMatchObject([{ from: 'n', to: 'c1' }]);
    model.sharedModel.getCell(1).setSource('z = 2');
    frame();
    expect(graph.view.edges).toMatchObject([{ from: 'c0', to: 'c1' }]);
    model.sharedModel.deleteCell(0);
    frame();
    expect(graph.view.edges).toEqual([]);
  });

  it('is not told of an edit that changes nothing in the graph', async () => {
    const { model, graph, frame } = await open('# a\nx = 1');
    const changes = jest.fn();
    graph.changed.connect(changes);
    model.sharedModel.getCell(0).setSource('# a\nx = 2');
    frame();
    expect(changes).not.toHaveBeenCalled();
  });

  it('reads the places of nodes from metadata', async () => {
    const { model, graph, frame } = await open('x = 1');
    model.cells.get(0).setMetadata('llmos', { v: 1, position: [12, 30] });
    frame();
    expect(graph.view.nodes[0]).toMatchObject({ position: [12, 30], isLoose: false });
    model.cells.get(0).setMetadata('llmos', { v: 1, position: [12, 30], loose: true });
    frame();
    expect(graph.view.nodes[0]).toMatchObject({ position: [12, 30], isLoose: true });
    model.cells.get(0).deleteMetadata('llmos');
    frame();
    expect(graph.view.nodes[0]?.position).toBeNull();
  });

  it('tells of outputs and shows the last one', async () => {
    const { model, graph, frame } = await open('1');
    const told: string[] = [];
    graph.outputsChanged.connect((_, ids) => told.push(...ids));
    expect(graph.preview('c0')).toBeNull();
    const cell = model.sharedModel.getCell(0) as ISharedCodeCell;
    cell.setOutputs([
      {
        output_type: 'execute_result',
        data: { 'text/plain': '42' },
        metadata: {},
        execution_count: 1
      }
    ]);
    frame();
    expect(told).toEqual(['c0']);
    expect(graph.preview('c0')).toEqual({ kind: 'text', text: '42' });
  });

  it('keeps the result that was cleared for a run until there is another', async () => {
    const { model, graph } = await open('1');
    const [cell] = [...model.cells] as ICodeCellModel[];
    const put = (text: string): unknown =>
      cell?.outputs.add({
        ...{ output_type: 'display_data', metadata: {} },
        data: { 'text/plain': text }
      });
    put('42');
    expect(graph.preview('c0')?.text).toBe('42');
    expect(graph.older('c0')).toBeNull();
    cell?.outputs.clear();
    expect(graph.older('c0')?.text).toBe('42');
    const stop = { ename: 'KeyboardInterrupt', evalue: '', traceback: [] };
    cell?.outputs.add({ output_type: 'error', ...stop });
    expect(graph.preview('c0')?.kind).toBe('stopped');
    cell?.outputs.clear();
    expect(graph.older('c0')?.text).toBe('42');
    put('43');
    expect(graph.older('c0')).toBeNull();
  });

  it('keeps no result that a person has taken away', async () => {
    const { model, graph } = await open('1');
    const [cell] = [...model.cells] as ICodeCellModel[];
    cell?.outputs.add({ output_type: 'stream', name: 'stdout', text: 'one\n' });
    expect(graph.preview('c0')?.text).toBe('one');
    cell?.outputs.clear();
    const cleared = NotebookActions.outputCleared as Signal<unknown, object>;
    cleared.emit({ notebook: {}, cell: { model: cell } });
    expect(graph.older('c0')).toBeNull();
  });

  it('keeps no result of before a run that gave none', async () => {
    const { model, graph } = await open('1');
    const [cell] = [...model.cells] as ICodeCellModel[];
    const executed = NotebookActions.executed as Signal<unknown, object>;
    const end = (success: boolean): void =>
      executed.emit({ notebook: {}, cell: { model: cell }, success });
    cell?.outputs.add({ output_type: 'stream', name: 'stdout', text: 'one\n' });
    end(true);
    expect(graph.preview('c0')?.text).toBe('one');
    cell?.outputs.clear();
    end(false);
    expect(graph.older('c0')?.text).toBe('one');
    end(true);
    expect(graph.older('c0')).toBeNull();
  });

  it('keeps no result from before the last run that went well', async () => {
    const { model, graph } = await open('1');
    const [cell] = [...model.cells] as ICodeCellModel[];
    const executed = NotebookActions.executed as Signal<unknown, object>;
    const put = (text: string): unknown =>
      cell?.outputs.add({ output_type: 'stream', name: 'stdout', text });
    put('one');
    expect(graph.preview('c0')?.text).toBe('one');
    cell?.outputs.clear();
    // Nobody looks at it.
    put('two');
    executed.emit({ notebook: {}, cell: { model: cell }, success: true });
    cell?.outputs.clear();
    expect(graph.older('c0')).toBeNull();
  });

  it('tells of another library once titles are those of it', async () => {
    const { graph, index, frame } = await open('r = await skill("quantum-vqe")(1)');
    expect(graph.view.nodes[0]?.title).toBe('VQE Optimizer');
    const titles: (string | undefined)[] = [];
    graph.analysed.connect(() => titles.push(graph.view.nodes[0]?.title));
    index.set([HAMILTONIAN, { ...VQE, skill: { ...VQE.skill, name: 'Eigensolver' } }]);
    frame();
    expect(titles).toEqual(['Eigensolver']);
  });

  it('shows the outputs of a cell again when its deletion is undone', async () => {
    const { model, graph, frame } = await open('x = 1', 'y = 2');
    const [cell] = [...model.cells] as ICodeCellModel[];
    cell?.outputs.add({ output_type: 'stream', name: 'stdout', text: 'one\n' });
    frame();
    model.sharedModel.clearUndoHistory();
    model.sharedModel.deleteCell(0);
    // The canvas still has the node, and asks.
    expect(graph.preview('c0')).toBeNull();
    frame();
    const told: string[] = [];
    graph.outputsChanged.connect((_, ids) => told.push(...ids));
    model.sharedModel.undo();
    frame();
    expect(graph.view.nodes.map(({ id }) => id)).toEqual(['c0', 'c1']);
    expect(graph.preview('c0')?.text).toBe('one');
    expect(told).toEqual(['c0']);
  });

  it('is quiet after it is disposed', async () => {
    const { model, graph, frame } = await open('x = 1');
    const changes = jest.fn();
    graph.changed.connect(changes);
    graph.dispose();
    model.sharedModel.getCell(0).setSource('y = 1');
    frame();
    expect(changes).not.toHaveBeenCalled();
  });
});
