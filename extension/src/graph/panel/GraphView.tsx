import {
  addIcon,
  ellipsesIcon,
  refreshIcon,
  runIcon,
  stopIcon,
  type LabIcon
} from '@jupyterlab/ui-components';
import { ReactFlowProvider } from '@xyflow/react';
import * as React from 'react';

import { CommandIDs } from '../../commands';
import type { Places } from '../layout/arrange';
import { Canvas, type ICanvasView, type IMenuTarget } from './Canvas';
import { GraphContext, useGraph, type IGraphContext } from './context';
import { Drawer } from './Drawer';
import { Outline } from './Outline';
import type { GraphPanelModel, GraphTab } from './panelModel';

export interface IGraphViewProps {
  readonly model: GraphPanelModel;
  /** Counts up with the model, so that the view is drawn anew. */
  readonly context: Omit<IGraphContext, 'found'>;
  readonly hasMap: boolean;
  readonly move: (places: Places) => void;
  readonly openMenu: (event: MouseEvent, target: IMenuTarget) => void;
  readonly openPanelMenu: (event: React.MouseEvent) => void;
  readonly onReady: (view: ICanvasView) => void;
  readonly newWorkflow: () => void;
}

/** The whole panel: bar, search, then canvas or outline. */
export function GraphView(props: IGraphViewProps): React.JSX.Element {
  const { model, context } = props;
  const { trans } = context;
  const nodes = model.graph?.view.nodes ?? [];
  const found = React.useMemo(
    () => (model.query.trim() === '' ? null : new Set(model.found.map(({ id }) => id))),
    // The model's drawing is a new object when its nodes have changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [model.query, model.drawing]
  );
  const value = React.useMemo(() => ({ ...context, found }), [context, found]);
  if (!model.notebook || !model.graph) {
    return (
      <Empty
        text={trans.__(
          'The graph shows how values flow between the cells of a notebook. Open a notebook to see it.'
        )}
      >
        <button type="button" className="jp-mod-styled" onClick={props.newWorkflow}>
          {trans.__('New workflow')}
        </button>
      </Empty>
    );
  }
  return (
    <GraphContext.Provider value={value}>
      <Bar {...props} />
      <SearchRow {...props} found={found} />
      <div
        className="llmos-GraphPanel-body"
        role="tabpanel"
        id="llmos-graph-body"
        aria-labelledby={`llmos-graph-tab-${model.tab}`}
      >
        {model.isDrawerOpen && (
          <Drawer
            close={() => {
              model.isDrawerOpen = false;
            }}
          />
        )}
        {nodes.length === 0 ? (
          <Empty
            text={trans.__(
              'This notebook has no code yet. Add a skill, or type into a cell.'
            )}
          >
            <button
              type="button"
              className="jp-mod-styled"
              onClick={() => {
                model.isDrawerOpen = true;
              }}
            >
              {trans.__('Add a skill')}
            </button>
          </Empty>
        ) : model.tab === 'canvas' ? (
          <CanvasTab {...props} />
        ) : (
          <Outline
            view={model.graph.view}
            folded={model.folded}
            selected={model.selected}
            select={ids => model.select(ids)}
            openMenu={props.openMenu}
          />
        )}
      </div>
    </GraphContext.Provider>
  );
}

function CanvasTab(props: IGraphViewProps): React.JSX.Element {
  const { model } = props;
  const { trans } = useGraph();
  if (model.isArranging) {
    return (
      <p className="llmos-GraphPanel-status" role="status">
        {trans.__('Arranging %1 nodes…', model.drawing.items.length)}
      </p>
    );
  }
  return (
    <>
      <ReactFlowProvider key={model.notebook?.id}>
        <Canvas
          drawing={model.drawing}
          places={model.places}
          selected={model.selected}
          hasMap={props.hasMap}
          select={ids => model.select(ids)}
          move={props.move}
          openMenu={props.openMenu}
          onReady={props.onReady}
        />
      </ReactFlowProvider>
      {model.layoutError !== null && (
        <p className="llmos-GraphPanel-status llmos-mod-error" role="alert">
          {trans.__('The graph could not be arranged: %1', model.layoutError)}
        </p>
      )}
    </>
  );
}

