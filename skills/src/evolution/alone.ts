/** Runs of a workflow by itself, with nothing else connected to it. */
import { embeds } from './occurring';
import type { IGrownPattern } from './pattern';
import type { ITraceGraph, ITraceGraphs } from './traceGraph';

/**
 * In how many runs a pattern occurs with no connection but its own. Embeddings are only
 * ever appended, graph by graph, so that each is looked at once while a history grows.
 */
export function createAlone({
  graphs
}: Pick<ITraceGraphs, 'graphs'>): (pattern: IGrownPattern) => number {
  const known = new WeakMap<readonly number[], ICounted>();
  return ({ labels, edges, embeddings }) => {
    const counted = known.get(embeddings) ?? { read: 0, runs: 0, latest: -1 };
    known.set(embeddings, counted);
    const stride = labels.length + 1;
    for (; counted.read < embeddings.length; counted.read += stride) {
      const graph = embeddings[counted.read] as number;
      const { neighbours } = graphs[graph] as ITraceGraph;
      if (
        graph !== counted.latest &&
        countInside(embeddings, counted.read, stride, neighbours) === 2 * edges.length
      ) {
        counted.latest = graph;
        counted.runs += 1;
      }
    }
    return counted.runs;
  };
}

/** How far the embeddings of a pattern were counted. */
interface ICounted {
  read: number;
  runs: number;
  /** The graph that was counted last. */
  latest: number;
}

/** Ends of edges at the nodes of one occurrence; NaN where one leads out of it. */
function countInside(
  embeddings: readonly number[],
  at: number,
  stride: number,
  neighbours: ITraceGraph['neighbours']
): number {
  let ends = 0;
  for (let place = 1; place < stride; place += 1) {
    for (const [node] of neighbours[embeddings[at + place] as number] ?? []) {
      if (!embeds(embeddings, at, stride, node)) {
        return NaN;
      }
      ends += 1;
    }
  }
  return ends;
}
