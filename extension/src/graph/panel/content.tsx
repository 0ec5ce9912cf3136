import { Notification } from '@jupyterlab/apputils';
import { NotebookActions, type Notebook } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';

import { CommandIDs } from '../../commands';
import { scrollToCursor } from '../../notebook/scrollToCell';
import type { ISkillLibrary } from '../../tokens';
import { connectOnce } from '../edit/connect';
import { editContext } from '../edit/editContext';
import { refused } from '../edit/outcome';
import { EMPTY_VIEW, type Point } from '../graphModel/view';
import type { Places } from '../layout/arrange';
import type { ISweeps } from '../sweep/tokens';
import {
  editingActions,
  type IConnectionStart,
  type IGraphActions,
  type IPortEnd
} from './actions';
import type { ICanvasView } from './viewport';
import { askConnection } from './ConnectDialog';
import { onlyChoice } from './connectEnds';
import type { IGraphContext } from './context';
import { GraphView } from './GraphView';
import { onPanelKey } from './keys';
import { mapMode, type MapMode } from './mapMode';
import { contextEntries, openMenu, PANEL_ENTRIES } from './menus';
import { GraphPanelModel, type IPanelServices } from './panelModel';
import { Thumbnails } from './thumbnails';

/** What the panel's content works with; fixed for the panel's life. */
export interface IContentOptions extends IPanelServices {
  /** Null where nothing is swept. */
  readonly sweeps: ISweeps | null;
  readonly commands: CommandRegistry;
  readonly library: ISkillLibrary;
  readonly trans: TranslationBundle;
}

/** What the panel shows, loaded when it is first opened. */
export class GraphContent extends ReactWidget {
  constructor(private readonly _options: IContentOptions) {
    super();
    this.model = new GraphPanelModel(_options);
    this.addClass('llmos-GraphPanel-content');
    this._actions = this._makeActions();
    this.node.addEventListener('keydown', event => onPanelKey(event, this._actions));
    this.model.changed.connect(this._onModel, this);
    this.model.outputsChanged.connect((_, ids) => this._drawOutputs(ids), this);
    _options.runs?.changed.connect(this.update, this);
    _options.library.changed.connect(this.update, this);
  }

  readonly model: GraphPanelModel;

  override dispose(): void {
    if (!this.isDisposed) {
      this._thumbnails.dispose();
      this.model.dispose();
      super.dispose();
    }
  }

  /** When the map is shown: as a person chose, else where there is room and use for it. */
  get map(): MapMode {
    const { hasMap, drawing } = this.model;
    return mapMode(hasMap, this.node.clientWidth, drawing.items.length);
  }

  /** Shows the whole graph. */
  showAll(): void {
    this._view?.fit();
  }

  /** The same, of a layout that is still to come. */
  showArranged(): void {
    requestAnimationFrame(() => {
      if (this.model.isSettled) {
        this.showAll();
      } else {
        this.model.changed.connect(this._onceArranged, this);
      }
    });
  }

  /** Brings a node into sight. */
  reveal(cell: string): void {
    this._view?.reveal(cell);
  }

  /** Takes all chosen places back, so that the layout decides, as one step of undo. */
  async arrange(): Promise<void> {
    const { nodes, sections } = this.model.graph?.view ?? EMPTY_VIEW;
    const placed = [...nodes, ...sections].filter(({ position }) => position !== null);
    if (placed.length > 0) {
      await this._actions.move(new Map(placed.map(({ id }) => [id, null])));
    }
    this.showArranged();
  }

  /** Asks for a connection and makes it. */
  async chooseConnection(start: IConnectionStart): Promise<void> {
    const { view } = this.model.graph ?? {};
    if (!view) {
      return;
    }
    const { trans } = this._options;
    const faultOf = this._actions.connectionFault;
    const choice =
      onlyChoice(view, start) ?? (await askConnection({ view, start, faultOf, trans }));
    if (choice) {
      await this._actions.connect(choice.from, choice.to);
    }
  }

  /** Asks for a new name of a variable that a cell defines, and renames it everywhere. */
  async rename(cell: string, name?: string): Promise<void> {
    const { commands, trans } = this._options;
    const { graph } = this.model;
    const defined = graph?.graph.cells.find(({ id }) => id === cell)?.analysis.defines;
    const target = graph?.view.nodes.find(({ id }) => id === cell)?.target;
    const known = name !== undefined && defined?.includes(name) ? name : undefined;
    const from = known ?? target ?? defined?.[0];
    if (from === undefined || from === null) {
      const text = trans.__(
        'This cell defines no variable that could be renamed. Choose one that does.'
      );
      Notification.info(text, { autoClose: 4000 });
      return;
    }
    await commands.execute(CommandIDs.graphRename, { cell, from });
  }

