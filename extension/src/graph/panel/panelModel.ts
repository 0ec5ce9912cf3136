import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { INotebookRun, INotebookRuns } from '../run/tokens';
import type { INotebookGraph, INotebookGraphs } from '../tokens';
import type { IGraphNode } from '../graphModel/view';
import type { Places } from '../layout/arrange';
import type { IDrawing } from '../layout/drawing';
import type { Direction } from '../layout/shape';
import type { Ways } from '../layout/ways';
import { Arranger } from './arranger';
import type { KeptLook } from './keptLook';
import { hasPicture } from './pictures';

/** The tabs of the panel. */
export type GraphTab = 'canvas' | 'outline';

/** What the panel works with. */
export interface IPanelServices {
  readonly graphs: INotebookGraphs;
  readonly runs: INotebookRuns | null;
  readonly notebooks: INotebookTracker;
  readonly look: KeptLook;
}

/** State of the graph panel: which notebook, what is drawn where, what is selected. */
export class GraphPanelModel implements IDisposable {
  constructor(private readonly _services: IPanelServices) {
    const { notebooks, look } = _services;
    this._arranger.changed.connect(() => this._changed.emit());
    look.changed.connect(this._draw, this);
    notebooks.currentChanged.connect(this._onCurrent, this);
    this._onCurrent();
  }

  get notebook(): NotebookPanel | null {
    return this._notebook;
  }

  /** What the notebook's tab calls it; empty where none is open. */
  get notebookName(): string {
    return this._name;
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
    return this._arranger.drawing;
  }

  get places(): Places {
    return this._arranger.places;
  }

  /** The ways of lines; the same function as long as they stay the same. */
  get ways(): Ways {
    return this._arranger.ways;
  }

  /** True while no layout has been made of what is drawn. */
  get isArranging(): boolean {
    return this._arranger.isArranging;
  }

  /** False while nodes wait for a layout at the place that they have for the moment. */
  get isSettled(): boolean {
    return this._arranger.isSettled;
  }

  /** Why the last layout failed; null when it did not. */
  get layoutError(): string | null {
    return this._arranger.error;
  }

  /**
   * Ids of the selected cells that are nodes. A text that is selected in the notebook has
   * none: keys and menus of the graph must not reach it.
   */
  get selected(): ReadonlySet<string> {
    const nodes = this._graph?.view.nodes ?? [];
    const { ids, all, among } = this._selection;
    if (all !== this._selected || among !== nodes) {
      const found = nodes
        .filter(({ id }) => this._selected.has(id))
        .map(({ id }) => id);
      const isSame = found.length === ids.size && found.every(id => ids.has(id));
      const now = isSame ? ids : new Set(found);
      this._selection = { ids: now, all: this._selected, among: nodes };
    }
    return this._selection.ids;
  }

  /** Emits the ids of cells of the notebook whose outputs have changed. */
  get outputsChanged(): ISignal<this, ReadonlySet<string>> {
    return this._outputsChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get direction(): Direction {
    return this._services.look.direction;
  }

  set direction(direction: Direction) {
    this._services.look.direction = direction;
  }

  /** Whether the map is shown; null when that depends on the room. */
  get hasMap(): boolean | null {
    return this._services.look.hasMap;
  }

  set hasMap(hasMap: boolean | null) {
    this._services.look.hasMap = hasMap;
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
    const { _notebook: notebook } = this;
    return this._services.look.foldedIn(notebook?.context.path ?? '');
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._arranger.dispose();
      Signal.clearData(this);
    }
  }

  /** Folds a section into one box, or opens it. */
  toggleFold(section: string): void {
    const folded = new Set(this.folded);
    if (!folded.delete(section)) {
      folded.add(section);
    }
    this._fold(folded);
  }

  /** Folds all sections, or opens them. */
  foldAll(isFolded: boolean): void {
    const sections = this._graph?.view.sections ?? [];
    this._fold(new Set(isFolded ? sections.map(({ id }) => id) : []));
  }

