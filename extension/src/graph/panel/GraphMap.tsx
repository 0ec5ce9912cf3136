import { MiniMap, useStore } from '@xyflow/react';
import * as React from 'react';

import type { IBox } from '../layout/box';
import type { FlowNode } from './flow';

/** The small map in a corner of the canvas. */
export interface IGraphMapProps {
  /** Around all that is drawn, in pixels of the canvas at zoom 1; null when nothing is. */
  readonly bounds: IBox | null;
  /** Whether it stays where the whole graph is in sight, and it would only cover nodes. */
  readonly isAlways: boolean;
}

const SIZE = { width: 150, height: 110 };

/** Pixels by which the graph may be out of sight without being missed. */
const TOLERANCE = 8;

/** A map of the whole graph, while a part of that is out of sight. */
export function GraphMap({
  bounds,
  isAlways
}: IGraphMapProps): React.JSX.Element | null {
  const isNeeded = useStore(({ transform: [x, y, zoom], width, height }) => {
    if (!bounds) {
      return false;
    }
    const [left, top] = [x + bounds.x * zoom, y + bounds.y * zoom];
    const [right, bottom] = [left + bounds.width * zoom, top + bounds.height * zoom];
    return (
      Math.min(left, top) < -TOLERANCE ||
      right > width + TOLERANCE ||
      bottom > height + TOLERANCE
    );
  });
  return isAlways || isNeeded ? (
    <MiniMap<FlowNode>
      pannable
      zoomable
      style={SIZE}
      nodeClassName={node => `llmos-GraphMap-${node.type}`}
    />
  ) : null;
}
