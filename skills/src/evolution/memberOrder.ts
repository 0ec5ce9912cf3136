/** Order of a workflow's steps. */
import type { IShape } from './match';

/**
 * Nodes so that each comes after those whose outputs it takes, ties in the order of
 * `nodes`; `null` where they go round in a circle.
 */
export function memberOrder({
  nodes,
  edges
}: Pick<IShape, 'nodes' | 'edges'>): readonly string[] | null {
  const order: string[] = [];
  const left = new Set(nodes);
  while (left.size > 0) {
    const next = [...left].find(node =>
      edges.every(([from, , to]) => to !== node || !left.has(from))
    );
    if (next === undefined) {
      return null;
    }
    left.delete(next);
    order.push(next);
  }
  return order;
}
