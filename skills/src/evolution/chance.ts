/**
 * What chance alone would give. Two models, and a pattern must surprise both: edges that
 * join ports at random, each port as often as it is seen (a configuration model); and the
 * connections as they are, with each node's skill drawn from those that have as many
 * connections in and out. The first knows that some skills are popular, the second that
 * rings, forks and hubs are where they are whatever is computed in them.
 */
import { createInterner, type ITraceGraph, type ITraceGraphs } from './traceGraph';

/** Ports, or nodes of a shape, that a small history has not shown yet. */
const UNSEEN = 50;

/**
 * Nothing is so common that chance gives it more often than this. Without it, a person who
 * only ever joins the same two skills would have no pattern at all. By this share, three
 * runs of a workflow are no chance either where most runs are of a part of it alone.
 */
const COMMONEST_SHARE = 0.2;

/**
 * For each edge three numbers: the skill that is there, its end of the edge, the new node's
 * end. One flat list, since many are asked after each run.
 */
export type Attachment = readonly number[];

/**
 * The chance model of a history; asked for each way in which a pattern could grow, and
 * told of each run that comes.
 */
export interface IChance {
  add(graph: ITraceGraph): void;
  /**
   * Rises with each run, at least by as much as the logarithm of what {@link expected}
   * gives falls for each connection to one of these skills.
   */
  drift(labels: readonly number[]): number;
  /** How `node` is attached by `edges` to the rest of a pattern; never changes. */
  attachment(
    labels: readonly number[],
    edges: readonly (readonly [number, number, number])[],
    node: number
  ): Attachment;
  /**
   * Runs in which chance would attach a node so, when `partCount` runs have the rest of
   * the pattern.
   */
  expected(partCount: number, attachment: Attachment): number;
  /** How many of these nodes, counted by shape, would have the label by chance. */
  drawn(shapes: ReadonlyMap<number, number>, label: number): number;
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

/**
 * By how much the logarithm of `expected` has to fall, at least, until {@link surprise}
 * reaches the bar. It rises by no more than twice the count for each unit; and x below the
 * logarithm of the count it is 2 count (x - 1 + e⁻ˣ), at most count x².
 */
export function slack(count: number, expected: number, least: number): number {
  const steep = (least - surprise(count, expected)) / (2 * count);
  return Math.max(steep, Math.sqrt(least / count) - Math.log(count / expected));
}

/** Whether a pattern keeps a share of its part's runs, allowing for the luck of the draw. */
export function keeps(count: number, runs: number, share: number): boolean {
  return count + 1.64 * Math.sqrt(count) >= share * runs;
}

/** Counts how often each output and input is connected, and each skill has each shape. */
export function createChance({ ports }: Pick<ITraceGraphs, 'ports'>): IChance {
  const nodes: number[] = [];
  const shapes = createShapes();
  const ends = createEnds(ports);
  let edgeCount = 0;

  return {
    drift(labels) {
      // Ends are only ever counted up; nodes and connections are divided by.
      let drift = Math.log(edgeCount + UNSEEN);
      for (const label of labels) {
        drift += Math.log(nodes[label] || 1);
      }
      return drift;
    },
    add(graph) {
      graph.labels.forEach((label, node) => {
        nodes[label] = (nodes[label] ?? 0) + 1;
        shapes.add(label, graph.shapes[node] as number);
        for (const [, port] of graph.neighbours[node] ?? []) {
          ends.add(label, port);
          edgeCount += 0.5;
        }
      });
    },
    attachment(labels, edges, node) {
      const ofEdge = (at: number, port: number, opposite: number): Attachment => [
        labels[at] as number,
        ends.of(labels[at] as number, port),
        ends.of(labels[node] as number, opposite)
      ];
      return edges.flatMap(([from, port, to]) =>
        from === node
          ? ofEdge(to, port + 1, port)
          : to === node
            ? ofEdge(from, port, port + 1)
            : []
      );
    },
    expected(partCount, attachment) {
      let expected = partCount;
      for (let at = 0; at < attachment.length; at += 3) {
        const perNode =
          ends.count(attachment[at + 1] as number) /
          (nodes[attachment[at] as number] || 1);
        const others = ends.count(attachment[at + 2] as number) + 1;
        expected *= perNode * Math.min(COMMONEST_SHARE, others / (edgeCount + UNSEEN));
      }
      return expected;
    },
    drawn: (slots, label) => shapes.drawn(slots, label)
  };
}

/** How often each skill's own end of an edge, its output or its input, is connected. */
function createEnds(ports: ITraceGraphs['ports']) {
  const ends = createInterner();
  const counts: number[] = [];
  const cache: number[][] = [];
  const of = (label: number, port: number): number => {
    const known = (cache[label] ??= []);
    let end = known[port];
    if (end === undefined) {
      const [output, input] = (ports.names[port >> 1] as string).split('>');
      end = ends.number(port % 2 === 0 ? `${label}>${output}` : `${label}<${input}`);
      known[port] = end;
    }
    return end;
  };
  return {
    of,
    add(label: number, port: number): void {
      const end = of(label, port);
      counts[end] = (counts[end] ?? 0) + 1;
    },
    count: (end: number): number => counts[end] ?? 0
  };
}

/** How often each skill has so many connections in and out. */
function createShapes() {
  const all = new Map<number, number>();
  const byLabel: Map<number, number>[] = [];
  return {
    add(label: number, shape: number): void {
      const known = (byLabel[label] ??= new Map<number, number>());
      all.set(shape, (all.get(shape) ?? 0) + 1);
      known.set(shape, (known.get(shape) ?? 0) + 1);
    },
    drawn(slots: ReadonlyMap<number, number>, label: number): number {
      let expected = 0;
      slots.forEach((count, shape) => {
        const share =
          ((byLabel[label]?.get(shape) ?? 0) + 1) / ((all.get(shape) ?? 0) + UNSEEN);
        expected += count * Math.min(COMMONEST_SHARE, share);
      });
      return expected;
    }
  };
}
