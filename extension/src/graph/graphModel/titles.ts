import type { IGraphView } from './view';

/** The title of a cell, with its variable where another cell has the same title. */
export function titleIn({ nodes }: Pick<IGraphView, 'nodes'>, cell: string): string {
  const node = nodes.find(({ id }) => id === cell);
  if (!node) {
    return cell;
  }
  const { title, target } = node;
  const isAlone = nodes.every(other => other === node || other.title !== title);
  return isAlone || target === null ? title : `${title} (${target})`;
}
