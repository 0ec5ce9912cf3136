/** Ways to grow a pattern by one node. */
import {
  addEmbedding,
  embeds,
  newCandidate,
  nowhere,
  type ICandidate,
  type IOccurring,
  type ISlots
} from './occurring';
import type { ITraceGraph } from './traceGraph';

/**
 * Lists all ways in which one more node is attached to a pattern, with their occurrences.
 *
 * @param minCount from how many graphs on one is frequent
 */
export function listCandidates(
  size: number,
  occurring: IOccurring,
  graphs: readonly ITraceGraph[],
  minCount: number
): void {
  const stride = size + 1;
  const { embeddings } = occurring;
  if (occurring.listed === embeddings.length) {
    return;
  }
  const links = new Map<number, [number, number][]>();
  for (let at = occurring.listed; at < embeddings.length; at += stride) {
    const index = embeddings[at] as number;
    const graph = graphs[index] as ITraceGraph;
    links.clear();
    for (let place = 0; place < size; place += 1) {
      const node = embeddings[at + 1 + place] as number;
      for (const [other, port] of graph.neighbours[node] ?? []) {
        const known = links.get(other);
        if (known) {
          known.push([place, port]);
        } else if (!embeds(embeddings, at, stride, other)) {
          links.set(other, [[place, port]]);
        }
      }
    }
    for (const [node, list] of links) {
      addHit(occurring, { at, index, graph, node, list, minCount });
    }
  }
  occurring.frequent.sort((a, b) => a.index - b.index);
  occurring.listed = embeddings.length;
}

interface IHit {
  /** Of the embedding. */
  readonly at: number;
  readonly index: number;
  readonly graph: ITraceGraph;
  readonly node: number;
  readonly list: [number, number][];
  readonly minCount: number;
}

function addHit(
  { candidates, all, frequent, slots }: IOccurring,
  { at, index, graph, node, list, minCount }: IHit
): void {
  const label = graph.labels[node] as number;
  const way = wayOf(list);
  const key = typeof way === 'number' ? way * 65536 + label : `${way}:${label}`;
  let candidate = candidates.get(key);
  if (!candidate) {
    let slot = slots.get(way);
    if (!slot) {
      slot = { shapes: new Map(), graph: -1, nodes: [] };
      slots.set(way, slot);
    }
    candidate = newCandidate(label, all.length, list, slot);
    candidates.set(key, candidate);
    all.push(candidate);
  }
  if (candidate.lastGraph !== index) {
    candidate.lastGraph = index;
    candidate.count += 1;
    if (candidate.count === minCount) {
      frequent.push(candidate);
    }
  }
  candidate.hits.push(at, node);
  addSlot(candidate.slots, index, node, graph.shapes[node] as number);
}

/** Counts a node once, however many occurrences of the pattern it is attached to. */
function addSlot(slots: ISlots, index: number, node: number, shape: number): void {
  if (slots.graph !== index) {
    slots.graph = index;
    slots.nodes = [];
  }
  if (!slots.nodes.includes(node)) {
    slots.nodes.push(node);
    slots.shapes.set(shape, (slots.shapes.get(shape) ?? 0) + 1);
  }
}

/** One number for the usual single link, a text for several. */
function wayOf(list: [number, number][]): number | string {
  const [first] = list;
  if (list.length === 1 && first) {
    return first[0] * 1048576 + first[1];
  }
  list.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return list.join(';');
}

/** Occurrences of a grown pattern, each set of nodes once. */
export function embed(
  parent: IOccurring,
  candidate: ICandidate,
  order: readonly number[],
  maxEmbeddings: number
): IOccurring {
  const { hits } = candidate;
  const grown = (candidate.grown ??= nowhere());
  const size = order.length - 1;
  const seen = new Set<string>();
  let graph = -1;
  for (; candidate.read < hits.length; candidate.read += 2) {
    const at = hits[candidate.read] as number;
    if (parent.embeddings[at] !== graph) {
      graph = parent.embeddings[at] as number;
      seen.clear();
    }
    const nodes = parent.embeddings.slice(at + 1, at + 1 + size);
    nodes.push(hits[candidate.read + 1] as number);
    const key = [...nodes].sort((a, b) => a - b).join();
    if (seen.size < maxEmbeddings && !seen.has(key)) {
      seen.add(key);
      const placed = order.map(place => nodes[place] as number);
      addEmbedding(grown, graph, placed);
    }
  }
  return grown;
}
