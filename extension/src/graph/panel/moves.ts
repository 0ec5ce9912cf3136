import type { NodePositionChange } from '@xyflow/react';

import type { Places } from '../layout/arrange';
import type { IPlace } from '../layout/box';
import type { FlowNode } from './flow';

/**
 * Where boxes stand after a move: those moved, and all cells of a moved frame. `nodes` are
 * all nodes as they were.
 */
export function movedPlaces(
  nodes: readonly FlowNode[],
  moves: readonly NodePositionChange[]
): Places {
  const moved = new Map(
    moves.flatMap(({ id, position }) => (position ? [[id, position]] : []))
  );
  const positions = new Map(
    nodes.map(({ id, position }) => [id, moved.get(id) ?? position])
  );
  const places = new Map<string, IPlace>();
  for (const { id, type, parentId = '' } of nodes) {
    const position = positions.get(id);
    // The position of a cell in a frame counts from there.
    const origin = positions.get(parentId);
    if (type !== 'frame' && position && (moved.has(id) || moved.has(parentId))) {
      places.set(id, {
        x: Math.round(position.x + (origin?.x ?? 0)),
        y: Math.round(position.y + (origin?.y ?? 0))
      });
    }
  }
  return places;
}
