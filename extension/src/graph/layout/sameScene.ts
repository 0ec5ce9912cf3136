import type { DrawnItem } from './drawing';
import type { IPlacedPort } from './shape';
import type { IScene } from './ways';

/** Whether all lines go the same ways in two scenes: the names of things do not matter. */
export function isSameScene(a: IScene, b: IScene): boolean {
  const [nodes, edges] = [a.drawing.items, a.drawing.edges];
  return (
    a.layout === b.layout &&
    a.direction === b.direction &&
    nodes.length === b.drawing.items.length &&
    edges.length === b.drawing.edges.length &&
    nodes.every((item, at) => {
      const other = b.drawing.items[at];
      const [here, there] = [a.places.get(item.id), b.places.get(item.id)];
      return (
        other !== undefined &&
        here?.x === there?.x &&
        here?.y === there?.y &&
        isSameBox(item, other)
      );
    }) &&
    edges.every((edge, at) => {
      const other = b.drawing.edges[at];
      return (
        edge.id === other?.id &&
        edge.output === other.output &&
        edge.input === other.input
      );
    })
  );
}

function isSameBox(a: DrawnItem, b: DrawnItem): boolean {
  const isSame =
    a.id === b.id &&
    a.shape.width === b.shape.width &&
    a.shape.height === b.shape.height;
  return a.kind === 'cell' && b.kind === 'cell'
    ? isSame &&
        arePlacedSame(a.shape.inputs, b.shape.inputs) &&
        arePlacedSame(a.shape.outputs, b.shape.outputs)
    : isSame && a.kind === b.kind;
}

function arePlacedSame(a: readonly IPlacedPort[], b: readonly IPlacedPort[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every(({ id, x, y }, at) => {
        const other = b[at];
        return id === other?.id && x === other.x && y === other.y;
      }))
  );
}
