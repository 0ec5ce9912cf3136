import type { Places } from '../layout/arrange';
import type { IPlace } from '../layout/box';
import type { IDrawing } from '../layout/drawing';
import { frameId, type FlowNode } from './flow';

/**
 * Where cells stand after a drag: those dragged, and all cells of a dragged frame.
 * `nodes` are all nodes as they are now.
 */
export function movedPlaces(
  drawing: IDrawing,
  nodes: readonly FlowNode[],
  moved: readonly FlowNode[]
): Places {
  const movedIds = new Map(moved.map(node => [node.id, node]));
  const now = new Map(nodes.map(node => [node.id, movedIds.get(node.id) ?? node]));
  const places = new Map<string, IPlace>();
  for (const item of drawing.items) {
    const node = now.get(item.id);
    const frame =
      item.kind === 'cell' && item.section !== null
        ? now.get(frameId(item.section))
        : undefined;
    const isMoved = movedIds.has(item.id) || (frame && movedIds.has(frame.id));
    if (item.kind === 'cell' && node && isMoved) {
      const origin = node.parentId === undefined ? undefined : frame?.position;
      places.set(item.id, {
        x: Math.round(node.position.x + (origin?.x ?? 0)),
        y: Math.round(node.position.y + (origin?.y ?? 0))
      });
    }
  }
  return places;
}
