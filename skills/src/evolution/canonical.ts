/**
 * Canonical form of small labelled directed graphs: equal for isomorphic graphs, different
 * otherwise. Colour refinement (Weisfeiler–Lehman) splits the nodes; where it cannot,
 * each choice is tried and the smallest code wins (McKay, "Practical graph isomorphism",
 * 1981). Nodes with the same neighbours are interchangeable, so one choice stands for all.
 */

/** A node's label and the edges between nodes, labelled by ports. */
export interface ILabelledGraph {
  readonly labels: readonly string[];
  /** From node, output, to node, input; nodes as indices into `labels`. */
  readonly edges: readonly (readonly [number, string, number, string])[];
}

/**
 * A graph written down so that isomorphic graphs read the same, and where its nodes
 * went.
 */
export interface ICanonicalForm {
  /** Injective up to isomorphism. */
  readonly code: string;
  /** `order[i]`: which node of the graph stands at place `i` of the code. */
  readonly order: readonly number[];
}

/** What one node sees of another: direction and ports, as one number. */
interface INeighbour {
  readonly node: number;
  readonly edge: string;
}

/**
 * Gives a graph's canonical form.
 *
 * @example canonicalForm({ labels: ['a', 'b'], edges: [[0, 'out', 1, 'in']] }).code
 */
export function canonicalForm(graph: ILabelledGraph): ICanonicalForm {
  const neighbours = listNeighbours(graph);
  const start = refine(rank([...graph.labels]), neighbours);
  return search(graph, start, neighbours);
}

/** The signature of a workflow: its canonical code. */
export function signature(graph: ILabelledGraph): string {
  return canonicalForm(graph).code;
}

function listNeighbours({ labels, edges }: ILabelledGraph): readonly INeighbour[][] {
  const lists: INeighbour[][] = labels.map(() => []);
  for (const [from, output, to, input] of edges) {
    const ports = `${output}>${input}`;
    lists[from]?.push({ node: to, edge: `>${ports}` });
    lists[to]?.push({ node: from, edge: `<${ports}` });
  }
  return lists;
}

/** Replaces keys by their places in sorted order: equal keys, equal numbers. */
function rank(keys: readonly string[]): readonly number[] {
  const places = new Map([...new Set(keys)].sort().map((key, place) => [key, place]));
  return keys.map(key => places.get(key) ?? 0);
}

/** Splits colours by the colours of neighbours until nothing changes. */
function refine(
  colours: readonly number[],
  neighbours: readonly (readonly INeighbour[])[]
): readonly number[] {
  let current = colours;
  let count = new Set(current).size;
  while (count < current.length) {
    const keys = neighbours.map((list, node) => {
      const seen = list.map(({ node: other, edge }) => `${edge}:${current[other]}`);
      return `${String(current[node]).padStart(6, '0')}|${seen.sort().join('|')}`;
    });
    const next = rank(keys);
    const nextCount = new Set(next).size;
    if (nextCount === count) {
      return current;
    }
    current = next;
    count = nextCount;
  }
  return current;
}

function search(
  graph: ILabelledGraph,
  colours: readonly number[],
  neighbours: readonly (readonly INeighbour[])[]
): ICanonicalForm {
  const cell = firstTie(colours);
  if (cell === null) {
    return encode(graph, colours);
  }
  let best: ICanonicalForm | null = null;
  for (const node of withoutTwins(cell, neighbours)) {
    // Doubling leaves room to put the chosen node just before the others of its colour.
    const chosen = colours.map(
      (colour, index) => 2 * colour + (index === node ? 0 : 1)
    );
    const form = search(graph, refine(rankNumbers(chosen), neighbours), neighbours);
    if (best === null || form.code < best.code) {
      best = form;
    }
  }
  return best ?? encode(graph, colours);
}

function rankNumbers(values: readonly number[]): readonly number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const places = new Map(sorted.map((value, place) => [value, place]));
  return values.map(value => places.get(value) ?? 0);
}

/** The nodes of the lowest colour that more than one node has. */
function firstTie(colours: readonly number[]): readonly number[] | null {
  const cells = new Map<number, number[]>();
  colours.forEach((colour, node) => {
    const cell = cells.get(colour);
    if (cell) {
      cell.push(node);
    } else {
      cells.set(colour, [node]);
    }
  });
  const ties = [...cells.entries()].filter(([, cell]) => cell.length > 1);
  ties.sort(([a], [b]) => a - b);
  return ties[0]?.[1] ?? null;
}

/** One node for each set of nodes with exactly the same neighbours. */
function withoutTwins(
  cell: readonly number[],
  neighbours: readonly (readonly INeighbour[])[]
): readonly number[] {
  const seen = new Map<string, number>();
  for (const node of cell) {
    const list = (neighbours[node] ?? []).map(
      ({ node: other, edge }) => `${edge}:${other}`
    );
    const key = list.sort().join('|');
    if (!seen.has(key)) {
      seen.set(key, node);
    }
  }
  return [...seen.values()];
}

function encode(graph: ILabelledGraph, colours: readonly number[]): ICanonicalForm {
  const order = colours.map((_, node) => node);
  order.sort((a, b) => (colours[a] ?? 0) - (colours[b] ?? 0));
  const place = new Map(order.map((node, index) => [node, index]));
  const labels = order.map(node => graph.labels[node]).join(',');
  const edges = graph.edges
    .map(([from, output, to, input]) =>
      [place.get(from), output, place.get(to), input].join('.')
    )
    .sort()
    .join(',');
  return { code: edges === '' ? labels : `${labels};${edges}`, order };
}
