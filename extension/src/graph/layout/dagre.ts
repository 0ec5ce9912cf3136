import { graphlib, layout } from '@dagrejs/dagre';

import { routeKey, type ILayout, type ILayoutGraph, type IRoute } from './arrange';
import type { IPlace } from './box';
import { SECTION_HEADER, SECTION_PADDING, type ISize } from './shape';

/** Least space between nodes, and between ranks. */
export const NODE_GAP = 28;

/** Least space between ranks in pixels: room for a label on an edge. */
export const RANK_GAP = 48;

/**
 * Lays out one connected part with dagre. `tight-tree` ranks large notebooks in a
 * fraction of the time of network simplex, with edges that are little longer.
 */
export function layOutByDagre(given: ILayoutGraph): ILayout {
  const { nodes, edges, direction } = given;
  const sections = new Set(nodes.flatMap(({ section }) => section ?? []));
  // A frame around everything would only cost time.
  const hasFrames = sections.size > 1 || nodes.some(({ section }) => section === null);
  const room = hasFrames ? SECTION_HEADER + 2 * SECTION_PADDING : 0;
  const isDown = direction === 'down';
  const graph = new graphlib.Graph({ compound: true, multigraph: false });
  graph.setGraph({
    rankdir: isDown ? 'TB' : 'LR',
    ranker: 'tight-tree',
    // Frames need room for their headers, which stand on top whichever way data flows.
    nodesep: Math.max(NODE_GAP, isDown ? 2 * SECTION_PADDING : room),
    ranksep: Math.max(RANK_GAP, isDown ? room : 2 * SECTION_PADDING)
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height, section } of nodes) {
    graph.setNode(id, { width, height });
    if (hasFrames && section !== null) {
      graph.setNode(frameId(section), {});
      graph.setParent(id, frameId(section));
    }
  }
  edges.forEach(({ from, to }) => graph.setEdge(from, to));
  layout(graph);
  putInOrder(graph, given);
  const places = new Map(
    nodes.map(({ id, width, height }): [string, IPlace] => {
      const { x, y } = graph.node(id) as IPlace;
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
    })
  );
  return { places, routes: routesOf(graph, given) };
}

/**
 * Mirrors a layout in which cells of one rank stand against the notebook's order: dagre
 * only counts crossings, and takes the one or the other of two that have as many.
 */
function putInOrder(
  graph: graphlib.Graph,
  { nodes, edges, direction }: ILayoutGraph
): void {
  const [along, across] =
    direction === 'down' ? (['y', 'x'] as const) : (['x', 'y'] as const);
  const last = new Map<number, number>();
  let balance = 0;
  for (const { id } of nodes) {
    const node = graph.node(id) as IPlace;
    const before = last.get(node[along]);
    balance += before === undefined ? 0 : Math.sign(node[across] - before);
    last.set(node[along], node[across]);
  }
  if (balance >= 0) {
    return;
  }
  const mirror = (place: Record<'x' | 'y', number>): void => {
    place[across] = -place[across];
  };
  nodes.forEach(({ id }) => mirror(graph.node(id) as Record<'x' | 'y', number>));
  for (const { from, to } of edges) {
    const { points } = graph.edge(from, to) as { points: Record<'x' | 'y', number>[] };
    points.forEach(mirror);
  }
}

/**
 * Where dagre keeps room for edges past the ranks between their ends: it says only through
 * which point in the middle of a rank they go.
 */
function routesOf(
  graph: graphlib.Graph,
  { nodes, edges, direction }: ILayoutGraph
): Map<string, IRoute> {
  const isDown = direction === 'down';
  const along = ({ x, y }: IPlace): number => (isDown ? y : x);
  const across = ({ x, y }: IPlace): number => (isDown ? x : y);
  const ranks = new Map<number, { readonly from: number; readonly to: number }>();
  const rankAt = (point: IPlace): number => Math.round(along(point));
  for (const { id, width, height } of nodes) {
    const node = graph.node(id) as IPlace;
    const half = (isDown ? height : width) / 2;
    const { from = Infinity, to = -Infinity } = ranks.get(rankAt(node)) ?? {};
    ranks.set(rankAt(node), {
      from: Math.min(from, along(node) - half),
      to: Math.max(to, along(node) + half)
    });
  }
  const routes = new Map<string, IRoute>();
  for (const edge of edges) {
    const source = graph.node(edge.from) as IPlace & ISize;
    const leaves = ranks.get(rankAt(source))?.to ?? 0;
    const enters = ranks.get(rankAt(graph.node(edge.to) as IPlace))?.from ?? 0;
    const { points } = graph.edge(edge.from, edge.to) as {
      readonly points: readonly IPlace[];
    };
    const start = along(source) - (isDown ? source.height : source.width) / 2;
    const side = across(source) - (isDown ? source.width : source.height) / 2;
    const passes = points.flatMap(point => {
      const { from = 0, to = 0 } = ranks.get(rankAt(point)) ?? {};
      return leaves < from && to < enters
        ? [{ at: across(point) - side, from: from - start, to: to - start }]
        : [];
    });
    // Where edges go in a ring, one of them goes back.
    if (leaves < enters) {
      const [leave, enter] = [leaves - start, enters - start];
      routes.set(routeKey(edge), { leaves: leave, enters: enter, passes });
    }
  }
  return routes;
}

/** Cell ids have no space, so a frame's id is never one of them. */
function frameId(section: string): string {
  return `frame ${section}`;
}