  /** Opens the sections of the selected nodes, as when one was added: so that it is seen. */
  openSelected(): void {
    // What was added just now may not be read yet.
    this._graph?.refresh();
    const { folded, selected } = this;
    const nodes = this._graph?.view.nodes ?? [];
    const opened = new Set(
      nodes.flatMap(({ id, section }) => (selected.has(id) ? [section] : []))
    );
    const left = [...folded].filter(id => !opened.has(id));
    if (left.length < folded.size) {
      this._fold(new Set(left));
    }
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
    this._name = notebook?.title.label ?? '';
    notebook?.title.changed.connect(this._onTitle, this);
    this._graph = null;
    this._arranger.reset();
    if (notebook?.context.isReady) {
      this._enter(notebook);
      return;
    }
    // Until the notebook is read nothing of the one before stays.
    this._draw();
    void notebook?.context.ready.then(() => this._enter(notebook));
  }

  private _leave(): void {
    const notebook = this._notebook?.isDisposed === false ? this._notebook : null;
    const content = notebook?.content;
    notebook?.title.changed.disconnect(this._onTitle, this);
    notebook?.context.pathChanged.disconnect(this._onPath, this);
    content?.activeCellChanged.disconnect(this._onSelection, this);
    content?.selectionChanged.disconnect(this._onSelection, this);
    this._graph?.changed.disconnect(this._draw, this);
    this._graph?.outputsChanged.disconnect(this._onOutputs, this);
    this._run?.changed.disconnect(this._onStates, this);
    this._run = null;
  }

  private _enter(notebook: NotebookPanel): void {
    if (this._notebook !== notebook || notebook.isDisposed || this._isDisposed) {
      return;
    }
    this._graph = this._services.graphs.of(notebook);
    this._graph.refresh();
    this._graph.changed.connect(this._draw, this);
    this._graph.outputsChanged.connect(this._onOutputs, this);
    this._run = this.run;
    this._run?.changed.connect(this._onStates, this);
    this._path = notebook.context.path;
    notebook.context.pathChanged.connect(this._onPath, this);
    notebook.content.activeCellChanged.connect(this._onSelection, this);
    notebook.content.selectionChanged.connect(this._onSelection, this);
    this._onSelection();
    this._draw();
  }

  /** The title changes with each edit, its label only with the name. */
  private _onTitle({ label }: NotebookPanel['title']): void {
    if (label !== this._name) {
      this._name = label;
      this._changed.emit();
    }
  }

  /** A renamed notebook keeps its folded sections. */
  private _onPath(): void {
    const { look } = this._services;
    const folded = look.foldedIn(this._path);
    look.fold(this._path, new Set());
    this._path = this._notebook?.context.path ?? '';
    look.fold(this._path, folded);
  }

  private _fold(sections: ReadonlySet<string>): void {
    if (this._notebook) {
      this._services.look.fold(this._notebook.context.path, sections);
    }
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

  private _onOutputs(_: unknown, ids: ReadonlySet<string>): void {
    this._outputsChanged.emit(ids);
    this._fitPictures(ids);
  }

  private _onStates(_: unknown, ids: ReadonlySet<string>): void {
    this._fitPictures(ids);
  }

  /** A first picture makes a node higher, and lower that it has none any more. */
  private _fitPictures(ids: ReadonlySet<string>): void {
    const changes = this.drawing.items.some(
      item =>
        item.kind === 'cell' &&
        ids.has(item.id) &&
        item.shape.hasPicture !== this._hasPicture(item.node) &&
        // A result without a picture may be one that is still to be drawn.
        this._graph?.preview(item.id)?.kind !== 'text'
    );
    if (changes) {
      this._draw();
    }
  }

  private _hasPicture(node: IGraphNode): boolean {
    return hasPicture(this._graph, this._run, node);
  }

  private _draw(): void {
    this._arranger.draw(this._graph?.view ?? null, {
      direction: this.direction,
      folded: this.folded,
      hasPicture: node => this._hasPicture(node)
    });
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _outputsChanged = new Signal<this, ReadonlySet<string>>(this);
  private readonly _arranger = new Arranger();
  private _notebook: NotebookPanel | null = null;
  private _path = '';
  private _name = '';
  private _graph: INotebookGraph | null = null;
  /** The one that is followed. */
  private _run: INotebookRun | null = null;
  private _isSelecting = false;
  private _isDrawerOpen = false;
  private _isDisposed = false;
  /** Of all cells of the notebook. */
  private _selected: ReadonlySet<string> = new Set();
  /** Those that are nodes, and what that was made of. */
  private _selection: {
    readonly ids: ReadonlySet<string>;
    readonly all: ReadonlySet<string>;
    readonly among: readonly IGraphNode[];
  } = { ids: new Set(), all: this._selected, among: [] };
  private _tab: GraphTab = 'canvas';
  private _query = '';
}
