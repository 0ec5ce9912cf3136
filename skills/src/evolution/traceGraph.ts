/** Traces as graphs of skills, in numbers: what the miner reads. */
import type { ITrace } from '../session/trace';

/** Numbers for names, given in the order of first meeting after sorting. */
export interface IInterner {
  readonly names: readonly string[];
  number(name: string): number;
}

/** The skills of one run and how they are connected; plain code cells are left out. */
export interface ITraceGraph {
  readonly trace: ITrace;
  /** Index into `trace.nodes`, for each node. */
  readonly nodes: readonly number[];
  /** Interned skill id of each node. */
  readonly labels: readonly number[];
  /** For each node its edges: other node and interned, directed port pair. */
  readonly neighbours: readonly (readonly (readonly [node: number, port: number])[])[];
  /** For each node how many connections it has in and out, as one number. */
  readonly shapes: readonly number[];
  readonly success: boolean;
}

/**
 * The whole history, its skills and ports as small numbers so that patterns compare
 * fast.
 */
export interface ITraceGraphs {
  readonly graphs: readonly ITraceGraph[];
  readonly skills: IInterner;
  /** Even: this node is the source; odd (plus 1): it is the target. */
  readonly ports: IInterner;
}

/** Starts empty; numbers count up from 0 and are never given twice. */
export function createInterner(): IInterner {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    names,
    number(name) {
      const known = numbers.get(name);
      if (known !== undefined) {
        return known;
      }
      numbers.set(name, names.length);
      return names.push(name) - 1;
    }
  };
}

/** A history that grows. */
export interface IGrowingHistory extends ITraceGraphs {
  /**
   * Adds a run that is later than all that are there (see `compareTime`).
   *
   * @returns its graph, or null when it is a retry or a copy of one that is there
   */
  add(trace: ITrace): ITraceGraph | null;
}

/** A history without runs. */
export function createHistory(): IGrowingHistory {
  const skills = createInterner();
  const ports = createInterner();
  const earlierOf = createCopies();
  const graphs: ITraceGraph[] = [];
  const add = (trace: ITrace): ITraceGraph | null => {
    if (earlierOf(trace)) {
      return null;
    }
    const graph = toGraph(trace, skills, ports);
    graphs.push(graph);
    return graph;
  };
  return { graphs, skills, ports, add };
}

/** Runs by time; of those that began together by id. */
export function inTime(traces: readonly ITrace[]): readonly ITrace[] {
  return [...traces].sort(compareTime);
}

/** Below 0 where the first is the earlier run. */
export function compareTime(a: ITrace, b: ITrace): number {
  return compare(a.started, b.started) || compare(a.id, b.id);
}

/**
 * Runs that succeeded, at once or when they were repeated, by the id of the earliest run
 * that they are a copy of: that is the one which patterns name.
 */
export function firstSuccesses(traces: readonly ITrace[]): ReadonlyMap<string, ITrace> {
  const earlierOf = createCopies();
  const found = new Map<string, ITrace>();
  for (const trace of inTime(traces)) {
    const { id } = earlierOf(trace) ?? trace;
    if (trace.status === 'success' && !found.has(id)) {
      found.set(id, trace);
    }
  }
  return found;
}

/**
 * Tells of runs, which are given by time, the earliest that each is a copy of; null for one
 * that is none. Whole keys are long: they are made only for runs that a short key cannot
 * tell apart.
 */
function createCopies(): (trace: ITrace) => ITrace | null {
  const seen = new Map<string, ITrace | Map<string, ITrace>>();
  return trace => {
    const skills = trace.nodes.map(({ skill, code }) => skill ?? code ?? '');
    const short = `${trace.user} ${trace.edges.length} ${skills.sort().join()}`;
    const bucket = seen.get(short);
    if (bucket === undefined) {
      seen.set(short, trace);
      return null;
    }
    const byKey = bucket instanceof Map ? bucket : new Map([[runKey(bucket), bucket]]);
    seen.set(short, byKey);
    const key = runKey(trace);
    const earlier = byKey.get(key);
    byKey.set(key, earlier ?? trace);
    return earlier ?? null;
  };
}

/** Connections of one node, above which shapes may coincide; that is harmless. */
const MOST_EDGES = 1024;

/** Plain comparison of texts, the same in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toGraph(trace: ITrace, skills: IInterner, ports: IInterner): ITraceGraph {
  const nodes: number[] = [];
  const labels: number[] = [];
  const places = new Map<string, number>();
  trace.nodes.forEach(({ id, skill }, index) => {
    if (skill !== null) {
      places.set(id, nodes.push(index) - 1);
      labels.push(skills.number(skill));
    }
  });
  const neighbours: [number, number][][] = nodes.map(() => []);
  for (const [from, output, to, input] of trace.edges) {
    const source = places.get(from);
    const target = places.get(to);
    if (source !== undefined && target !== undefined && source !== target) {
      const port = 2 * ports.number(`${output}>${input}`);
      neighbours[source]?.push([target, port]);
      neighbours[target]?.push([source, port + 1]);
    }
  }
  const shapes = neighbours.map(list => {
    const outputs = list.filter(([, port]) => port % 2 === 0).length;
    return MOST_EDGES * (list.length - outputs) + outputs;
  });
  const success = trace.status === 'success';
  return { trace, nodes, labels, neighbours, shapes, success };
}

/** What two runs must share to count as one: user, skills, values and connections. */
function runKey({ user, nodes, edges }: ITrace): string {
  const described = nodes.map(({ id, skill, code, inputs }) => {
    const values = Object.entries(inputs)
      .map(([name, { value, hash }]) => `${name}=${hash ?? JSON.stringify(value)}`)
      .sort();
    return { id, text: `${skill ?? code ?? ''}(${values.join()})` };
  });
  const text = new Map(described.map(node => [node.id, node.text]));
  const links = edges.map(
    ([from, output, to, input]) =>
      `${text.get(from)}.${output}>${text.get(to)}.${input}`
  );
  return JSON.stringify([user, described.map(node => node.text).sort(), links.sort()]);
}
