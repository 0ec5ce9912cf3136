import '../browser';

import { NotebookModel, type NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { Title } from '@lumino/widgets';

import { NotebookGraph } from '../../src/graph/graphModel/notebookGraph';
import { GraphPanelModel, type IPanelServices } from '../../src/graph/panel/panelModel';
import { entryOf, libraryOf } from '../skills/fixtures';

/** A panel's model over a notebook of two sections, and their ids. */
function open(foldedAtFirst: readonly string[]): {
  readonly panel: GraphPanelModel;
  readonly notebook: NotebookPanel;
  /** Adds a cell at the end, which the notebook selects; its graph is not read anew yet. */
  readonly add: () => void;
} {
  const model = new NotebookModel();
  const cell = (id: string, source: string): object => ({
    ...{ id, source, metadata: {} },
    cell_type: source.startsWith('#') ? 'markdown' : 'code'
  });
  type Cells = Parameters<typeof model.sharedModel.insertCells>[1];
  const insert = (at: number, cells: readonly object[]): void => {
    model.sharedModel.insertCells(at, cells as Cells);
  };
  insert(0, [
    cell('s', '# One'),
    cell('a', 'v = 1'),
    cell('t', '# Two'),
    cell('b', 'w = 2')
  ]);
  const graph = new NotebookGraph(
    model,
    libraryOf(entryOf('plot')).library,
    () => () => undefined
  );
  const title = new Title({ owner: {}, label: 'h2.ipynb' });
  const selectionChanged = new Signal<object, void>({});
  let active = 'a';
  const notebook = {
    ...{ id: 'n', isDisposed: false, model, title },
    context: { path: 'n.ipynb', isReady: true, pathChanged: new Signal({}) },
    content: {
      get widgets() {
        return [...model.cells].map(each => ({ model: each }));
      },
      isSelectedOrActive: (each: { readonly model: { readonly id: string } }) =>
        each.model.id === active,
      ...{ activeCellChanged: new Signal({}), selectionChanged }
    }
  } as unknown as NotebookPanel;
  let folded: ReadonlySet<string> = new Set(foldedAtFirst);
  const look = {
    ...{ changed: new Signal({}), direction: 'down', foldedIn: () => folded },
    fold: (_: string, ids: ReadonlySet<string>) => {
      folded = ids;
    }
  };
  const services = {
    ...{ graphs: { of: () => graph }, runs: null, look },
    notebooks: { currentWidget: notebook, currentChanged: new Signal({}) }
  } as unknown as IPanelServices;
  return {
    ...{ panel: new GraphPanelModel(services), notebook },
    add: () => {
      insert(4, [cell('c', 'x = 3')]);
      active = 'c';
      selectionChanged.emit();
    }
  };
}

describe('the model of the graph panel', () => {
  beforeAll(() => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  });

  it('opens the section that a node was added to, and no other', () => {
    const { panel, add } = open(['s', 't']);
    add();
    panel.openSelected();
    expect([...panel.selected]).toEqual(['c']);
    expect([...panel.folded]).toEqual(['s']);
  });

  it('tells the name of its notebook, and that it is another one', () => {
    const { panel, notebook } = open([]);
    expect(panel.notebookName).toBe('h2.ipynb');
    let times = 0;
    panel.changed.connect(() => {
      times += 1;
    });
    notebook.title.label = 'lih.ipynb';
    notebook.title.className = 'changed-since';
    expect([panel.notebookName, times]).toEqual(['lih.ipynb', 1]);
  });
});
