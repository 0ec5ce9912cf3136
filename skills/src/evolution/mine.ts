/** From traces to patterns: the workflows that recur, with what their inputs were. */
import type { ITrace } from '../session/trace';
import { growPatterns } from './grow';
import {
  learnInputs,
  type ILearnOptions,
  type IOccurrence,
  type Parameters
} from './learnInputs';
import type { IGrownPattern } from './pattern';
import { gain, selectPatterns } from './select';
import { toTraceGraphs, type ITraceGraph, type ITraceGraphs } from './traceGraph';

/**
 * What counts as a pattern (R7.1); settings of the person, so every one has a default.
 */
export interface IMineOptions extends ILearnOptions {
  /** Least number of runs, retries and copies counted once; by default 3. */
  readonly minCount?: number;
  /** Least share of successful runs, by default 0.7. */
  readonly minSuccess?: number;
  /** Skills in a pattern at most, by default 8. */
  readonly maxSize?: number;
  /** Only runs from this time on (ISO 8601), by default all. */
  readonly since?: string;
}

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

/** Patterns keep this share of their parts' runs, or the parts are reported instead. */
const KEPT_SHARE = 0.3;
/** A pattern occurs at least this many times more often than chance would have it. */
const LEAST_LIFT = 3;
/** Occurrences of one pattern in one run that are followed. */
const MAX_EMBEDDINGS = 16;

/**
 * Finds the workflows that recur with success. The same runs in any order give the same
 * answer.
 */
export function mine(
  traces: readonly ITrace[],
  options: IMineOptions = {}
): readonly IPattern[] {
  const { minCount = 3, minSuccess = 0.7, maxSize = 8, since } = options;
  const graphs = toTraceGraphs(
    since === undefined ? traces : traces.filter(({ started }) => started >= since)
  );
  const { patterns, tests } = growPatterns(graphs, {
    minCount,
    maxSize: Math.min(8, maxSize),
    maxEmbeddings: MAX_EMBEDDINGS
  });
  const byCode = new Map(patterns.map(pattern => [pattern.code, pattern]));
  const runsOf = (pattern: IGrownPattern): readonly ITraceGraph[] =>
    supportOf(pattern, byCode).flatMap(index => graphs.graphs[index] ?? []);
  const selected = selectPatterns(patterns, {
    keptShare: KEPT_SHARE,
    minLift: LEAST_LIFT,
    tests,
    accepts: pattern => {
      const runs = runsOf(pattern);
      return runs.length >= minCount && successOf(runs) >= minSuccess;
    }
  });
  return selected.map(pattern =>
    describePattern(pattern, runsOf(pattern), graphs, options)
  );
}

/** Graphs of the pattern, or of its parts where it is inferred from them. */
function supportOf(
  { inferred, support, parts }: IGrownPattern,
  byCode: ReadonlyMap<string, IGrownPattern>
): readonly number[] {
  const own = Array.from(support);
  if (!inferred) {
    return own;
  }
  const all = parts.flatMap(code => Array.from(byCode.get(code)?.support ?? []));
  return [...new Set([...own, ...all])].sort((x, y) => x - y);
}

function successOf(runs: readonly ITraceGraph[]): number {
  return runs.filter(({ success }) => success).length / runs.length;
}

function describePattern(
  pattern: IGrownPattern,
  runs: readonly ITraceGraph[],
  graphs: ITraceGraphs,
  options: IMineOptions
): IPattern {
  const skills = pattern.labels.map(label => graphs.skills.names[label] ?? '');
  const nodes = nameNodes(skills);
  const edges = pattern.edges.map(([from, port, to]) => {
    const [output = '', input = ''] = (graphs.ports.names[port / 2] ?? '').split('>');
    return [nodes[from] ?? '', output, nodes[to] ?? '', input] as const;
  });
  return {
    signature: pattern.code,
    skills,
    edges: edges.sort((a, b) => (a.join() < b.join() ? -1 : 1)),
    nodes,
    count: runs.length,
    whole: pattern.support.length,
    users: new Set(runs.map(({ trace }) => trace.user)).size,
    sessions: new Set(runs.map(({ trace }) => trace.session)).size,
    success: successOf(runs),
    lift: pattern.lift,
    gain: gain(pattern),
    parameters: learnInputs({ nodes, edges }, occurrences(pattern, graphs), options),
    traces: runs.map(({ trace }) => trace.id).sort()
  };
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
      const places = Array.from(embeddings.subarray(at + 1, at + stride));
      const nodes = places.flatMap(
        place => run.trace.nodes[run.nodes[place] ?? -1] ?? []
      );
      found.push({ trace: run.trace, nodes });
    }
  }
  return found;
}
