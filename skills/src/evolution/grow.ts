/**
 * Frequent connected sub-workflows by pattern growth with embedding lists (after gSpan,
 * Yan and Han 2002, and Gaston). Patterns are induced: all edges between their nodes
 * belong to them. A pattern grows by one node while the larger one is frequent and cannot
 * be put down to chance (see `chance.ts`), so popular skills do not flood the search.
 */
import { canonicalForm, type ICanonicalForm } from './canonical';
import { createChance, surprise, type IChance } from './chance';
import type { ITraceGraph, ITraceGraphs } from './traceGraph';

/** A sub-workflow and where it occurs. */
export interface IGrownPattern {
  /** Canonical code. */
  readonly code: string;
  /** Interned skills, in canonical order. */
  readonly labels: readonly number[];
  /** Source, interned even port, target; nodes as places in `labels`. */
  readonly edges: readonly (readonly [number, number, number])[];
  /** Blocks of 1 + size numbers: graph, then a node of it for each place. */
  readonly embeddings: Int32Array;
  /** Graphs in which it occurs, ascending. */
  readonly support: Int32Array;
  /** How little chance explains it beyond its parts: see `chance.ts`; 0 for one skill. */
  readonly surprise: number;
  /** How many times more often than by chance, against the part that explains it best. */
  readonly lift: number;
  /** Too few runs have it whole, but its parts leave no doubt. */
  readonly inferred: boolean;
  /** Codes of the significant patterns with one node less. */
  readonly parts: readonly string[];
}

export interface IGrowOptions {
  readonly minCount: number;
  /** Nodes, at most 8. */
  readonly maxSize: number;
  /** Occurrences kept for one pattern in one run. */
  readonly maxEmbeddings: number;
}

interface ICandidate {
  readonly label: number;
  /** Place in the parent and directed port, for each edge to the new node. */
  readonly links: readonly (readonly [place: number, port: number])[];
  /** Embedding of the parent and the new node, alternating. */
  readonly hits: number[];
  count: number;
  lastGraph: number;
}

/** Grows all significant patterns of 2 nodes and more, smaller ones first. */
export function growPatterns(
  input: ITraceGraphs,
  options: IGrowOptions
): readonly IGrownPattern[] {
  const chance = createChance(input);
  const supports = new Map<string, number>();
  const found: IGrownPattern[] = [];
  let level = singlePatterns(input);
  level.forEach(pattern => supports.set(pattern.code, pattern.support.length));
  for (let size = 2; size <= options.maxSize && level.length > 0; size += 1) {
    const grown = new Map<string, IGrownPattern | null>();
    const solid = new Map(level.map(pattern => [pattern.code, pattern]));
    const skillSets = new Set(level.map(({ labels }) => skillSet(labels)));
    const shared = { input, options, chance, supports, grown, solid };
    for (const pattern of level) {
      const candidates = listCandidates(pattern, input.graphs);
      // Of many ways to grow, some look good by chance: the bar rises with their number.
      const context = { ...shared, bar: bar(candidates.length) };
      for (const candidate of candidates) {
        if (
          candidate.count >= options.minCount ||
          (size > 3 && hasSiblings(pattern.labels, candidate.label, skillSets))
        ) {
          growOne(pattern, candidate, context);
        }
      }
    }
    level = [...grown.values()].filter(pattern => pattern !== null);
    found.push(...level);
  }
  return found;
}

/**
 * The surprise that the best of `tests` chances reaches with probability about e⁻²: twice
 * the log-likelihood ratio of one test grows as twice the logarithm of their number.
 */
export function bar(tests: number, margin = 4): number {
  return margin + 2 * Math.log(Math.max(1, tests));
}

/** Whether a pattern keeps a share of its part's runs, allowing for the luck of the draw. */
export function keeps(count: number, runs: number, share: number): boolean {
  return count + 1.64 * Math.sqrt(count) >= share * runs;
}

function skillSet(labels: readonly number[]): string {
  return [...labels].sort((a, b) => a - b).join();
}

/** Whether a significant pattern has these skills, the new one included, less an old one. */
function hasSiblings(
  labels: readonly number[],
  label: number,
  skillSets: ReadonlySet<string>
): boolean {
  return labels.some((_, gone) =>
    skillSets.has(skillSet([...labels.filter((__, place) => place !== gone), label]))
  );
}

function singlePatterns({ graphs, skills }: ITraceGraphs): readonly IGrownPattern[] {
  const embeddings = skills.names.map((): number[] => []);
  graphs.forEach(({ labels }, graph) =>
    labels.forEach((label, node) => embeddings[label]?.push(graph, node))
  );
  return embeddings.map((list, label) => ({
    code: skills.names[label] ?? '',
    labels: [label],
    edges: [],
    embeddings: Int32Array.from(list),
    support: distinctGraphs(list, 2),
    surprise: 0,
    lift: 1,
    inferred: false,
    parts: []
  }));
}

function distinctGraphs(list: ArrayLike<number>, stride: number): Int32Array {
  const graphs: number[] = [];
  for (let at = 0; at < list.length; at += stride) {
    const graph = list[at] as number;
    if (graphs[graphs.length - 1] !== graph) {
      graphs.push(graph);
    }
  }
  return Int32Array.from(graphs);
}

