import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { INotebookRun, INotebookRuns } from '../run/tokens';
import type { INotebookGraph, INotebookGraphs } from '../tokens';
import type { Places } from '../layout/arrange';
import {
  finalPlaces,
  layoutKey,
  toDrawing,
  toLayoutGraph,
  type IDrawing
} from '../layout/drawing';
import { layOutGraph } from '../layout/layout';
import type { Direction } from '../layout/shape';
import type { IGraphNode } from '../graphModel/view';
import { showsPicture } from './pictures';

export type GraphTab = 'canvas' | 'outline';

/** What the panel works with. */
export interface IPanelServices {
  readonly graphs: INotebookGraphs;
  readonly runs: INotebookRuns | null;
  readonly notebooks: INotebookTracker;
}

const EMPTY_DRAWING: IDrawing = { items: [], edges: [], frames: [] };

/** State of the graph panel: which notebook, what is drawn where, what is selected. */
export class GraphPanelModel implements IDisposable {
  constructor(private readonly _services: IPanelServices) {
    const { notebooks } = _services;
    notebooks.currentChanged.connect(this._onCurrent, this);
    this._onCurrent();
  }

  get notebook(): NotebookPanel | null {
    return this._notebook;
  }

  get graph(): INotebookGraph | null {
    return this._graph;
  }

  get run(): INotebookRun | null {
    return this._notebook ? (this._services.runs?.of(this._notebook) ?? null) : null;
  }

  /** Emitted when anything but statuses and outputs has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What is on the canvas; a new object after each change. */
  get drawing(): IDrawing {
    return this._drawing;
  }

  get places(): Places {
    return this._places;
  }

  /** True while no layout has been made of what is drawn. */
  get isArranging(): boolean {
    return this._isArranging;
  }

  /** Why the last layout failed; null when it did not. */
  get layoutError(): string | null {
    return this._layoutError;
  }

