import { isCodeCellModel, type Cell, type ICellModel } from '@jupyterlab/cells';
import { NotebookActions, type INotebookModel } from '@jupyterlab/notebook';
import type { IOutputAreaModel } from '@jupyterlab/outputarea';
import {
  buildGraph,
  isLoose,
  positionOf,
  type IGraph,
  type JsonValue
} from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISkillLibrary } from '../../tokens';
import type { INotebookGraph } from '../tokens';
import { GraphDescriber } from './describe';
import { outputsOf } from './outputs';
import { isResult, previewOf, type IPreview } from './preview';
import { EMPTY_VIEW, type IGraphView, type INotebookCell } from './view';

/** Asks to be called back at the next frame; the result takes the request back. */
export type RequestFrame = (callback: () => void) => () => void;

const nextFrame: RequestFrame = callback => {
  const handle = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(handle);
};

/**
 * The graph of a notebook's model. A change marks its cell; at the next frame the marked
 * cells are read again and the graph is drawn anew from what is known of the others.
 */
export class NotebookGraph implements INotebookGraph {
  constructor(
    private readonly _model: INotebookModel,
    library: ISkillLibrary,
    private readonly _requestFrame: RequestFrame = nextFrame
  ) {
    this._describer = new GraphDescriber(id => library.get(id));
    _model.cells.changed.connect(this._onCells, this);
    library.changed.connect(this._onLibrary, this);
    NotebookActions.outputCleared.connect(this._onCleared, this);
    NotebookActions.executed.connect(this._onExecuted, this);
    void library.ready.then(() => this._onLibrary());
    this._follow();
    this.refresh();
  }

  get graph(): IGraph {
    return this._graph;
  }

  get view(): IGraphView {
    return this._view;
  }

  get changed(): ISignal<INotebookGraph, void> {
    return this._changed;
  }

  get analysed(): ISignal<INotebookGraph, void> {
    return this._analysed;
  }

