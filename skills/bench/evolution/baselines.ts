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