  protected override render(): React.JSX.Element {
    const { model, _options: options } = this;
    return (
      <GraphView
        model={model}
        context={this._context()}
        map={this.map}
        move={places => this._move(places)}
        openMenu={(event, target) =>
          openMenu(
            options.commands,
            contextEntries(target, model.drawing),
            event,
            options.trans
          )
        }
        openPanelMenu={event => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          const at = { clientX: left, clientY: bottom };
          openMenu(options.commands, PANEL_ENTRIES, at, options.trans);
        }}
        onReady={this._onReady}
        newWorkflow={() => void options.commands.execute(CommandIDs.newWorkflow)}
      />
    );
  }

  protected override onResize(): void {
    this.update();
  }

  protected override onAfterShow(): void {
    this._drawOutputs();
  }

  private _onModel(): void {
    if (this.model.graph !== this._given?.graph) {
      this._thumbnails.reset();
      this._drawOutputs();
    }
    this.update();
  }

  private _onceArranged(): void {
    this.model.changed.disconnect(this._onceArranged, this);
    this.showArranged();
  }

  /** Has the outputs of cells drawn, of all without a choice; only while a person looks. */
  private _drawOutputs(cells?: ReadonlySet<string>): void {
    const { notebook, graph } = this.model;
    if (notebook && graph && this.isVisible) {
      const ids = cells ?? new Set(graph.view.nodes.map(({ id }) => id));
      this._thumbnails.request(notebook, ids);
    }
  }

  /** The same object as long as graph and run are the same. */
  private _context(): Omit<IGraphContext, 'found'> {
    const { graph, run, notebook } = this.model;
    if (this._given?.graph !== graph || this._given.run !== run) {
      this._given = {
        ...{ graph, run, notebook, actions: this._actions },
        sweeps: this._options.sweeps,
        library: this._options.library,
        trans: this._options.trans,
        toggleFold: section => this.model.toggleFold(section)
      };
    }
    return this._given;
  }

  /** What the command would say, asked before it is called. */
  private _connectionFault(from: IPortEnd, to: IPortEnd): string | null {
    const { notebook } = this.model;
    const context = notebook && editContext(this._options, notebook);
    const result =
      context &&
      connectOnce(
        context,
        {
          ...{ from: from.cell, output: from.port },
          ...{ to: to.cell, input: to.port }
        },
        this._options.trans
      );
    return result?.ok === false ? result.reason : null;
  }

  /** Takes a step back or forth, and selects what that brings. */
  private _step(step: (content: Notebook) => void): void {
    const content = this.model.notebook?.content;
    if (content) {
      const idsOf = (): string[] => content.widgets.map(({ model }) => model.id);
      const before = new Set(idsOf());
      step(content);
      const brought = idsOf().filter(id => !before.has(id));
      if (brought.length > 0) {
        this.model.select(brought);
      }
    }
  }

  private _move(places: Places): void {
    // The place of a folded section is kept by the cell of its heading.
    const points = this.model.drawing.items.flatMap((item): [string, Point][] => {
      const place = places.get(item.id);
      const cell = item.kind === 'cell' ? item.id : item.section.cell;
      return place ? [[cell, [place.x, place.y]]] : [];
    });
    void this._actions.move(new Map(points));
  }

  /** Tells why something was not done, as long as the same is drawn. */
  private _refuse(reason: string): void {
    const { model } = this;
    const { drawing } = model;
    refused(reason, callback => {
      const onModel = (): void => {
        if (model.drawing !== drawing) {
          model.changed.disconnect(onModel);
          callback();
        }
      };
      model.changed.connect(onModel);
    });
  }

  private _makeActions(): IGraphActions {
    const { commands } = this._options;
    const notebook = (): GraphPanelModel['notebook'] => this.model.notebook;
    const editing = editingActions(commands, () => this.model.drawing);
    return {
      ...editing,
      add: async (...what) => {
        const isAdded = await editing.add(...what);
        if (isAdded) {
          this.model.openSelected();
        }
        return isAdded;
      },
      connectionFault: (from, to) => this._connectionFault(from, to),
      refuse: reason => this._refuse(reason),
      chooseConnection: start => void this.chooseConnection(start),
      rename: (cell, name) => void this.rename(cell, name),
      edit: cell => {
        this.model.select([cell]);
        const panel = notebook();
        if (panel) {
          const opened = commands.execute('docmanager:open', {
            path: panel.context.path
          });
          panel.content.mode = 'edit';
          panel.content.activate();
          void opened.then(() => scrollToCursor(panel.content));
        }
      },
      undo: () => this._step(NotebookActions.undo),
      redo: () => this._step(NotebookActions.redo),
      execute: (command, args) => {
        if (commands.hasCommand(command)) {
          void commands.execute(command, args);
        }
      }
    };
  }

  private readonly _onReady = (view: ICanvasView): void => {
    this._view = view;
  };
  private readonly _thumbnails = new Thumbnails();
  private readonly _actions: IGraphActions;
  private _given: Omit<IGraphContext, 'found'> | null = null;
  private _view: ICanvasView | null = null;
}
