/**
 * Frequent connected sub-workflows by pattern growth with embedding lists (after gSpan,
 * Yan and Han 2002, and Gaston). Patterns are induced: all edges between their nodes
 * belong to them. A pattern grows by one node while the larger one is frequent and cannot
 * be put down to chance (see `chance.ts`), so popular skills do not flood the search.
 */
import { canonicalForm, type ICanonicalForm } from './canonical';
import { bar, createChance, keeps, surprise, type IChance } from './chance';
import { embed, listCandidates, type ICandidate } from './candidates';
import { distinctGraphs, withoutNode, type IGrownPattern } from './pattern';
import type { ITraceGraphs } from './traceGraph';

/**
 * Bounds of the search; `maxSize` and `maxEmbeddings` keep it polynomial on hostile
 * histories.
 */
export interface IGrowOptions {
  readonly minCount: number;
  /** Nodes, at most 8. */
  readonly maxSize: number;
  /** Occurrences kept for one pattern in one run. */
  readonly maxEmbeddings: number;
}

/**
 * What a search found, with the number of tests that a correction for multiple testing
 * needs.
 */
export interface IGrowth {
  /** Significant patterns of 2 nodes and more, smaller ones first. */
  readonly patterns: readonly IGrownPattern[];
  /** How many ways to grow were frequent enough to be judged. */
  readonly tests: number;
}

/** Grows all significant patterns. */
export function growPatterns(input: ITraceGraphs, options: IGrowOptions): IGrowth {
  let tests = 0;
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
      tests += candidates.length;
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
  return { patterns: found, tests };
}

function skillSet(labels: readonly number[]): string {
  return [...labels].sort((a, b) => a - b).join();
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
