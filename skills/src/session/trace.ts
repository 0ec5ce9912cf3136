/**
 * Traces: one record a run, one JSON line a record (R5.7). Evolution reads nothing else.
 */
import { isRecord } from '../json';
import type { JsonValue } from '../skill/skill';

const TRIGGERS = [
  'cell',
  'all',
  'stale',
  'to-here',
  'from-here',
  'selection',
  'sweep',
  'replay'
] as const;

/**
 * What a person asked for when the run began; `replay` runs are those that verify a
 * learned skill.
 */
export type Trigger = (typeof TRIGGERS)[number];

/** How a run may have ended. */
export const RUN_STATUSES = ['success', 'failed', 'cancelled'] as const;
const NODE_STATUSES = ['success', 'failed', 'blocked', 'cancelled'] as const;

/** How a run ended; `failed` as soon as one of its cells did. */
export type RunStatus = (typeof RUN_STATUSES)[number];

/** How a cell ended; `blocked` when something that it needs had failed. */
export type NodeStatus = (typeof NODE_STATUSES)[number];

/**
 * A large list, array or object's floating-point numbers in a few, up to nine digits each; a
 * complex number is two of them, its parts.
 */
export interface INumberSummary {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  /** Root of the mean of the squares. */
  readonly rms: number;
  /** Mean of the elements times their places, from 0 at the first to 1 at the last. */
  readonly moment: number;
  /** Elements, evenly spread from the first to the last. */
  readonly at: readonly number[];
  /** Of an object: `sha256:` of all that is no such number. */
  readonly rest?: string;
}

/** Reads a summary; undefined for what is none. */
export function readSummary(value: unknown): INumberSummary | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const { low, high, mean, rms, moment, at, rest } = value;
  return isNumber(low) &&
    isNumber(high) &&
    isNumber(mean) &&
    isNumber(rms) &&
    isNumber(moment) &&
    Array.isArray(at) &&
    at.every(isNumber)
    ? {
        ...{ low, high, mean, rms, moment, at },
        ...(typeof rest === 'string' && { rest })
      }
    : undefined;
}

/** A value as a trace keeps it: itself when it is small, else its hash and size. */
export interface ITracedValue {
  readonly type: string;
  /** Only when its JSON has at most 1024 bytes of UTF-8. */
  readonly value?: JsonValue;
  /** `sha256:` of the canonical value. */
  readonly hash?: string;
  readonly length?: number;
  readonly shape?: readonly number[];
  /** Of an output with a hash, where all its floating-point numbers are finite. */
  readonly summary?: INumberSummary;
  /** A secret: neither its value nor a hash of it is kept. */
  readonly masked?: true;
  /** Node and output that an input came from. */
  readonly from?: readonly [node: string, output: string];
}

/** One cell of a run. */
export interface ITraceNode {
  readonly id: string;
  /** `null`: a plain code cell. */
  readonly skill: string | null;
  readonly version?: string;
  /** Plain cells: hash of the source, and the names that it binds. */
  readonly code?: string;
  readonly defines?: readonly string[];
  readonly status: NodeStatus;
  /** Milliseconds. */
  readonly ms: number;
  readonly cached?: boolean;
  readonly inputs: { readonly [name: string]: ITracedValue };
  readonly outputs: { readonly [name: string]: ITracedValue };
  readonly error?: { readonly name: string; readonly message: string };
}

/** From node, output, to node, input. */
export type TraceEdge = readonly [
  from: string,
  output: string,
  to: string,
  input: string
];

interface ITraceBase {
  readonly v: 1;
  readonly id: string;
  readonly session: string;
  readonly user: string;
  /** ISO 8601 UTC. */
  readonly started: string;
  readonly ms: number;
  readonly status: RunStatus;
}

/** A run of a workflow, or of one cell. */
export interface ITrace extends ITraceBase {
  readonly kind?: undefined;
  readonly goal: string;
  readonly trigger: Trigger;
  /** Of a point of a sweep: the inputs that the sweep gives values, as node and input. */
  readonly swept?: readonly (readonly [node: string, input: string])[];
  readonly nodes: readonly ITraceNode[];
  readonly edges: readonly TraceEdge[];
  readonly env: { readonly [name: string]: string };
}

/** A turn of the assistant. */
export interface IChatTrace extends ITraceBase {
  readonly kind: 'chat';
  readonly prompt: string;
  readonly skills_used: readonly string[];
  readonly tools: readonly JsonValue[];
}

