import type { PortType } from '@llmos-lab/skills';

import type { IGraphNode } from '../graphModel/view';

/** Types of outputs that come with a picture. */
const PICTURED: ReadonlySet<PortType> = new Set<PortType>([
  'image',
  'scene',
  'mesh',
  'circuit'
]);

/** Categories whose skills draw, whatever they return. */
const DRAWING = /plot|chart|circuit|spice|scene|three|3d/;

/** Whether a node keeps room for a picture before it has run. */
export function showsPicture(node: IGraphNode): boolean {
  return (
    node.kind === 'skill' &&
    (DRAWING.test(node.category ?? '') ||
      node.outputs.some(({ type }) => type !== null && PICTURED.has(type)))
  );
}
