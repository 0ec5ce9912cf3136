import { createStandaloneCell, type ISharedCell, type SharedCell } from '@jupyter/ydoc';
import { CodeCell } from '@jupyterlab/cells';
import type { INotebookModel, Notebook } from '@jupyterlab/notebook';
import type { OutputArea } from '@jupyterlab/outputarea';
import { Signal, type ISignal } from '@lumino/signaling';

/**
 * Keeps the cells of a notebook as they are while its model is read-only, whoever would
 * change them: keys, menus, drops. JupyterLab asks the metadata of each cell instead,
 * which a copy would carry on. Outputs do change, so that cells can be run.
 */
export class NotebookLock {
  constructor(private readonly _model: INotebookModel) {
    this._guardCells();
    const guardTexts = (): void =>
      _model.sharedModel.cells.forEach(cell => this._guardText(cell));
    _model.cells.changed.connect(guardTexts);
    guardTexts();
  }

  /** Emits when somebody would have changed a cell. */
  get refused(): ISignal<this, void> {
    return this._refused;
  }

  /** Has the editors of a view take no typing; what they show can be selected. */
  follow(content: Notebook): void {
    const apply = (): void => content.widgets.forEach(cell => this._applyTo(cell));
    this._model.cells.changed.connect(apply, content);
    this._model.stateChanged.connect((_, { name }) => {
      if (name === 'readOnly') {
        apply();
      }
    }, content);
    apply();
    // Editors that are read-only stay silent.
    content.node.addEventListener('beforeinput', ({ target }) => {
      if (target instanceof Element && target.closest('.cm-content')) {
        this._refuses();
      }
    });
  }

  private _applyTo(cell: Notebook['widgets'][number]): void {
    const { readOnly } = this._model;
    // What the cell's metadata says counts again when the notebook may be changed.
    cell.syncEditable = !readOnly;
    if (readOnly) {
      cell.readOnly = true;
    }
    if (cell instanceof CodeCell && !this._attached.has(cell)) {
      this._attached.add(cell);
      this._keepAttached(cell.outputArea);
    }
  }

  /** JupyterLab takes a cell's run from it before the cell goes, which it then does not. */
  private _keepAttached(area: OutputArea): void {
    const { detachFuture } = area;
    area.detachFuture = () => (this._isLocked ? null : detachFuture.call(area));
  }

  private _guardCells(): void {
    const shared = this._model.sharedModel;
    const { insertCells, deleteCellRange, moveCells, fromJSON } = shared;
    shared.insertCells = (index, cells) => {
      // JupyterLab puts an empty cell behind the last one when that is run.
      const isBehind = index === shared.cells.length && cells.every(isBlank);
      // Whoever inserts a cell goes on with it, as a change of its type does.
      return (isBehind ? this._isLocked : this._refuses())
        ? cells.map(createStandaloneCell)
        : insertCells.call(shared, index, cells);
    };
    shared.deleteCellRange = (from, to) => {
      if (!this._refuses()) {
        deleteCellRange.call(shared, from, to);
      }
    };
    shared.moveCells = (from, to, count) => {
      if (!this._refuses()) {
        moveCells.call(shared, from, to, count);
      }
    };
    // The file itself is read anew by the same ways.
    shared.fromJSON = content => {
      this._isRead = true;
      try {
        fromJSON.call(shared, content);
      } finally {
        this._isRead = false;
      }
    };
  }

  private _guardText(cell: ISharedCell): void {
    if (this._guarded.has(cell)) {
      return;
    }
    this._guarded.add(cell);
    const { setSource, updateSource } = cell;
    cell.setSource = source => {
      if (!this._refuses()) {
        setSource.call(cell, source);
      }
    };
    cell.updateSource = (start, end, text) => {
      if (!this._refuses()) {
        updateSource.call(cell, start, end, text);
      }
    };
  }

  private get _isLocked(): boolean {
    return this._model.readOnly && !this._isRead;
  }

  private _refuses(): boolean {
    if (this._isLocked) {
      this._refused.emit();
      return true;
    }
    return false;
  }

  private readonly _refused = new Signal<this, void>(this);
  private readonly _guarded = new WeakSet<ISharedCell>();
  private readonly _attached = new WeakSet<CodeCell>();
  private _isRead = false;
}

function isBlank({ source = '' }: SharedCell.Cell): boolean {
  return source.length === 0;
}
