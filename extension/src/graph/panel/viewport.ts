import { useReactFlow } from '@xyflow/react';
import * as React from 'react';

import type { Places } from '../layout/arrange';
import type { IDrawing } from '../layout/drawing';
import type { FlowEdge, FlowNode } from './flow';

/** What others can ask of the canvas. */
export interface ICanvasView {
  fit(): void;
  reveal(id: string): void;
}

interface ILook {
  readonly drawing: IDrawing;
  readonly places: Places;
  readonly onReady: (view: ICanvasView) => void;
}

/** Zoom to which a node that is asked for is brought at least. */
const REVEALED = 0.7;

/** Brings the graph into sight at first, and nodes when they are asked for. */
export function useViewport(
  { drawing, places, onReady }: ILook,
  root: React.RefObject<HTMLDivElement>
): void {
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
    onReady({ fit: () => void flow.fitView({ padding: 0.1 }), reveal });
  }, [flow, onReady, reveal]);
  React.useEffect(() => {
    if (isReady && root.current) {
      showFirst(flow, latest.current, root.current);
    }
  }, [flow, isReady, root]);
}

/** Smallest zoom at which the whole graph is shown at first, and the zoom else. */
const SMALLEST = 0.36;
const READABLE = 0.6;

/** The whole graph where that can be read, else its beginning. */
function showFirst(
  flow: ReturnType<typeof useReactFlow<FlowNode, FlowEdge>>,
  { places, drawing }: Pick<ILook, 'places' | 'drawing'>,
  root: HTMLElement
): void {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { id, shape } of drawing.items) {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + shape.width);
    bottom = Math.max(bottom, y + shape.height);
  }
  const { clientWidth, clientHeight } = root;
  const margin = 24;
  const fit = Math.min(
    (clientWidth - 2 * margin) / (right - left),
    (clientHeight - 2 * margin) / (bottom - top),
    1
  );
  const isWhole = fit >= SMALLEST;
  const zoom = isWhole ? fit : READABLE;
  const x = isWhole
    ? (clientWidth - (right - left) * zoom) / 2 - left * zoom
    : Math.max((clientWidth - (right - left) * zoom) / 2, margin) - left * zoom;
  void flow.setViewport({ x, y: margin * 1.5 - top * zoom, zoom });
}
