import { around, type IBox, type IPlace } from './box';
import { SECTION_HEADER, SECTION_PADDING, type Direction, type ISize } from './shape';

/** What a layout places. */
export interface ILayoutNode extends ISize {
  readonly id: string;
  /** Nodes of the same section stay together. */
  readonly section: string | null;
}

/** Layouts need no ports: several values between two nodes are one edge. */
export interface ILayoutEdge {
  readonly from: string;
  readonly to: string;
}

/** A graph to lay out; nodes in document order. */
export interface ILayoutGraph {
  readonly nodes: readonly ILayoutNode[];
  readonly edges: readonly ILayoutEdge[];
  readonly direction: Direction;
}

/** Upper left corners by node. */
export type Places = ReadonlyMap<string, IPlace>;

/** A way straight past the nodes of one rank; pixels from its source's upper left corner. */
export interface IPass {
  /** Across the flow. */
  readonly at: number;
  /** Along the flow: where the first node of the rank begins, and the last one ends. */
  readonly from: number;
  readonly to: number;
}

/** Where a line can stand without passing behind a node, from its source on. */
export interface IRoute {
  /** Along the flow: the end of the source's rank, and the begin of the target's. */
  readonly leaves: number;
  readonly enters: number;
  /** Past each rank between. */
  readonly passes: readonly IPass[];
}

/** What a layout says. */
export interface ILayout {
  readonly places: Places;
  /** By `routeKey`; an edge without one takes the short way. */
  readonly routes: ReadonlyMap<string, IRoute>;
}

/** Names the route of all edges between two nodes. */
export function routeKey({ from, to }: ILayoutEdge): string {
  return `${from}>${to}`;
}

/** Lays out one connected part of a graph. */
export type LayOut = (graph: ILayoutGraph) => ILayout;

/** Space between parts of a graph that nothing connects. */
const GAP = 40;

/** Cells that stand in one chain, if no edge leads to them, before the next begins. */
const CHAIN = 6;

/**
 * Lays a graph out part by part: each connected part by itself, then the parts beside and
 * below each other in document order, so that a notebook of many small parts does not
 * become one endless row.
 */
export function arrange(graph: ILayoutGraph, layOut: LayOut): ILayout {
  const laidOut = parts(withChains(graph)).map(part => ({ part, ...layOut(part) }));
  return {
    places: pack(laidOut, graph.direction),
    routes: new Map(laidOut.flatMap(({ routes }) => [...routes]))
  };
}

/**
 * The graph with edges that keep cells without any in document order: below the cell
 * before, so that they stay when that is connected, and in short chains.
 */
export function withChains(graph: ILayoutGraph): ILayoutGraph {
  const { nodes, edges } = graph;
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const made: ILayoutEdge[] = [];
  let before: ILayoutNode | null = null;
  let length = 0;
  for (const node of nodes) {
    const isLonely = !linked.has(node.id);
    const goesOn = before?.section === node.section && length < CHAIN;
    if (before && isLonely && goesOn) {
      made.push({ from: before.id, to: node.id });
    }
    length = isLonely && goesOn ? length + 1 : 1;
    before = node;
  }
  return { ...graph, edges: [...edges, ...made] };
}

/** The parts that edges and sections hold together, in document order. */
function parts({ nodes, edges, direction }: ILayoutGraph): ILayoutGraph[] {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    let at = id;
    for (let up = parent.get(at); up !== undefined; up = parent.get(at)) {
      at = up;
    }
    if (at !== id) {
      parent.set(id, at);
    }
    return at;
  };
  const join = (a: string, b: string): void => {
    const [one, other] = [root(a), root(b)];
    if (one !== other) {
      parent.set(other, one);
    }
  };
  edges.forEach(({ from, to }) => join(from, to));
  // One section alone has no neighbours to be kept apart from.
  if (new Set(nodes.map(({ section }) => section)).size > 1) {
    nodes.forEach(({ id, section }) => section !== null && join(`§${section}`, id));
  }
  const byRoot = new Map<string, { nodes: ILayoutNode[]; edges: ILayoutEdge[] }>();
  for (const node of nodes) {
    const key = root(node.id);
    const part = byRoot.get(key);
    if (part) {
      part.nodes.push(node);
    } else {
      byRoot.set(key, { nodes: [node], edges: [] });
    }
  }
  edges.forEach(edge => byRoot.get(root(edge.from))?.edges.push(edge));
  return [...byRoot.values()].map(part => ({ ...part, direction }));
}

interface IPlacedPart {
  readonly part: ILayoutGraph;
  readonly places: Places;
}

/** Puts parts on shelves: rows when data flows down, columns when it flows right. */
function pack(placed: readonly IPlacedPart[], direction: Direction): Places {
  const boxes = placed.map(({ part, places }) => ({
    places,
    box: outerOf(part, places)
  }));
  const isDown = direction === 'down';
  const along = (box: IBox): number => (isDown ? box.width : box.height);
  const across = (box: IBox): number => (isDown ? box.height : box.width);
  const area = boxes.reduce((sum, { box }) => sum + box.width * box.height, 0);
  const limit = Math.max(Math.sqrt(area) * 1.1, ...boxes.map(({ box }) => along(box)));
  const result = new Map<string, IPlace>();
  let [at, shelf, depth] = [0, 0, 0];
  for (const { places, box } of boxes) {
    if (at > 0 && at + along(box) > limit) {
      [at, shelf, depth] = [0, shelf + depth + GAP, 0];
    }
    const dx = (isDown ? at : shelf) - box.x;
    const dy = (isDown ? shelf : at) - box.y;
    places.forEach(({ x, y }, id) => result.set(id, { x: x + dx, y: y + dy }));
    at += along(box) + GAP;
    depth = Math.max(depth, across(box));
  }
  return result;
}

/** What is around a part, its sections' frames included. */
function outerOf({ nodes }: ILayoutGraph, places: Places): IBox {
  const origin = { x: 0, y: 0 };
  const boxes = nodes.map(({ id, width, height, section }) => {
    const box = { ...(places.get(id) ?? origin), width, height };
    return section === null ? box : framed(box);
  });
  return around(boxes) ?? { ...origin, width: 0, height: 0 };
}

/** The frame of a section around its nodes. */
export function framed({ x, y, width, height }: IBox): IBox {
  return {
    x: x - SECTION_PADDING,
    y: y - SECTION_PADDING - SECTION_HEADER,
    width: width + 2 * SECTION_PADDING,
    height: height + 2 * SECTION_PADDING + SECTION_HEADER
  };
}
