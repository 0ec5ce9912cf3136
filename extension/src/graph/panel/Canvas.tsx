import {
  Background,
  ConnectionMode,
  Controls,
  ReactFlow,
  useStore,
  useStoreApi,
  type AriaLabelConfig,
  type EdgeChange,
  type ReactFlowProps
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import * as React from 'react';

import { CommandIDs } from '../../commands';
import type { Places } from '../layout/arrange';
import type { IBox } from '../layout/box';
import type { IDrawing } from '../layout/drawing';
import { boundsOf } from '../layout/placed';
import type { Ways } from '../layout/ways';
import { CellNode } from './CellNode';
import { useConnecting } from './connecting';
import { ConnectionHint } from './ConnectionHint';
import { PortMode, useGraph } from './context';
import { toFlowEdges, type FlowEdge, type FlowNode } from './flow';
import { useGivenMeasures } from './givenMeasures';
import { GraphMap } from './GraphMap';
import {
  useFocusOfFold,
  useHeldFocus,
  useKeptFocus,
  type LostFocus
} from './keptFocus';
import { chosenAt, nodeToFocus, onCanvasKey } from './keys';
import type { MapMode } from './mapMode';
import { cellsWith, type IMenuTarget } from './menuTarget';
import { NODE_KEYS } from './nodeKeys';
import { useNodes } from './nodes';
import { FoldedNode, FrameNode } from './SectionNodes';
import { edgeLabels, movedText } from './texts';
import { useCanvasDrop, useFocusOfDrop } from './skillDrop';
import { ValueEdge } from './ValueEdge';
import { useViewport, type ICanvasView } from './viewport';

/** From this many nodes on only those in sight are drawn. */
const MANY = 1500;

/** Zoom below which texts could not be read: they are not painted. */
const FAR = 0.5;

/** Zoom out to which any graph can be seen. */
const LEAST = 0.08;

/** Zoom below which the dots behind the nodes are too small and many to be drawn. */
const DOTS = 0.2;

/** How keys, zoom and drags work. */
const BEHAVIOUR = {
  connectionMode: ConnectionMode.Strict,
  // Delete, and all other keys of the canvas, are those of `keys.ts`.
  deleteKeyCode: null,
  selectionKeyCode: 'Shift',
  multiSelectionKeyCode: ['Control', 'Meta', 'Shift'],
  panActivationKeyCode: null,
  maxZoom: 2,
  zoomOnDoubleClick: false,
  nodeDragThreshold: 3,
  connectionRadius: 18
};

const NODE_TYPES = { cell: CellNode, frame: FrameNode, folded: FoldedNode };
const EDGE_TYPES = { value: ValueEdge };

/** The drawing with its places; the canvas itself keeps no state of the notebook. */
export interface ICanvasProps {
  readonly drawing: IDrawing;
  readonly places: Places;
  readonly ways: Ways;
  /** False while a layout of the drawing is under way. */
  readonly isSettled: boolean;
  readonly selected: ReadonlySet<string>;
  readonly map: MapMode;
  /** Whether the library covers its left. */
  readonly isCovered: boolean;
  /** Whether keys go to it from the start; false again once they do. */
  readonly takesFocus: React.MutableRefObject<boolean>;
  readonly lost: LostFocus;
  readonly select: (ids: readonly string[]) => void;
  readonly move: (places: Places) => void;
  readonly openMenu: (event: MouseEvent, target: IMenuTarget) => void;
  /** Hands out the way to bring nodes into sight. */
  readonly onReady: (view: ICanvasView) => void;
}

/** The nodes and edges, which can be panned, zoomed, dragged and connected. */
export function Canvas(props: ICanvasProps): React.JSX.Element {
  const { drawing } = props;
  const { actions, trans } = useGraph();
  const root = React.useRef<HTMLDivElement>(null);
  const [edgeIds, setEdgeIds] = React.useState<ReadonlySet<string>>(new Set());
  const { nodes, onNodesChange, onNodeDragStop, onLetGo } = useNodes(props);
  const edges = useEdges(drawing, props.ways, edgeIds);
  const ariaLabelConfig = React.useMemo(() => ariaTexts(trans), [trans]);
  const bounds = useBounds(props);
  const drop = useCanvasDrop(root, drawing, props.places);
  const hold = useFocus(root, props);
  useSaidSelection(props.selected);
  useGivenMeasures();
  const { fit } = useViewport({ ...props, bounds }, root);
  const { portMode, judge, handlers } = useConnecting(drawing);
  return (
    <div
      ref={root}
      className={`llmos-GraphCanvas${drop.isOver ? ' llmos-mod-dropTarget' : ''}`}
      tabIndex={-1}
      role="group"
      aria-label={trans.__('Nodes and edges')}
      {...useKeys(root, props, edgeIds, setEdgeIds)}
      {...onLetGo}
      {...hold}
    >
      <PortMode.Provider value={portMode}>
        <ReactFlow<FlowNode, FlowEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={changes => setEdgeIds(ids => selectEdges(ids, changes))}
          onNodeDragStop={onNodeDragStop}
          onNodeDoubleClick={(_, node) => node.type === 'cell' && actions.edit(node.id)}
          {...handlers}
          {...useMenus(props)}
          onMove={(_, { zoom }) => showZoom(root.current, zoom)}
          onlyRenderVisibleElements={drawing.items.length > MANY}
          {...BEHAVIOUR}
          minZoom={useLeastZoom(drawing.items.length, bounds)}
          ariaLabelConfig={ariaLabelConfig}
        >
          <Dots />
          <Controls
            showInteractive={false}
            orientation="horizontal"
            onFitView={fit}
            position="top-left"
          />
          <ConnectionHint judge={judge} />
          {props.map !== 'none' && (
            <GraphMap bounds={bounds} isAlways={props.map === 'always'} />
          )}
        </ReactFlow>
      </PortMode.Provider>
    </div>
  );
}

/** The dots behind the nodes. */
function Dots(): React.JSX.Element | null {
  const areSeen = useStore(({ transform }) => transform[2] >= DOTS);
  return areSeen ? <Background gap={20} size={1} /> : null;
}

/** Keeps the focus where keys act on what is meant, whatever comes and goes. */
function useFocus(
  root: React.RefObject<HTMLElement>,
  { takesFocus, lost, selected }: ICanvasProps
): ReturnType<typeof useHeldFocus> {
  useFocusOfDrop(root, takesFocus);
  useKeptFocus(root, lost);
  const hold = useHeldFocus(root);
  useFocusOfSelected(root, selected);
  return hold;
}

/** Around all that is drawn: of many nodes without their lines, most of which nobody sees. */
function useBounds({ drawing, places, ways }: ICanvasProps): IBox | null {
  return React.useMemo(
    () => boundsOf(drawing, places, drawing.items.length > MANY ? undefined : ways),
    [drawing, places, ways]
  );
}

/**
 * How far a person can zoom out: so far that the whole graph is seen with room around it.
 * Of many nodes, which are drawn only where they are in sight, not so many at once.
 */
function useLeastZoom(nodes: number, bounds: IBox | null): number {
  return useStore(({ width, height }) =>
    bounds === null || width === 0 || nodes > MANY
      ? LEAST
      : Math.min(LEAST, width / bounds.width / 2, height / bounds.height / 2)
  );
}

/** Keys act on what is selected, and what the keyboard gives the focus is selected. */
function useKeys(
  root: React.RefObject<HTMLElement>,
  { drawing, selected, select }: ICanvasProps,
  edgeIds: ReadonlySet<string>,
  setEdgeIds: (ids: ReadonlySet<string>) => void
): Pick<React.DOMAttributes<HTMLElement>, 'onClickCapture' | 'onFocus' | 'onKeyDown'> {
  const { actions } = useGraph();
  return {
    ...useFocusOfFold(root),
    onFocus: ({ target }) => {
      // Where the pointer gives the focus, its click selects.
      if (target.matches(':focus-visible')) {
        const chosen = chosenAt(target, { selected, edgeIds });
        setEdgeIds(chosen.edgeIds);
        if (chosen.selected !== selected) {
          select([...chosen.selected]);
        }
      }
    },
    onKeyDown: event =>
      onCanvasKey(event, { selected, edgeIds, drawing, actions, select })
  };
}

/**
 * Keeps the focus among the selected nodes, as when the one that had it has gone or comes
 * back: what has the focus and what is selected look alike.
 */
function useFocusOfSelected(
  root: React.RefObject<HTMLElement>,
  selected: ReadonlySet<string>
): void {
  // The nodes as they are drawn, which is later than they are given.
  const nodes = useStore(store => store.nodes);
  React.useEffect(() => {
    const node = root.current && nodeToFocus(root.current, selected);
    node?.focus({ preventScroll: true });
  }, [root, selected, nodes]);
}

/** Has screen readers say how many nodes are selected, where it is more than the focused one. */
function useSaidSelection({ size }: ReadonlySet<string>): void {
  const { trans } = useGraph();
  const store = useStoreApi();
  React.useEffect(() => {
    if (size > 1) {
      const ariaLiveMessage = trans.__('%1 nodes are selected.', size);
      store.setState({ ariaLiveMessage });
    }
  }, [store, size, trans]);
}

/** Lets the style sheet keep titles readable; the zoom stays the same while panning. */
function showZoom(canvas: HTMLElement | null, zoom: number): void {
  // Texts are as large as the style sheet lets them be long before.
  const text = Math.max(zoom, 0.01).toFixed(2);
  if (canvas && canvas.style.getPropertyValue('--llmos-zoom') !== text) {
    canvas.style.setProperty('--llmos-zoom', text);
    canvas.classList.toggle('llmos-mod-far', zoom < FAR);
  }
}

/** Context menus of nodes, edges and the canvas between them. */
function useMenus({
  selected,
  select,
  openMenu
}: ICanvasProps): Pick<
  ReactFlowProps<FlowNode, FlowEdge>,
  'onNodeContextMenu' | 'onEdgeContextMenu' | 'onPaneContextMenu'
> {
  const open = (event: React.MouseEvent | MouseEvent, target: IMenuTarget): void => {
    openMenu('nativeEvent' in event ? event.nativeEvent : event, target);
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    onNodeContextMenu: (event, node) => {
      if (node.type !== 'cell') {
        open(event, { cells: [], edge: null, keys: [] });
        return;
      }
      if (!selected.has(node.id)) {
        select([node.id]);
      }
      const cells = cellsWith(node.id, selected);
      open(event, { cells, edge: null, keys: NODE_KEYS });
    },
    onEdgeContextMenu: (event, edge) =>
      open(event, { cells: [], edge: edge.id, keys: [CommandIDs.graphDisconnect] }),
    onPaneContextMenu: event => open(event, { cells: [], edge: null, keys: [] })
  };
}

function useEdges(
  drawing: IDrawing,
  ways: Ways,
  selected: ReadonlySet<string>
): FlowEdge[] {
  const { trans } = useGraph();
  const former = React.useRef<readonly FlowEdge[]>([]);
  return React.useMemo(() => {
    const label = edgeLabels(drawing, trans);
    const edges = toFlowEdges(drawing, { ways, selected, label }, former.current);
    former.current = edges;
    return edges;
  }, [drawing, ways, selected, trans]);
}

function selectEdges(
  ids: ReadonlySet<string>,
  changes: readonly EdgeChange<FlowEdge>[]
): ReadonlySet<string> {
  const next = new Set(ids);
  for (const change of changes) {
    if (change.type === 'select') {
      if (change.selected) {
        next.add(change.id);
      } else {
        next.delete(change.id);
      }
    }
  }
  return next;
}

/** What React Flow says to screen readers. */
function ariaTexts(
  trans: ReturnType<typeof useGraph>['trans']
): Partial<AriaLabelConfig> {
  const keys = trans.__(
    'Press Enter to edit the cell, an arrow key to move it, Delete to delete it. The outline tab offers everything else.'
  );
  return {
    // React Flow takes the one for the other.
    'node.a11yDescription.default': keys,
    'node.a11yDescription.keyboardDisabled': keys,
    'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }) =>
      movedText(direction, [x, y], trans),
    'edge.a11yDescription.default': trans.__(
      'Press Enter or Space to select the edge, Delete to cut it.'
    ),
    'controls.ariaLabel': trans.__('Zoom'),
    'controls.zoomIn.ariaLabel': trans.__('Zoom in'),
    'controls.zoomOut.ariaLabel': trans.__('Zoom out'),
    'controls.fitView.ariaLabel': trans.__('Fit the graph into view'),
    'minimap.ariaLabel': trans.__('Map of the graph')
  };
}
