/** A pattern as people and skills see it: names, runs, and what its inputs were. */
import {
  learnInputs,
  type ILearnOptions,
  type IOccurrence,
  type Parameters
} from './learnInputs';
import { memberOrder } from './memberOrder';
import type { IGrownPattern } from './pattern';
import { gain } from './select';
import { countPeople } from './traceFile';
import type { ITraceGraph, ITraceGraphs } from './traceGraph';

/** A recurring, connected sub-workflow. */
export interface IPattern {
  /** Canonical code: equal for isomorphic workflows. */
  readonly signature: string;
  /** Skill ids in canonical order; a second node of a skill is named `skill#2`. */
  readonly skills: readonly string[];
  /** From node, output, to node, input; nodes by the names of `nodes`. */
  readonly edges: readonly (readonly [string, string, string, string])[];
  /** The nodes' names, such as `plot-xy#2`, in the order of `skills`. */
  readonly nodes: readonly string[];
  /**
   * Runs that have it, retries and copies counted once. Where fewer than the least number
   * have it whole, runs with all but one of its skills count too: `whole` tells.
   */
  readonly count: number;
  /** Runs that have all of it. */
  readonly whole: number;
  readonly users: number;
  readonly sessions: number;
  /** Share of those runs that succeeded. */
  readonly success: number;
  /** How many times more often than by chance. */
  readonly lift: number;
  /** By how many nodes and edges it shortens the history. */
  readonly gain: number;
  /** By `node.input`. */
  readonly parameters: Parameters;
  /** Ids of the traces, sorted. */
  readonly traces: readonly string[];
}

/** What of a pattern depends on its own runs alone. */
type Described = Omit<IPattern, 'lift' | 'gain'>;

/** A sub-workflow that recurs, with too few successes to be learned. */
export interface IFailingPattern extends Pick<IPattern, 'signature' | 'edges'> {
  /** Skill ids, each after those whose outputs it takes. */
  readonly skills: readonly string[];
  /** Runs that have it, counted as those of patterns are. */
  readonly runs: number;
  /** How many of them did not succeed: they failed, or were stopped. */
  readonly unsuccessful: number;
}

/** Describes a pattern, whose inputs are learned so. */
export type Describer = (
  pattern: IGrownPattern,
  runs: () => readonly ITraceGraph[],
  options: ILearnOptions
) => IPattern;

/**
 * Describes patterns; what it has said of one holds as long as no run of it comes and runs
 * are weighed as before.
 */
export function createDescriber(graphs: ITraceGraphs): Describer {
  let last = '';
  let known = new WeakMap<
    IGrownPattern['embeddings'],
    { readonly length: number; readonly described: Described }
  >();
  return (pattern, runs, options) => {
    const { embeddings, inferred, lift } = pattern;
    const how = weighing(options);
    if (how !== last) {
      last = how;
      known = new WeakMap();
    }
    let found = known.get(embeddings);
    // Runs of an inferred one are also those of its parts.
    if (inferred || found?.length !== embeddings.length) {
      const described = describe(pattern, runs(), graphs, options);
      found = { length: inferred ? -1 : embeddings.length, described };
      known.set(embeddings, found);
    }
    return { ...found.described, lift, gain: gain(pattern) };
  };
}

/** What of the options makes a difference, as one text. */
function weighing({ halfLife, now, objectives }: ILearnOptions): string {
  const age = halfLife === undefined ? [] : [halfLife, now ?? null];
  return JSON.stringify([age, [...(objectives ?? [])]]);
}

function describe(
  pattern: IGrownPattern,
  runs: readonly ITraceGraph[],
  graphs: ITraceGraphs,
  options: ILearnOptions
): Described {
  const { skills, nodes, edges } = namesOf(pattern, graphs);
  return {
    signature: pattern.code,
    skills,
    edges: inOrder(edges),
    nodes,
    count: runs.length,
    whole: pattern.support.length,
    users: countPeople(runs.map(({ trace }) => trace)),
    sessions: new Set(runs.map(({ trace }) => trace.session)).size,
    success: runs.filter(({ success }) => success).length / runs.length,
    parameters: learnInputs({ nodes, edges }, occurrences(pattern, graphs), options),
    traces: runs.map(({ trace }) => trace.id).sort()
  };
}

/** Says of a pattern which skills it has, as its data flows. */
export function describeFailing(
  pattern: IGrownPattern,
  counts: Pick<IFailingPattern, 'runs' | 'unsuccessful'>,
  graphs: ITraceGraphs
): IFailingPattern {
  const { skills, nodes, edges } = namesOf(pattern, graphs);
  const order = memberOrder({ nodes, edges }) ?? nodes;
  return {
    signature: pattern.code,
    skills: order.flatMap(node => skills[nodes.indexOf(node)] ?? []),
    edges: inOrder(edges),
    ...counts
  };
}

function namesOf(
  pattern: IGrownPattern,
  graphs: ITraceGraphs
): Pick<IPattern, 'skills' | 'nodes' | 'edges'> {
  const skills = pattern.labels.map(label => graphs.skills.names[label] ?? '');
  const nodes = nameNodes(skills);
  const edges = pattern.edges.map(([from, port, to]) => {
    const [output = '', input = ''] = (graphs.ports.names[port / 2] ?? '').split('>');
    return [nodes[from] ?? '', output, nodes[to] ?? '', input] as const;
  });
  return { skills, nodes, edges };
}

function inOrder(edges: IPattern['edges']): IPattern['edges'] {
  return [...edges].sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

/** `plot-xy`, `plot-xy#2`, … in order. */
function nameNodes(skills: readonly string[]): readonly string[] {
  return skills.map((skill, place) => {
    const number = skills.slice(0, place + 1).filter(other => other === skill).length;
    return number === 1 ? skill : `${skill}#${number}`;
  });
}

/** The first occurrence in each run, as the trace's own nodes. */
function occurrences(
  { embeddings, labels }: IGrownPattern,
  { graphs }: ITraceGraphs
): readonly IOccurrence[] {
  const found: IOccurrence[] = [];
  const stride = labels.length + 1;
  let last = -1;
  for (let at = 0; at < embeddings.length; at += stride) {
    const index = embeddings[at] ?? 0;
    const run = graphs[index];
    if (index !== last && run) {
      last = index;
      const places = embeddings.slice(at + 1, at + stride);
      const nodes = places.flatMap(
        place => run.trace.nodes[run.nodes[place] ?? -1] ?? []
      );
      found.push({ trace: run.trace, nodes });
    }
  }
  return found;
}
