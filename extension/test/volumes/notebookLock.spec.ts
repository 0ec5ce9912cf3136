import '../browser';

import type { ISharedRawCell } from '@jupyter/ydoc';
import { NotebookModel, type Notebook } from '@jupyterlab/notebook';

import { NotebookLock } from '../../src/volumes/notebookLock';

describe('the lock of a notebook', () => {
  let model: NotebookModel;
  let lock: NotebookLock;
  let refusals: number;
  const content = { metadata: {}, nbformat: 4, nbformat_minor: 5 };
  const cellOf = (id: string, source: string) => ({
    ...{ cell_type: 'code', id, source, metadata: {} },
    ...{ outputs: [], execution_count: null }
  });
  const sources = (): readonly string[] =>
    model.sharedModel.cells.map(cell => cell.getSource());

  beforeEach(() => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    refusals = 0;
    model = new NotebookModel();
    lock = new NotebookLock(model);
    lock.refused.connect(() => refusals++);
    model.fromJSON({ ...content, cells: [cellOf('a', 'x = 1'), cellOf('b', 'y = 2')] });
    model.readOnly = true;
  });
  afterEach(() => {
    model.dispose();
    jest.restoreAllMocks();
  });

  it('keeps cells and their texts as they are, and says that it does', () => {
    const { sharedModel } = model;
    const edits = [
      () => sharedModel.insertCell(0, { cell_type: 'code', source: 'z' }),
      () => sharedModel.deleteCell(0),
      () => sharedModel.moveCell(0, 1),
      () => sharedModel.getCell(0).setSource('z'),
      () => sharedModel.getCell(1).updateSource(0, 1, 'z')
    ];
    edits.forEach(edit => edit());
    expect(sources()).toEqual(['x = 1', 'y = 2']);
    expect(refusals).toBe(edits.length);
  });

  it('gives who inserts a cell one to go on with', () => {
    // As JupyterLab changes the type of a cell with pictures.
    const { sharedModel } = model;
    const pictures = { 'a.png': { 'image/png': 'iVBORw0KGgo=' } };
    sharedModel.transact(() => {
      sharedModel.deleteCell(0);
      const cell = sharedModel.insertCell(0, { cell_type: 'raw', source: 'x' });
      (cell as ISharedRawCell).attachments = pictures;
    });
    expect(sources()).toEqual(['x = 1', 'y = 2']);
  });

  it('says nothing of the cell that a run of the last one would put behind it', () => {
    model.sharedModel.insertCell(2, { cell_type: 'code' });
    expect(sources()).toEqual(['x = 1', 'y = 2']);
    expect(refusals).toBe(0);
  });

  it('lets cells show what they gave', () => {
    const outputs = [{ output_type: 'stream', name: 'stdout', text: '1' }];
    const cell = model.sharedModel.getCell(0);
    cell.transact(() => ((cell as unknown as { outputs: object[] }).outputs = outputs));
    expect(model.toJSON()).toMatchObject({ cells: [{ outputs }, {}] });
    expect(refusals).toBe(0);
  });

  it('lets the file be read anew, and guards what it has', () => {
    model.fromJSON({ ...content, cells: [cellOf('c', 'new')] });
    expect(sources()).toEqual(['new']);
    model.sharedModel.getCell(0).setSource('z');
    expect(sources()).toEqual(['new']);
    expect(refusals).toBe(1);
  });

  it('is open again when the notebook may be changed', () => {
    model.readOnly = false;
    model.sharedModel.getCell(0).setSource('z');
    model.sharedModel.deleteCell(1);
    expect(sources()).toEqual(['z']);
    expect(refusals).toBe(0);
  });

  it('has editors take no typing, whatever their cells say of themselves', () => {
    const node = document.createElement('div');
    const editor = node.appendChild(document.createElement('div'));
    editor.className = 'cm-content';
    const cell = { syncEditable: true, readOnly: false };
    const view = { node, widgets: [cell] } as unknown as Notebook;
    lock.follow(view);
    expect(cell).toEqual({ syncEditable: false, readOnly: true });
    editor.dispatchEvent(new Event('beforeinput', { bubbles: true }));
    expect(refusals).toBe(1);
    // The cell's metadata counts again.
    model.readOnly = false;
    expect(cell.syncEditable).toBe(true);
  });
});