function Bar(props: IGraphViewProps): React.JSX.Element {
  const { model } = props;
  const { actions, run, trans } = useGraph();
  const isRunning = run?.isRunning === true;
  const tab = (id: GraphTab, label: string): React.JSX.Element => (
    <button
      type="button"
      role="tab"
      id={`llmos-graph-tab-${id}`}
      aria-selected={model.tab === id}
      aria-controls="llmos-graph-body"
      tabIndex={model.tab === id ? 0 : -1}
      onClick={() => {
        model.tab = id;
      }}
    >
      {label}
    </button>
  );
  return (
    <div className="llmos-GraphBar">
      <div
        className="llmos-GraphBar-tabs"
        role="tablist"
        aria-label={trans.__('Views of the graph')}
        onKeyDown={event => {
          if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
            model.tab = model.tab === 'canvas' ? 'outline' : 'canvas';
            const other = event.currentTarget.querySelector<HTMLElement>(
              `#llmos-graph-tab-${model.tab}`
            );
            other?.focus();
            event.preventDefault();
          }
        }}
      >
        {tab('canvas', trans.__('Graph'))}
        {tab('outline', trans.__('Outline'))}
      </div>
      {run && (
        <>
          <BarButton
            icon={runIcon}
            label={trans.__('Run all')}
            isDisabled={isRunning}
            onClick={() => actions.execute(CommandIDs.runAll)}
            onLook={isLooking => void run.showPlan(isLooking ? { kind: 'all' } : null)}
          />
          <BarButton
            icon={refreshIcon}
            label={trans.__('Run stale cells')}
            isDisabled={isRunning}
            onClick={() => actions.execute(CommandIDs.runStale)}
            onLook={isLooking =>
              void run.showPlan(isLooking ? { kind: 'stale' } : null)
            }
          />
          <BarButton
            icon={stopIcon}
            label={trans.__('Stop')}
            isDisabled={!isRunning}
            onClick={() => actions.execute(CommandIDs.stopRun)}
          />
        </>
      )}
      <BarButton
        icon={ellipsesIcon}
        label={trans.__('More')}
        hasMenu
        onClick={props.openPanelMenu}
      />
    </div>
  );
}

function SearchRow(
  props: IGraphViewProps & { readonly found: ReadonlySet<string> | null }
): React.JSX.Element {
  const { model, found } = props;
  const { trans, actions } = useGraph();
  const next = React.useRef(0);
  return (
    <div className="llmos-GraphSearch">
      <input
        type="search"
        className="jp-mod-styled"
        aria-label={trans.__('Search nodes')}
        placeholder={trans.__('Search nodes')}
        value={model.query}
        onChange={event => {
          next.current = 0;
          model.query = event.target.value;
        }}
        onKeyDown={event => {
          const ids = [...(found ?? [])];
          const id = ids[next.current % ids.length];
          if (event.key === 'Enter' && id !== undefined) {
            next.current += 1;
            model.select([id]);
            actions.execute(CommandIDs.graphReveal, { cell: id });
          }
        }}
      />
      {found && (
        <span className="llmos-GraphSearch-count" role="status">
          {trans._n('%1 node', '%1 nodes', found.size)}
        </span>
      )}
      <BarButton
        icon={addIcon}
        label={trans.__('Add a skill')}
        isPressed={model.isDrawerOpen}
        onClick={() => {
          model.isDrawerOpen = !model.isDrawerOpen;
        }}
      />
    </div>
  );
}

function BarButton(props: {
  readonly icon: LabIcon;
  readonly label: string;
  readonly onClick: (event: React.MouseEvent) => void;
  readonly isDisabled?: boolean;
  readonly isPressed?: boolean;
  readonly hasMenu?: boolean;
  /** Called when the pointer or focus comes and goes. */
  readonly onLook?: (isLooking: boolean) => void;
}): React.JSX.Element {
  const { icon, label, onClick, isDisabled, isPressed, hasMenu, onLook } = props;
  return (
    <button
      type="button"
      className="llmos-GraphButton"
      aria-label={label}
      title={label}
      disabled={isDisabled}
      aria-pressed={isPressed}
      aria-haspopup={hasMenu ? 'menu' : undefined}
      onClick={onClick}
      onPointerEnter={() => onLook?.(true)}
      onPointerLeave={() => onLook?.(false)}
      onFocus={() => onLook?.(true)}
      onBlur={() => onLook?.(false)}
    >
      <icon.react tag="span" width="16px" height="16px" />
    </button>
  );
}

function Empty(props: {
  readonly text: string;
  readonly children: React.ReactNode;
}): React.JSX.Element {
  return (
    <div className="llmos-GraphPanel-empty">
      <p>{props.text}</p>
      {props.children}
    </div>
  );
}
