import { arrange, type ILayout, type ILayoutGraph } from './arrange';
import { layOutByDagre } from './dagre';

/** Nodes from which the layout goes to a worker: dagre takes 0.1 s there. */
const LARGE = 300;

/** Lays a graph out; rejects when the layout fails, with a message for people. */
export async function layOutGraph(graph: ILayoutGraph): Promise<ILayout> {
  if (graph.nodes.length <= LARGE) {
    return arrange(graph, layOutByDagre);
  }
  const { layOutByElk } = await import('./elk');
  return layOutByElk(graph);
}