  get outputsChanged(): ISignal<INotebookGraph, ReadonlySet<string>> {
    return this._outputsChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._cancel?.();
      Signal.clearData(this);
    }
  }

  preview(cell: string): IPreview | null {
    const known = this._previews.get(cell);
    if (known !== undefined) {
      return known;
    }
    const model = this._followed.get(cell);
    if (!model) {
      // Its node is still there until the next frame; and undo may bring it back.
      return null;
    }
    const preview = previewOf(outputsOf(model));
    this._previews.set(cell, preview);
    return preview;
  }

  older(cell: string): IPreview | null {
    return isResult(this.preview(cell)) ? null : (this._older.get(cell) ?? null);
  }

  refresh(): void {
    this._cancel?.();
    this._cancel = null;
    if (this._isDisposed) {
      return;
    }
    if (this._isStructural) {
      this._isStructural = false;
      this._read();
    }
    if (this._newOutputs.size > 0) {
      const ids = this._newOutputs;
      this._newOutputs = new Set();
      this._outputsChanged.emit(ids);
    }
  }

  private _read(): void {
    const cells = [...this._model.cells].map((cell): INotebookCell => {
      const known = this._known.get(cell.id);
      const read = known ?? readCell(cell);
      this._known.set(cell.id, read);
      return read;
    });
    const sources = cells.filter(({ kind }) => kind === 'code');
    const former = this._graph.cells;
    this._graph = buildGraph(sources, this._graph);
    const isRead =
      former.length === sources.length &&
      this._graph.cells.every(({ analysis }, at) => analysis === former[at]?.analysis);
    const view = this._describer.describe(cells, this._graph);
    const isSame =
      view.nodes === this._view.nodes &&
      view.edges === this._view.edges &&
      view.sections === this._view.sections;
    this._view = view;
    if (!isRead || this._isOtherLibrary) {
      this._isOtherLibrary = false;
      this._analysed.emit();
    }
    if (!isSame) {
      this._changed.emit();
    }
  }

  private _onCells(): void {
    this._follow();
    this._schedule({ isStructural: true });
  }

  private _onLibrary(): void {
    this._describer.reset();
    this._isOtherLibrary = true;
    this._schedule({ isStructural: true });
  }

  /** Listens to the cells that have come, and forgets those that have gone. */
  private _follow(): void {
    const present = new Map([...this._model.cells].map(cell => [cell.id, cell]));
    for (const [id, cell] of this._followed) {
      if (present.get(id) !== cell) {
        this._followed.delete(id);
        this._known.delete(id);
        this._previews.delete(id);
        this._older.delete(id);
      }
    }
    for (const [id, cell] of present) {
      if (this._followed.get(id) !== cell) {
        this._followed.set(id, cell);
        cell.sharedModel.changed.connect((_, change) => {
          if (
            change.sourceChange !== undefined ||
            change.metadataChange !== undefined
          ) {
            this._known.delete(id);
            this._schedule({ isStructural: true });
          }
        }, this);
        if (isCodeCellModel(cell)) {
          // What a kernel puts out reaches the shared model without a signal.
          const { outputs } = cell;
          outputs.changed.connect(() => this._onOutputs(id, outputs), this);
          // A cell that undo brings back comes with what it had put out.
          this._onOutputs(id, outputs);
        }
      }
    }
  }

  private _onOutputs(id: string, outputs: IOutputAreaModel): void {
    const shown = this._previews.get(id);
    if (outputs.length === 0 && shown && isResult(shown)) {
      this._older.set(id, shown);
    }
    this._followStreams(id, outputs);
    this._tellOutputs(id);
  }

  /** A run that ends well replaces what the cell gave before, also by nothing. */
  private _onExecuted(_: unknown, { cell: { model }, success }: IExecuted): void {
    if (success) {
      this._forgetOlder(model);
    }
  }

  /** A person takes the outputs of a cell away: there is no older result then either. */
  private _onCleared(_: unknown, { cell }: { readonly cell: Cell }): void {
    this._forgetOlder(cell.model);
  }

  private _forgetOlder(cell: ICellModel): void {
    const { id } = cell;
    if (this._followed.get(id) === cell && this._older.delete(id)) {
      this._tellOutputs(id);
    }
  }

  /** More of a printed text is no change of the list of outputs. */
  private _followStreams(id: string, outputs: IOutputAreaModel): void {
    for (let at = 0; at < outputs.length; at++) {
      const { streamText } = outputs.get(at);
      if (streamText && !this._streams.has(streamText)) {
        this._streams.add(streamText);
        streamText.changed.connect(() => this._tellOutputs(id), this);
      }
    }
  }

  private _tellOutputs(id: string): void {
    this._previews.delete(id);
    this._newOutputs.add(id);
    this._schedule({ isStructural: false });
  }

  private _schedule({ isStructural }: { readonly isStructural: boolean }): void {
    if (!this._isDisposed) {
      this._isStructural ||= isStructural;
      this._cancel ??= this._requestFrame(() => this.refresh());
    }
  }

  private readonly _changed = new Signal<INotebookGraph, void>(this);
  private readonly _analysed = new Signal<INotebookGraph, void>(this);
  private readonly _outputsChanged = new Signal<INotebookGraph, ReadonlySet<string>>(
    this
  );
  private readonly _describer: GraphDescriber;
  private readonly _followed = new Map<string, ICellModel>();
  private readonly _known = new Map<string, INotebookCell>();
  private readonly _previews = new Map<string, IPreview | null>();
  /** What cells showed before their outputs were last cleared. */
  private readonly _older = new Map<string, IPreview>();
  private readonly _streams = new WeakSet<object>();
  private _newOutputs = new Set<string>();
  private _graph: IGraph = { cells: [], edges: [] };
  private _view: IGraphView = EMPTY_VIEW;
  private _isStructural = true;
  private _isOtherLibrary = false;
  private _cancel: (() => void) | null = null;
  private _isDisposed = false;
}

interface IExecuted {
  readonly cell: Cell;
  readonly success: boolean;
}

function readCell(cell: ICellModel): INotebookCell {
  const kind = cell.type === 'code' || cell.type === 'markdown' ? cell.type : 'raw';
  const source = cell.sharedModel.getSource();
  const mark = { metadata: { llmos: cell.getMetadata('llmos') as JsonValue } };
  return {
    ...{ id: cell.id, kind, source },
    ...{ position: positionOf(mark), isLoose: isLoose(mark) }
  };
}
