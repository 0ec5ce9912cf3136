import { graphlib, layout } from '@dagrejs/dagre';

import type { ILayoutGraph, IPlace, Places } from './arrange';
import { SECTION_HEADER, SECTION_PADDING } from './shape';

/** Least space between nodes, and between ranks. */
export const NODE_GAP = 28;

/** Least space between ranks in pixels: room for a label on an edge. */
export const RANK_GAP = 48;

/**
 * Lays out one connected part with dagre. `tight-tree` ranks large notebooks in a
 * fraction of the time of network simplex, with edges that are little longer.
 */
export function layOutByDagre({ nodes, edges, direction }: ILayoutGraph): Places {
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
  return new Map(
    nodes.map(({ id, width, height }): [string, IPlace] => {
      const { x, y } = graph.node(id) as IPlace;
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
    })
  );
}

/** Cell ids have no space, so a frame's id is never one of them. */
function frameId(section: string): string {
  return `frame ${section}`;
}
