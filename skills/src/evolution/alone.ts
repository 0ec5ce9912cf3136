/** Runs of a workflow by itself, with nothing else connected to it. */
import type { IGrownPattern } from './pattern';
import type { ITraceGraphs } from './traceGraph';

/** In how many runs a pattern occurs with no connection but its own. */
export function countAlone(
  { labels, edges, embeddings }: IGrownPattern,
  { graphs }: Pick<ITraceGraphs, 'graphs'>
): number {
  const alone = new Set<number>();
  const block = labels.length + 1;
  for (let at = 0; at < embeddings.length; at += block) {
    const graph = embeddings[at] as number;
    const { neighbours } = graphs[graph] as ITraceGraphs['graphs'][number];
    const nodes = embeddings.slice(at + 1, at + block);
    const ends = nodes.flatMap(node => neighbours[node] ?? []);
    const isInside = ends.every(([node]) => nodes.includes(node));
    if (isInside && ends.length === 2 * edges.length) {
      alone.add(graph);
    }
  }
  return alone.size;
}
