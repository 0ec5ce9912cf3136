/**
 * What chance alone would give: edges that join ports at random, each port as often as it
 * is seen (a configuration model). A pattern must occur more often than its parts with
 * one more node attached in that way.
 */
import { createInterner, type ITraceGraphs } from './traceGraph';

/** Ports that a small history has not shown yet, so that nothing is certain in it. */
const UNSEEN_PORTS = 50;

/**
 * No port is so common that chance connects to it more often than this. Without it, a
 * person who only ever joins the same two skills would have no pattern at all.
 */
const COMMONEST_SHARE = 0.25;

/**
 * The chance model of one history; built once, asked for each way in which a pattern
 * could grow.
 */
export interface IChance {
  /**
   * Runs in which chance would attach `node` as `edges` say, when `partCount` runs have
   * the rest of the pattern.
   */
  expected(
    partCount: number,
    labels: readonly number[],
    edges: readonly (readonly [number, number, number])[],
    node: number
  ): number;
}

/**
 * How little chance explains `count` when it expects `expected`: twice the Poisson
 * log-likelihood ratio; 0 when there is no more than expected.
 */
export function surprise(count: number, expected: number): number {
  return count <= expected
    ? 0
    : 2 * (count * Math.log(count / expected) - (count - expected));
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

/** Counts how often each output and input is connected, over all graphs. */
export function createChance({ graphs, skills, ports }: ITraceGraphs): IChance {
  const nodes = new Float64Array(skills.names.length);
  const ends = createInterner();
  const endCounts: number[] = [];
  let edgeCount = 0;
  /** Number of a skill's own end of an edge: its output, or its input. */
  const endOf = (label: number, port: number): number => {
    const [output, input] = (ports.names[port >> 1] as string).split('>');
    return ends.number(port % 2 === 0 ? `${label}>${output}` : `${label}<${input}`);
  };
  const cache = new Map<number, number>();
  const cachedEnd = (label: number, port: number): number => {
    const key = label * 2 * ports.names.length + port;
    let end = cache.get(key);
    if (end === undefined) {
      end = endOf(label, port);
      cache.set(key, end);
    }
    return end;
  };
  for (const { labels, neighbours } of graphs) {
    labels.forEach((label, node) => {
      nodes[label] = (nodes[label] ?? 0) + 1;
      for (const [, port] of neighbours[node] ?? []) {
        const end = cachedEnd(label, port);
        endCounts[end] = (endCounts[end] ?? 0) + 1;
        edgeCount += 0.5;
      }
    });
  }

  /** Edges by chance from one node with `label`, by `port`, to nodes with `other`. */
  const attach = (label: number, port: number, other: number): number => {
    const opposite = port % 2 === 0 ? port + 1 : port - 1;
    const perNode = (endCounts[cachedEnd(label, port)] ?? 0) / (nodes[label] || 1);
    const others = (endCounts[cachedEnd(other, opposite)] ?? 0) + 1;
    return perNode * Math.min(COMMONEST_SHARE, others / (edgeCount + UNSEEN_PORTS));
  };

  return {
    expected(partCount, labels, edges, node) {
      let expected = partCount;
      for (const [from, port, to] of edges) {
        if (from === node) {
          expected *= attach(labels[to] as number, port + 1, labels[from] as number);
        } else if (to === node) {
          expected *= attach(labels[from] as number, port, labels[to] as number);
        }
      }
      return expected;
    }
  };
}