/** All ways in which one more node is attached to a pattern, with their occurrences. */
function listCandidates(
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

interface IGrowContext {
  readonly input: ITraceGraphs;
  readonly options: IGrowOptions;
  readonly chance: IChance;
  /** Support by code, of every pattern counted so far. */
  readonly supports: Map<string, number>;
  /** The next level; `null`: looked at, and left out. */
  readonly grown: Map<string, IGrownPattern | null>;
  /** Least surprise with which this parent grows. */
  readonly bar: number;
  /** This level's patterns by code. */
  readonly solid: ReadonlyMap<string, IGrownPattern>;
}

function growOne(
  parent: IGrownPattern,
  candidate: ICandidate,
  context: IGrowContext
): void {
  const { options, chance, supports, grown, bar } = context;
  const { count } = candidate;
  const labels = [...parent.labels, candidate.label];
  const added = labels.length - 1;
  const edges = [...parent.edges];
  for (const [place, port] of candidate.links) {
    edges.push(port % 2 === 0 ? [place, port, added] : [added, port - 1, place]);
  }
  const inferred = count < options.minCount;
  const expected = chance.expected(parent.support.length, labels, edges, added);
  if (!inferred && surprise(count, expected) < bar) {
    return;
  }
  const form = describe(labels, edges, context.input);
  if (grown.has(form.code)) {
    return;
  }
  supports.set(form.code, count);
  const judged = comparedWithParts(count, labels, edges, context);
  if (inferred ? !judged.sure : judged.surprise < bar) {
    grown.set(form.code, null);
    return;
  }
  const place = new Map(form.order.map((node, index) => [node, index]));
  grown.set(form.code, {
    code: form.code,
    labels: form.order.map(node => labels[node] as number),
    edges: edges.map(([from, port, to]) => [
      place.get(from) as number,
      port,
      place.get(to) as number
    ]),
    ...embed(parent, candidate, form, options.maxEmbeddings),
    surprise: judged.surprise,
    lift: judged.lift,
    inferred,
    parts: judged.parts
  });
}

function describe(
  labels: readonly number[],
  edges: IGrownPattern['edges'],
  { skills, ports }: ITraceGraphs
): ICanonicalForm {
  return canonicalForm({
    labels: labels.map(label => skills.names[label] as string),
    edges: edges.map(([from, port, to]) => [
      from,
      ports.names[port / 2] as string,
      to,
      ''
    ])
  });
}

interface IJudgement {
  readonly surprise: number;
  readonly lift: number;
  readonly parts: readonly string[];
  /** Most of its parts are significant patterns themselves, and two at least. */
  readonly sure: boolean;
}

/** Compares a pattern with each part that has one node less. */
function comparedWithParts(
  count: number,
  labels: readonly number[],
  edges: IGrownPattern['edges'],
  { input, chance, supports, solid }: IGrowContext
): IJudgement {
  let worst = { surprise: Infinity, lift: Infinity };
  const parts: string[] = [];
  let connected = 0;
  let significant = 0;
  let fewest = Infinity;
  for (let node = 0; node < labels.length; node += 1) {
    const part = withoutNode(labels, edges, node);
    if (!part) {
      continue;
    }
    connected += 1;
    const { code } = describe(part.labels, part.edges, input);
    const support = supports.get(code);
    if (support !== undefined) {
      const expected = chance.expected(support, labels, edges, node);
      parts.push(code);
      significant += solid.has(code) ? 1 : 0;
      fewest = Math.min(fewest, support);
      worst = {
        surprise: Math.min(worst.surprise, surprise(count, expected)),
        lift: Math.min(worst.lift, count / expected)
      };
    }
  }
  const sure =
    significant >= 2 &&
    2 * significant >= connected &&
    keeps(count, fewest, 0.3) &&
    worst.surprise >= 6;
  return { ...worst, parts, sure };
}

/** The pattern with one node less, or `null` where that would split it. */
function withoutNode(
  labels: readonly number[],
  edges: IGrownPattern['edges'],
  gone: number
): {
  readonly labels: readonly number[];
  readonly edges: IGrownPattern['edges'];
} | null {
  const shift = (node: number): number => (node > gone ? node - 1 : node);
  const left = edges
    .filter(([from, , to]) => from !== gone && to !== gone)
    .map(([from, port, to]) => [shift(from), port, shift(to)] as const);
  const rest = labels.filter((_, node) => node !== gone);
  return isConnected(rest.length, left) ? { labels: rest, edges: left } : null;
}

function isConnected(size: number, edges: IGrownPattern['edges']): boolean {
  const reached = new Set([0]);
  let before = 0;
  while (reached.size > before) {
    before = reached.size;
    for (const [from, , to] of edges) {
      if (reached.has(from) || reached.has(to)) {
        reached.add(from).add(to);
      }
    }
  }
  return reached.size === size;
}

/** Occurrences of a grown pattern, each set of nodes once. */
function embed(
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
