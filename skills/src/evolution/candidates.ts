/** Ways to grow a pattern by one node. */
import type { ICanonicalForm } from './canonical';
import { distinctGraphs, type IGrownPattern } from './pattern';
import type { ITraceGraph } from './traceGraph';

/** One more node, attached in one way, and where that is seen. */
export interface ICandidate {
  readonly label: number;
  /** Place in the parent and directed port, for each edge to the new node. */
  readonly links: readonly (readonly [place: number, port: number])[];
  /** Embedding of the parent and the new node, alternating. */
  readonly hits: number[];
  count: number;
  lastGraph: number;
}

/** All ways in which one more node is attached to a pattern, with their occurrences. */
export function listCandidates(
  pattern: IGrownPattern,
  graphs: readonly ITraceGraph[]
): readonly ICandidate[] {
  const candidates = new Map<number | string, ICandidate>();
  const stride = pattern.labels.length + 1;
  const { embeddings } = pattern;
  const links = new Map<number, [number, number][]>();
  for (let at = 0; at < embeddings.length; at += stride) {
    const graph = embeddings[at] as number;
    const { labels, neighbours } = graphs[graph] as ITraceGraph;
    links.clear();
    for (let place = 0; place + 1 < stride; place += 1) {
      for (const [node, port] of neighbours[embeddings[at + 1 + place] as number] ??
        []) {
        const known = links.get(node);
        if (known) {
          known.push([place, port]);
        } else if (!contains(embeddings, at, stride, node)) {
          links.set(node, [[place, port]]);
        }
      }
    }
    for (const [node, list] of links) {
      addHit(candidates, labels[node] as number, list, at, node, graph);
    }
  }
  return [...candidates.values()];
}

function contains(
  embeddings: Int32Array,
  at: number,
  stride: number,
  node: number
): boolean {
  for (let place = 1; place < stride; place += 1) {
    if (embeddings[at + place] === node) {
      return true;
    }
  }
  return false;
}

function addHit(
  candidates: Map<number | string, ICandidate>,
  label: number,
  list: [number, number][],
  at: number,
  node: number,
  graph: number
): void {
  const key = candidateKey(label, list);
  let candidate = candidates.get(key);
  if (!candidate) {
    candidate = { label, links: list, hits: [], count: 0, lastGraph: -1 };
    candidates.set(key, candidate);
  }
  if (candidate.lastGraph !== graph) {
    candidate.lastGraph = graph;
    candidate.count += 1;
  }
  candidate.hits.push(at, node);
}

/** One number for the usual single link, a text for several. */
function candidateKey(label: number, list: [number, number][]): number | string {
  const [first] = list;
  if (list.length === 1 && first) {
    return (label * 8 + first[0]) * 1048576 + first[1];
  }
  list.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return `${label}:${list.join(';')}`;
}

/** Occurrences of a grown pattern, each set of nodes once. */
export function embed(
  parent: IGrownPattern,
  { hits }: ICandidate,
  { order }: ICanonicalForm,
  maxEmbeddings: number
): Pick<IGrownPattern, 'embeddings' | 'support'> {
  const stride = parent.labels.length + 1;
  const blocks: number[] = [];
  const seen = new Set<string>();
  let graph = -1;
  for (let hit = 0; hit < hits.length; hit += 2) {
    const at = hits[hit] as number;
    const node = hits[hit + 1] as number;
    if (parent.embeddings[at] !== graph) {
      graph = parent.embeddings[at] as number;
      seen.clear();
    }
    const nodes = [...parent.embeddings.subarray(at + 1, at + stride), node];
    const key = [...nodes].sort((a, b) => a - b).join();
    if (seen.size < maxEmbeddings && !seen.has(key)) {
      seen.add(key);
      blocks.push(graph);
      for (const place of order) {
        blocks.push(nodes[place] as number);
      }
    }
  }
  return {
    embeddings: Int32Array.from(blocks),
    support: distinctGraphs(blocks, stride + 1)
  };
}
