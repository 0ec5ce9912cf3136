import type { ITrace, ITraceNode } from '../../src/session/trace';
import { createHistory, inTime } from '../../src/evolution/traceGraph';
import type { IRandom } from './random';

/**
 * The same skills, each as often as before and with as many connections in and out, but
 * joined at random: what is found here is found by chance. Retries and copies, which the
 * miner counts once, are shuffled once: drawn apart they would pass for so many runs of
 * their own, with the connections that they share still in them.
 */
export function shuffleTraces(
  all: readonly ITrace[],
  random: IRandom
): readonly ITrace[] {
  const history = createHistory();
  inTime(all).forEach(trace => history.add(trace));
  const traces = history.graphs.map(({ trace }) => trace);
  const shape = (trace: ITrace, { id }: ITraceNode): string => {
    const outputs = trace.edges.filter(([from]) => from === id).length;
    const inputs = trace.edges.filter(([, , to]) => to === id).length;
    return `${inputs}>${outputs}`;
  };
  const places = new Map<string, ITraceNode[]>();
  const shapes = traces.map(trace =>
    trace.nodes.map(node => {
      const key = shape(trace, node);
      const list = places.get(key) ?? [];
      places.set(key, list);
      list.push(node);
      return key;
    })
  );
  const drawn = new Map([...places].map(([key, list]) => [key, random.shuffle(list)]));
  return traces.map((trace, index) => ({
    ...trace,
    nodes: trace.nodes.map((node, at) => {
      const other = drawn.get(shapes[index]?.[at] ?? '')?.pop() ?? node;
      return { ...node, skill: other.skill, inputs: other.inputs };
    })
  }));
}
