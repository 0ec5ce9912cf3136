import '../browser';

import type { ICodeCellModel } from '@jupyterlab/cells';
import {
  NotebookActions,
  NotebookModel,
  type NotebookPanel
} from '@jupyterlab/notebook';
import type { CellStatus } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';

import { NotebookGraph } from '../../src/graph/graphModel/notebookGraph';
import { GraphPanelModel, type IPanelServices } from '../../src/graph/panel/panelModel';
import type { ICellState } from '../../src/graph/run/tokens';
import { entryOf, libraryOf } from '../skills/fixtures';

const PICTURE = {
  output_type: 'display_data',
  data: { 'image/png': 'iVBORw==', 'text/plain': 'picture' },
  metadata: {}
};

const ERROR = { output_type: 'error', ename: 'E', evalue: '', traceback: [] };

const PLOT = entryOf('plot', {
  outputs: [{ name: 'picture', type: 'image' }]
});

/** The panel of a notebook with one cell of code. */
function open(source = 'draw()'): {
  readonly cell: ICodeCellModel;
  readonly frame: () => void;
  readonly hasRoom: () => boolean;
  readonly turn: (status: CellStatus) => void;
} {
  const model = new NotebookModel();
  model.sharedModel.insertCells(0, [
    { cell_type: 'code', id: 'c0', source, metadata: {} }
  ]);
  const frames: (() => void)[] = [];
  const graph = new NotebookGraph(model, libraryOf(PLOT).library, callback => {
    frames.push(callback);
    return () => frames.splice(frames.indexOf(callback), 1);
  });
  const notebook = {
    ...{ id: 'n', isDisposed: false, model, title: { changed: new Signal({}) } },
    context: { path: 'n.ipynb', isReady: true, pathChanged: new Signal({}) },
    content: {
      widgets: [],
      ...{ activeCellChanged: new Signal({}), selectionChanged: new Signal({}) }
    }
  } as unknown as NotebookPanel;
  const states = new Map<string, Pick<ICellState, 'status'>>();
  const run = { states, changed: new Signal<object, ReadonlySet<string>>({}) };
  const services = {
    graphs: { of: () => graph },
    runs: { of: () => run },
    notebooks: { currentWidget: notebook, currentChanged: new Signal({}) },
    look: { changed: new Signal({}), direction: 'down', foldedIn: () => new Set() }
  } as unknown as IPanelServices;
  const panel = new GraphPanelModel(services);
  return {
    cell: model.cells.get(0) as ICodeCellModel,
    frame: () => frames.splice(0).forEach(callback => callback()),
    turn: status => {
      states.set('c0', { status });
      run.changed.emit(new Set(['c0']));
    },
    hasRoom: () =>
      panel.drawing.items.some(item => item.kind === 'cell' && item.shape.hasPicture)
  };
}

describe('the room for a picture', () => {
  beforeAll(() => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  });

  it('comes with a picture, stays while the cell runs, and goes when it gave none', () => {
    const { cell, frame, hasRoom, turn } = open();
    expect(hasRoom()).toBe(false);
    cell.outputs.add(PICTURE);
    frame();
    expect(hasRoom()).toBe(true);
    turn('running');
    cell.outputs.clear();
    frame();
    expect(hasRoom()).toBe(true);
    const executed = NotebookActions.executed as Signal<unknown, object>;
    executed.emit({ notebook: {}, cell: { model: cell }, success: true });
    frame();
    expect(hasRoom()).toBe(false);
  });

  it('goes with the kernel in which the cell gave the picture, and failed after it', () => {
    const { cell, frame, hasRoom, turn } = open();
    cell.outputs.add(PICTURE);
    frame();
    expect(hasRoom()).toBe(true);
    cell.outputs.clear();
    cell.outputs.add(ERROR);
    turn('failed');
    frame();
    expect(hasRoom()).toBe(true);
    turn('idle');
    expect(hasRoom()).toBe(false);
    turn('waiting');
    expect(hasRoom()).toBe(true);
  });

  it('is kept for the first picture of a skill, unless that fails or is stopped', () => {
    const { cell, frame, hasRoom, turn } = open('p = await skill("plot")()');
    expect(hasRoom()).toBe(true);
    turn('running');
    cell.outputs.add(ERROR);
    turn('failed');
    frame();
    expect(hasRoom()).toBe(false);
    turn('running');
    cell.outputs.clear();
    frame();
    expect(hasRoom()).toBe(true);
    cell.outputs.add({ ...ERROR, ename: 'KeyboardInterrupt' });
    frame();
    expect(hasRoom()).toBe(false);
  });
});
