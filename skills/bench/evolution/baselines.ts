/** Simpler miners, to see what the product's own gains. */
import { canonicalForm, type ILabelledGraph } from '../../src/evolution/canonical';
import type { ITrace } from '../../src/session/trace';

/** A pattern of a baseline: its code and the number of traces that have it. */
export interface IBaselinePattern {
  readonly code: string;
  readonly count: number;
}

/** Whole workflows that recur, most frequent first. */
export function wholeWorkflows(traces: readonly ITrace[]): readonly IBaselinePattern[] {
  return count(traces.map(trace => [graphOf(trace, () => true)]));
}

/** Pairs of connected skills, most frequent first. */
export function connectedPairs(traces: readonly ITrace[]): readonly IBaselinePattern[] {
  return count(
    traces.map(trace =>
      trace.edges.map(([from, , to]) => graphOf(trace, id => id === from || id === to))
    )
  );
}

/** Each node with all that it feeds directly, most frequent first. */
export function neighbourhoods(traces: readonly ITrace[]): readonly IBaselinePattern[] {
  return count(
    traces.map(trace =>
      trace.nodes.map(({ id }) => {
        const fed = new Set(
          trace.edges.filter(([from]) => from === id).map(([, , to]) => to)
        );
        return graphOf(trace, other => other === id || fed.has(other));
      })
    )
  );
}

/**
 * Skills that follow each other when a trace is written as a list, sources first, two to
 * six of them; each by its sorted skills, since a list has no connections. Those that
 * save most words come first.
 */
export function sequences(traces: readonly ITrace[]): readonly IBaselinePattern[] {
  const counts = new Map<string, number>();
  for (const trace of traces) {
    const skills = inOrder(trace);
    const found = new Set<string>();
    skills.forEach((_, at) => {
      for (let size = 2; size <= 6 && at + size <= skills.length; size += 1) {
        found.add([...skills.slice(at, at + size)].sort().join());
      }
    });
    found.forEach(code => counts.set(code, (counts.get(code) ?? 0) + 1));
  }
  const gain = ({ code, count: runs }: IBaselinePattern): number =>
    runs * (code.split(',').length - 1);
  return [...counts]
    .filter(([, runs]) => runs >= 3)
    .map(([code, runs]) => ({ code, count: runs }))
    .sort((a, b) => gain(b) - gain(a) || (a.code < b.code ? -1 : 1));
}

/** Skills of a trace, each behind what feeds it; ties in the order of the trace. */
function inOrder({ nodes, edges }: ITrace): readonly string[] {
  const left = new Map(nodes.map(({ id, skill }) => [id, skill ?? '']));
  const order: string[] = [];
  while (left.size > 0) {
    const ids = [...left.keys()];
    const next =
      ids.find(id => edges.every(([from, , to]) => to !== id || !left.has(from))) ??
      ids[0];
    order.push(left.get(next ?? '') ?? '');
    left.delete(next ?? '');
  }
  return order;
}

function graphOf(trace: ITrace, keep: (id: string) => boolean): ILabelledGraph {
  const nodes = trace.nodes.filter(({ id }) => keep(id));
  const place = new Map(nodes.map(({ id }, index) => [id, index]));
  return {
    labels: nodes.map(({ skill }) => skill ?? ''),
    edges: trace.edges.flatMap(([from, output, to, input]) => {
      const a = place.get(from);
      const b = place.get(to);
      return a === undefined || b === undefined
        ? []
        : [[a, `${output}>${input}`, b, ''] as const];
    })
  };
}

function count(
  graphs: readonly (readonly ILabelledGraph[])[]
): readonly IBaselinePattern[] {
  const counts = new Map<string, number>();
  for (const list of graphs) {
    const codes = new Set(
      list
        .filter(({ labels }) => labels.length > 1)
        .map(graph => canonicalForm(graph).code)
    );
    for (const code of codes) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, runs]) => runs >= 3)
    .map(([code, runs]) => ({ code, count: runs }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
