/** Sub-workflows under growth: their shape, and where they occur. */

/** A sub-workflow and where it occurs. */
export interface IGrownPattern {
  /** Canonical code. */
  readonly code: string;
  /** Interned skills, in canonical order. */
  readonly labels: readonly number[];
  /** Source, interned even port, target; nodes as places in `labels`. */
  readonly edges: readonly (readonly [number, number, number])[];
  /** Blocks of 1 + size numbers: graph, then a node of it for each place. */
  readonly embeddings: readonly number[];
  /** Graphs in which it occurs, ascending. */
  readonly support: readonly number[];
  /** How little chance explains it beyond its parts: see `chance.ts`; 0 for one skill. */
  readonly surprise: number;
  /** How many times more often than by chance, against the part that explains it best. */
  readonly lift: number;
  /** Too few runs have it whole, but its parts leave no doubt. */
  readonly inferred: boolean;
  /** Codes of the significant patterns with one node less. */
  readonly parts: readonly string[];
}

/** The pattern with one node less, or `null` where that would split it. */
export function withoutNode(
  labels: readonly number[],
  edges: IGrownPattern['edges'],
  gone: number
): {
  readonly labels: readonly number[];
  readonly edges: IGrownPattern['edges'];
} | null {
  const shift = (node: number): number => (node > gone ? node - 1 : node);
  const left = edges
    .filter(([from, , to]) => from !== gone && to !== gone)
    .map(([from, port, to]) => [shift(from), port, shift(to)] as const);
  const rest = labels.filter((_, node) => node !== gone);
  return isConnected(rest.length, left) ? { labels: rest, edges: left } : null;
}

function isConnected(size: number, edges: IGrownPattern['edges']): boolean {
  const reached = new Set([0]);
  let before = 0;
  while (reached.size > before) {
    before = reached.size;
    for (const [from, , to] of edges) {
      if (reached.has(from) || reached.has(to)) {
        reached.add(from).add(to);
      }
    }
  }
  return reached.size === size;
}
