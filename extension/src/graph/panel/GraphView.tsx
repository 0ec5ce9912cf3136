import { ReactFlowProvider } from '@xyflow/react';
import * as React from 'react';

import { isUndoKey, stepBack } from '../../undoKeys';
import { EMPTY_VIEW } from '../graphModel/view';
import type { Places } from '../layout/arrange';
import { Bar, SearchRow } from './Bar';
import { Canvas } from './Canvas';
import { GraphContext, useGraph, type IGraphContext } from './context';
import { Drawer } from './Drawer';
import { useKeptFocus, type LostFocus } from './keptFocus';
import type { MapMode } from './mapMode';
import type { IMenuTarget } from './menuTarget';
import { Outline } from './Outline';
import type { GraphPanelModel } from './panelModel';
import { useSkillDrop } from './skillDrop';
import type { ICanvasView } from './viewport';

/** The panel below its tool bar: canvas or outline. */
export interface IGraphViewProps {
  readonly model: GraphPanelModel;
  /** Counts up with the model, so that the view is drawn anew. */
  readonly context: Omit<IGraphContext, 'found'>;
  readonly map: MapMode;
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
  const found = React.useMemo(
    () => (model.query.trim() === '' ? null : new Set(model.found.map(({ id }) => id))),
    // The model's drawing is a new object when its nodes have changed.
    [model.query, model.drawing]
  );
  const value = React.useMemo(() => ({ ...context, found }), [context, found]);
  if (model.notebook && !model.graph) {
    return (
      <p className="llmos-GraphPanel-status" role="status">
        {trans.__('Reading the notebook…')}
      </p>
    );
  }
  if (!model.notebook) {
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
      <Bar model={model} openMenu={props.openPanelMenu} />
      <SearchRow model={model} />
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
        <Body {...props} />
      </div>
    </GraphContext.Provider>
  );
}

/** The canvas, the outline, or what to do when there is nothing to show. */
function Body(props: IGraphViewProps): React.JSX.Element {
  const { model } = props;
  const { graph } = useGraph();
  const view = graph?.view ?? EMPTY_VIEW;
  // The canvas comes after what was dropped in its place.
  const isDropped = React.useRef(false);
  const lost = React.useRef(false);
  if (view.nodes.length === 0) {
    return (
      <EmptyGraph
        openDrawer={() => {
          model.isDrawerOpen = true;
        }}
        {...{ isDropped, lost }}
      />
    );
  }
  return model.tab === 'canvas' ? (
    <CanvasTab {...props} {...{ isDropped, lost }} />
  ) : (
    <Outline
      view={view}
      folded={model.folded}
      selected={model.selected}
      select={ids => model.select(ids)}
      openMenu={props.openMenu}
      lost={lost}
    />
  );
}

function CanvasTab(
  props: IGraphViewProps & {
    /** Whether a skill was dropped before there was a canvas, which then takes the keys. */
    readonly isDropped: React.MutableRefObject<boolean>;
    readonly lost: LostFocus;
  }
): React.JSX.Element {
  const { model, isDropped, lost } = props;
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
          ways={model.ways}
          isSettled={model.isSettled}
          selected={model.selected}
          map={props.map}
          isCovered={model.isDrawerOpen}
          takesFocus={isDropped}
          lost={lost}
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

/** Says how to begin; a skill can be dropped here as on the canvas. */
function EmptyGraph(props: {
  readonly openDrawer: () => void;
  readonly isDropped: React.MutableRefObject<boolean>;
  readonly lost: LostFocus;
}): React.JSX.Element {
  const { actions, trans } = useGraph();
  const root = React.useRef<HTMLDivElement>(null);
  const { isDropped } = props;
  useKeptFocus(root, props.lost);
  const { isOver } = useSkillDrop(root, skill => {
    isDropped.current = true;
    void actions.add(skill, null).then(isAdded => {
      isDropped.current &&= isAdded;
    });
  });
  return (
    <Empty
      root={root}
      isOver={isOver}
      onKeyDown={event => {
        // The panel takes these keys on buttons.
        if (isUndoKey(event) && event.target === root.current) {
          event.preventDefault();
          stepBack(event, actions);
        }
      }}
      text={trans.__(
        'This notebook has no code yet. Add a skill, or type into a cell.'
      )}
    >
      <button type="button" className="jp-mod-styled" onClick={props.openDrawer}>
        {trans.__('Add a skill')}
      </button>
    </Empty>
  );
}

function Empty(props: {
  readonly text: string;
  readonly children: React.ReactNode;
  readonly root?: React.RefObject<HTMLDivElement>;
  /** Whether something is over it that can be dropped. */
  readonly isOver?: boolean;
  readonly onKeyDown?: React.KeyboardEventHandler;
}): React.JSX.Element {
  const { root, isOver = false, onKeyDown } = props;
  return (
    <div
      ref={root}
      className={`llmos-GraphPanel-empty${isOver ? ' llmos-mod-dropTarget' : ''}`}
      {...(root && { tabIndex: -1, onKeyDown })}
    >
      <p>{props.text}</p>
      {props.children}
    </div>
  );
}
