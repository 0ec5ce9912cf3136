import type { PortType } from '@llmos-lab/skills';

import { isResult } from '../graphModel/preview';
import type { IGraphNode } from '../graphModel/view';
import type { INotebookRun } from '../run/tokens';
import type { INotebookGraph } from '../tokens';
import { resultOf } from './latest';

/** Types of outputs that come with a picture. */
const PICTURED: ReadonlySet<PortType> = new Set<PortType>([
  'image',
  'scene',
  'mesh',
  'circuit'
]);

/** Categories whose skills draw, whatever they return. */
const DRAWING = /plot|chart|circuit|spice|scene|three|3d/;

/**
 * Whether a node has room for a picture, which also an older result may be. One that failed,
 * or was stopped, before it gave any has nothing to show there.
 */
export function hasPicture(
  graph: Pick<INotebookGraph, 'preview' | 'older'> | null,
  run: Pick<INotebookRun, 'states'> | null,
  node: IGraphNode
): boolean {
  const result = resultOf(graph, node.id, run?.states.get(node.id)?.status);
  const preview = graph?.preview(node.id) ?? null;
  const mayCome = preview === null || isResult(preview);
  return result?.kind === 'image' || (mayCome && showsPicture(node));
}

/** Whether a node keeps room for a picture before it has run. */
export function showsPicture(
  node: Pick<IGraphNode, 'kind' | 'category' | 'outputs'>
): boolean {
  return (
    node.kind === 'skill' &&
    (DRAWING.test(node.category ?? '') ||
      node.outputs.some(({ type }) => type !== null && PICTURED.has(type)))
  );
}