  /** Ids of selected cells. */
  get selected(): ReadonlySet<string> {
    return this._selected;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get direction(): Direction {
    return this._direction;
  }

  set direction(direction: Direction) {
    if (direction !== this._direction) {
      this._direction = direction;
      this._draw();
    }
  }

  get tab(): GraphTab {
    return this._tab;
  }

  set tab(tab: GraphTab) {
    this._tab = tab;
    this._changed.emit();
  }

  get query(): string {
    return this._query;
  }

  set query(query: string) {
    this._query = query;
    this._changed.emit();
  }

  get isDrawerOpen(): boolean {
    return this._isDrawerOpen;
  }

  set isDrawerOpen(isOpen: boolean) {
    this._isDrawerOpen = isOpen;
    this._changed.emit();
  }

  get folded(): ReadonlySet<string> {
    return this._folded;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  /** Folds a section into one box, or opens it. */
  toggleFold(section: string): void {
    const folded = new Set(this._folded);
    if (!folded.delete(section)) {
      folded.add(section);
    }
    this._folded = folded;
    this._draw();
  }

  /** Folds all sections, or opens them. */
  foldAll(isFolded: boolean): void {
    const sections = this._graph?.view.sections ?? [];
    this._folded = new Set(isFolded ? sections.map(({ id }) => id) : []);
    this._draw();
  }

  /** Selects nodes, and their cells in the notebook; the last one becomes active. */
  select(ids: readonly string[]): void {
    const content = this._notebook?.content;
    this._selected = new Set(ids);
    const last = ids[ids.length - 1];
    if (content && last !== undefined) {
      this._isSelecting = true;
      const widgets = content.widgets;
      content.deselectAll();
      const index = widgets.findIndex(({ model }) => model.id === last);
      if (index >= 0) {
        content.activeCellIndex = index;
        void content.scrollToItem(index, 'smart');
      }
      if (ids.length > 1) {
        widgets
          .filter(({ model }) => this._selected.has(model.id))
          .forEach(cell => content.select(cell));
      }
      this._isSelecting = false;
    }
    this._changed.emit();
  }

  /** The nodes that the search finds; all when nothing is searched. */
  get found(): readonly IGraphNode[] {
    const words = this._query.toLowerCase().split(/\s+/).filter(Boolean);
    const nodes = this._graph?.view.nodes ?? [];
    return nodes.filter(node => {
      const text = [
        ...[node.title, node.skill ?? '', node.target ?? ''],
        ...[...node.inputs, ...node.outputs].map(({ name }) => name)
      ]
        .join(' ')
        .toLowerCase();
      return words.every(word => text.includes(word));
    });
  }

  private _onCurrent(): void {
    const notebook = this._services.notebooks.currentWidget;
    if (notebook === this._notebook) {
      return;
    }
    this._leave();
    this._notebook = notebook;
    this._folded = new Set();
    this._automatic = new Map();
    this._layoutKey = '';
    if (!notebook) {
      this._graph = null;
      this._draw();
      return;
    }
    void notebook.context.ready.then(() => this._enter(notebook));
  }

  private _leave(): void {
    const content =
      this._notebook?.isDisposed === false ? this._notebook.content : null;
    content?.activeCellChanged.disconnect(this._onSelection, this);
    content?.selectionChanged.disconnect(this._onSelection, this);
    this._graph?.changed.disconnect(this._draw, this);
    this._graph?.outputsChanged.disconnect(this._onOutputs, this);
  }

  private _enter(notebook: NotebookPanel): void {
    if (this._notebook !== notebook || notebook.isDisposed || this._isDisposed) {
      return;
    }
    this._graph = this._services.graphs.of(notebook);
    this._graph.refresh();
    this._graph.changed.connect(this._draw, this);
    this._graph.outputsChanged.connect(this._onOutputs, this);
    notebook.content.activeCellChanged.connect(this._onSelection, this);
    notebook.content.selectionChanged.connect(this._onSelection, this);
    this._onSelection();
    this._draw();
  }

  private _onSelection(): void {
    const content = this._notebook?.content;
    if (!content || this._isSelecting) {
      return;
    }
    const ids = content.widgets
      .filter(cell => content.isSelectedOrActive(cell))
      .map(({ model }) => model.id);
    if (ids.length !== this._selected.size || ids.some(id => !this._selected.has(id))) {
      this._selected = new Set(ids);
      this._changed.emit();
    }
  }

  /** A first picture makes a node higher. */
  private _onOutputs(_: INotebookGraph, ids: ReadonlySet<string>): void {
    const grows = this._drawing.items.some(
      item =>
        item.kind === 'cell' &&
        ids.has(item.id) &&
        !item.shape.hasPicture &&
        this._hasPicture(item.node)
    );
    if (grows) {
      this._draw();
    }
  }

  private _hasPicture(node: IGraphNode): boolean {
    return showsPicture(node) || this._graph?.preview(node.id)?.kind === 'image';
  }

  private _draw(): void {
    this._drawing = this._graph
      ? toDrawing(this._graph.view, {
          direction: this._direction,
          folded: this._folded,
          hasPicture: node => this._hasPicture(node)
        })
      : EMPTY_DRAWING;
    const graph = toLayoutGraph(this._drawing, this._direction);
    const key = layoutKey(graph);
    if (key === this._layoutKey) {
      this._place();
      return;
    }
    this._layoutKey = key;
    this._isArranging = this._automatic.size === 0 && this._drawing.items.length > 0;
    const isCurrent = (): boolean => key === this._layoutKey && !this._isDisposed;
    layOutGraph(graph).then(
      places => {
        if (isCurrent()) {
          this._automatic = places;
          this._layoutError = null;
          this._isArranging = false;
          this._place();
        }
      },
      (error: unknown) => {
        if (isCurrent()) {
          this._layoutError = error instanceof Error ? error.message : String(error);
          this._isArranging = false;
          this._place();
        }
      }
    );
    this._place();
  }

  private _place(): void {
    this._places = finalPlaces(this._drawing, this._automatic);
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private _notebook: NotebookPanel | null = null;
  private _graph: INotebookGraph | null = null;
  private _drawing = EMPTY_DRAWING;
  private _automatic: Places = new Map();
  private _places: Places = new Map();
  private _layoutKey = '';
  private _layoutError: string | null = null;
  private _isArranging = false;
  private _isSelecting = false;
  private _isDrawerOpen = false;
  private _isDisposed = false;
  private _selected: ReadonlySet<string> = new Set();
  private _folded: ReadonlySet<string> = new Set();
  private _direction: Direction = 'down';
  private _tab: GraphTab = 'canvas';
  private _query = '';
}
