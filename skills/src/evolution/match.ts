/** Finding one pattern in one run. */
import type { ITrace, ITraceNode } from '../session/trace';

/** What is looked for: nodes by name with their skills, and the connections of them. */
export interface IShape {
  /** Names such as `plot-xy#2`. */
  readonly nodes: readonly string[];
  /** Skill ids, in the order of `nodes`. */
  readonly skills: readonly string[];
  /** From node, output, to node, input. */
  readonly edges: readonly (readonly [string, string, string, string])[];
}

/** Steps after which a search in a hostile run gives up. */
const MOST_STEPS = 20_000;

/**
 * The run's nodes that make up the pattern, in the order of its nodes; `null` where it
 * does not occur. As in mining, all connections between those nodes belong to it.
 */
export function matchShape(shape: IShape, trace: ITrace): readonly ITraceNode[] | null {
  const links = new Map<string, Set<string>>();
  for (const [from, output, to, input] of trace.edges) {
    add(links, `${from}\n${to}`, `${output}>${input}`);
  }
  const wanted = new Map<string, Set<string>>();
  for (const [from, output, to, input] of shape.edges) {
    const key = `${shape.nodes.indexOf(from)} ${shape.nodes.indexOf(to)}`;
    add(wanted, key, `${output}>${input}`);
  }
  const places = shape.skills.map(skill =>
    trace.nodes.filter(node => node.skill === skill)
  );
  const chosen: ITraceNode[] = [];
  let steps = 0;
  const fits = (node: ITraceNode): boolean =>
    chosen.every(
      (other, at) =>
        other !== node &&
        same(
          wanted.get(`${at} ${chosen.length}`),
          links.get(`${other.id}\n${node.id}`)
        ) &&
        same(wanted.get(`${chosen.length} ${at}`), links.get(`${node.id}\n${other.id}`))
    );
  const search = (): boolean => {
    if (chosen.length === shape.nodes.length) {
      return true;
    }
    for (const node of places[chosen.length] ?? []) {
      steps += 1;
      if (steps < MOST_STEPS && fits(node)) {
        chosen.push(node);
        if (search()) {
          return true;
        }
        chosen.pop();
      }
    }
    return false;
  };
  return search() ? chosen : null;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key) ?? new Set();
  map.set(key, set.add(value));
}

function same(
  a: ReadonlySet<string> | undefined,
  b: ReadonlySet<string> | undefined
): boolean {
  return (a?.size ?? 0) === (b?.size ?? 0) && [...(a ?? [])].every(x => b?.has(x));
}
