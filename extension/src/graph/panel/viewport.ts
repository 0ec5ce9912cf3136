import {
  useReactFlow,
  useStore,
  type FitViewOptions,
  type Viewport
} from '@xyflow/react';
import * as React from 'react';

import type { Places } from '../layout/arrange';
import type { IDrawing } from '../layout/drawing';
import { boundsOf, boxesOf, type Boxes } from '../layout/placed';
import type { FlowEdge, FlowNode } from './flow';
import { sightAfter, TOP } from './inSight';

/** What others can ask of the canvas. */
export interface ICanvasView {
  fit(): void;
  reveal(id: string): void;
}

type Flow = ReturnType<typeof useReactFlow<FlowNode, FlowEdge>>;

interface ILook {
  readonly drawing: IDrawing;
  readonly places: Places;
  readonly isSettled: boolean;
  readonly selected: ReadonlySet<string>;
  readonly onReady: (view: ICanvasView) => void;
}

/** Zoom to which a node that is asked for is brought at least. */
const REVEALED = 0.7;

/** Brings the graph into sight at first, and nodes when they are asked for. */
export function useViewport(look: ILook, root: React.RefObject<HTMLDivElement>): void {
  const { drawing, places, onReady } = look;
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const isReady = drawing.items.length > 0;
  const latest = React.useRef({ places, drawing });
  latest.current = { places, drawing };
  const reveal = React.useCallback(
    (id: string): void => {
      const { places: now, drawing: drawn } = latest.current;
      const place = now.get(id);
      const item = drawn.items.find(each => each.id === id);
      if (place && item) {
        const { width, height } = item.shape;
        const zoom = Math.max(flow.getZoom(), REVEALED);
        void flow.setCenter(place.x + width / 2, place.y + height / 2, { zoom });
      }
    },
    [flow]
  );
  React.useEffect(() => {
    onReady({ fit: () => void flow.fitView(FIT), reveal });
  }, [flow, onReady, reveal]);
  const shown = React.useRef<Viewport | null>(null);
  const show = React.useCallback((): void => {
    const first = root.current && viewAtFirst(latest.current, root.current);
    if (first) {
      shown.current = first;
      void flow.setViewport(first);
    }
  }, [flow, root]);
  const width = useStore(store => store.width);
  const height = useStore(store => store.height);
  React.useEffect(() => {
    if (!isReady) {
      shown.current = null;
    } else if (!shown.current || isSame(shown.current, flow.getViewport())) {
      // In a canvas of another size too, until a person has moved it.
      show();
    }
  }, [flow, isReady, show, width, height]);
  useInSight(flow, { ...look, show }, root);
}

function isSame(first: Viewport, second: Viewport): boolean {
  return first.x === second.x && first.y === second.y && first.zoom === second.zoom;
}

/** Keeps in sight what a person looks at when a layout moves nodes; without motion. */
function useInSight(
  flow: Flow,
  { drawing, places, isSettled, selected, show }: ILook & { readonly show: () => void },
  root: React.RefObject<HTMLDivElement>
): void {
  const former = React.useRef<{ boxes: Boxes; chosen: readonly string[] } | null>(null);
  const latest = React.useRef(selected);
  latest.current = selected;
  // Before the nodes are painted at their new places.
  React.useLayoutEffect(() => {
    if (!isSettled || !root.current) {
      return;
    }
    const before = former.current;
    const boxes = boxesOf(drawing, places);
    const chosen = drawing.items.flatMap(item =>
      item.kind === 'cell' && item.node.position ? [item.id] : []
    );
    former.current = { boxes, chosen };
    const { clientWidth: width, clientHeight: height } = root.current;
    // Neither at first, nor while the panel is hidden.
    if (before === null || width === 0) {
      return;
    }
    const sight = { ...flow.getViewport(), width, height };
    const move = sightAfter({
      ...{ before: before.boxes, after: boxes, selected: latest.current, sight },
      chosen: new Set([...before.chosen, ...chosen])
    });
    if (move === 'fit') {
      show();
    } else if (move) {
      void flow.setViewport({ ...move, zoom: sight.zoom });
    }
  }, [flow, drawing, places, isSettled, root, show]);
}

/** Around the graph at first, in pixels. */
const MARGIN = 20;

/** How the whole graph is shown: below the zoom buttons. */
export const FIT: FitViewOptions<FlowNode> = {
  padding: { top: `${TOP}px`, x: `${MARGIN}px`, bottom: `${MARGIN}px` }
};

/** Zoom from which on texts can be read. */
const READABLE = 0.6;

/** The whole graph where that can be read, else its width, else its beginning. */
function viewAtFirst(
  { places, drawing }: Pick<ILook, 'places' | 'drawing'>,
  { clientWidth, clientHeight }: HTMLElement
): Viewport | null {
  const bounds = boundsOf(drawing, places);
  // Neither of nothing, nor in a panel that is hidden.
  if (!bounds || clientWidth === 0) {
    return null;
  }
  const fitWidth = (clientWidth - 2 * MARGIN) / bounds.width;
  const fitHeight = (clientHeight - TOP - MARGIN) / bounds.height;
  const whole = Math.min(fitWidth, fitHeight, 1);
  const zoom = whole >= READABLE ? whole : Math.min(Math.max(fitWidth, READABLE), 1);
  const free = clientWidth - bounds.width * zoom;
  return {
    x: Math.max(free / 2, MARGIN) - bounds.x * zoom,
    y: TOP - bounds.y * zoom,
    zoom
  };
}