/** One line of a trace file; records of a later kind are problems, not errors. */
export type TraceRecord = ITrace | IChatTrace;

/** Whether a record is of a run: turns of the assistant stand among them and run nothing. */
export function isRun(trace: TraceRecord): trace is ITrace {
  return trace.kind === undefined;
}

/** What a record was for, in a person's words; empty where nothing was said. */
export function tracePurpose(trace: TraceRecord): string {
  return isRun(trace) ? trace.goal : trace.prompt;
}

/** A line that cannot be read; the others still are. */
export interface ITraceProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** One line, without its newline. */
export function formatTrace(trace: TraceRecord): string {
  return JSON.stringify(trace);
}

/** Reads `traces.jsonl`; unknown keys are kept, bad lines are reported and left out. */
export function parseTraces(text: string): {
  readonly traces: readonly TraceRecord[];
  readonly problems: readonly ITraceProblem[];
} {
  const traces: TraceRecord[] = [];
  const problems: ITraceProblem[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') {
      return;
    }
    const result = parseTrace(line);
    if ('problem' in result) {
      problems.push({ line: index + 1, message: result.problem });
    } else {
      traces.push(result);
    }
  });
  return { traces, problems };
}

/** Reads one line; `problem` names the key, what was expected and what was found. */
export function parseTrace(line: string): TraceRecord | { readonly problem: string } {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch (error) {
    return { problem: `not JSON: ${String(error)}` };
  }
  const problem = traceProblem(data);
  return problem === null ? (data as TraceRecord) : { problem };
}

function traceProblem(data: unknown): string | null {
  if (!isRecord(data)) {
    return 'a trace must be a JSON object';
  }
  if (data['v'] !== 1) {
    return `"v" must be 1; found ${show(data['v'])}. A newer program wrote this trace.`;
  }
  const base = firstProblem(data, [
    ['id', isText],
    ['session', isText],
    ['user', isText],
    ['started', isText],
    ['ms', isNumber],
    ['status', value => RUN_STATUSES.some(status => status === value)]
  ]);
  if (base !== null) {
    return base;
  }
  if (data['kind'] === 'chat') {
    return firstProblem(data, [
      ['prompt', value => typeof value === 'string'],
      ['skills_used', Array.isArray],
      ['tools', Array.isArray]
    ]);
  }
  if (data['kind'] !== undefined) {
    return `"kind" must be absent or "chat"; found ${show(data['kind'])}`;
  }
  return (
    firstProblem(data, [
      ['trigger', value => TRIGGERS.some(trigger => trigger === value)],
      ['swept', value => value === undefined || isSwept(value)],
      ['nodes', Array.isArray],
      ['edges', Array.isArray]
    ]) ?? graphProblem(data['nodes'] as unknown[], data['edges'] as unknown[])
  );
}

function graphProblem(
  nodes: readonly unknown[],
  edges: readonly unknown[]
): string | null {
  const ids = new Set<unknown>();
  for (const [index, node] of nodes.entries()) {
    const problem = isRecord(node)
      ? firstProblem(node, [
          ['id', isText],
          ['skill', value => value === null || isText(value)],
          ['status', value => NODE_STATUSES.some(status => status === value)],
          ['inputs', isRecord],
          ['outputs', isRecord]
        ])
      : 'must be an object';
    if (problem !== null) {
      return `nodes[${index}]: ${problem}`;
    }
    ids.add((node as ITraceNode).id);
  }
  if (ids.size !== nodes.length) {
    return 'two nodes have the same id';
  }
  const bad = edges.findIndex(
    edge =>
      !Array.isArray(edge) ||
      edge.length !== 4 ||
      !edge.every(isText) ||
      !ids.has(edge[0]) ||
      !ids.has(edge[2])
  );
  return bad < 0
    ? null
    : `edges[${bad}] must be [from node, output, to node, input]; found ${show(edges[bad])}`;
}

type Rule = readonly [key: string, fits: (value: unknown) => boolean];

function firstProblem(
  data: { readonly [key: string]: unknown },
  rules: readonly Rule[]
): string | null {
  const broken = rules.find(([key, fits]) => !fits(data[key]));
  return broken
    ? `"${broken[0]}" is missing or wrong; found ${show(data[broken[0]])}`
    : null;
}

const isSwept = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(at => Array.isArray(at) && at.length === 2 && at.every(isText));

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
