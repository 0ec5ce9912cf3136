import { analyseCell, skillCalls, skillNames, type ICellAnalysis } from './analyse';
import type { ISkillCall } from './calls';

/** A code cell as the graph needs it. */
export interface ICellSource {
  readonly id: string;
  readonly source: string;
}

/** A code cell with what is known of it. */
export interface IGraphCell extends ICellSource {
  readonly analysis: ICellAnalysis;
  /** Its skill calls, under whatever name the notebook imports `skill`. */
  readonly calls: readonly ISkillCall[];
}

/** A value that flows from one cell to another. */
export interface IGraphEdge {
  readonly from: string;
  /** The variable that carries it. */
  readonly name: string;
  readonly to: string;
  /** True when only cells below define it: top to bottom, the cell would fail. */
  readonly late?: true;
}

/** A notebook's code cells, in document order, and what flows between them. */
export interface IGraph {
  readonly cells: readonly IGraphCell[];
  /** In the order of the cells they lead to, then by name. */
  readonly edges: readonly IGraphEdge[];
}

/**
 * Draws the graph of a notebook's code cells. Given the graph from before an edit, it
 * reads only the cells whose source has changed.
 *
 * @example
 * buildGraph([{ id: 'a', source: 'x = 1' }, { id: 'b', source: 'y = x' }]).edges;
 * // [{ from: 'a', name: 'x', to: 'b' }]
 */
export function buildGraph(cells: readonly ICellSource[], previous?: IGraph): IGraph {
  const before = new Map(previous?.cells.map(cell => [cell.id, cell]));
  const known = new Set<string>();
  const graphCells = cells.map(({ id, source }): IGraphCell => {
    const old = before.get(id);
    const analysis = old?.source === source ? old.analysis : analyseCell(source);
    skillNames(analysis.imports).forEach(name => known.add(name));
    return { id, source, analysis, calls: skillCalls(analysis, known) };
  });
  return { cells: graphCells, edges: connect(graphCells) };
}

/** Edges from the nearest cell above that defines or mutates a name, else from below. */
function connect(cells: readonly IGraphCell[]): readonly IGraphEdge[] {
  const definers = new Map<string, number[]>();
  cells.forEach(({ analysis }, index) => {
    for (const name of analysis.defines) {
      const list = definers.get(name);
      if (list) {
        list.push(index);
      } else {
        definers.set(name, [index]);
      }
    }
  });
  const edges: IGraphEdge[] = [];
  const nearest = new Map<string, string>();
  cells.forEach(({ id: to, analysis }, index) => {
    for (const name of analysis.uses) {
      const above = nearest.get(name);
      const below =
        above === undefined
          ? cells[definers.get(name)?.find(at => at > index) ?? -1]?.id
          : undefined;
      if (above !== undefined) {
        edges.push({ from: above, name, to });
      } else if (below !== undefined) {
        edges.push({ from: below, name, to, late: true });
      }
    }
    for (const name of [...analysis.defines, ...analysis.mutates]) {
      nearest.set(name, to);
    }
  });
  return edges;
}

/** The ids of all cells that depend on one, near or far, in document order. */
export function descendants(graph: IGraph, id: string): readonly string[] {
  return reach(graph, id, edge => [edge.from, edge.to]);
}

/** The ids of all cells that one depends on, near or far, in document order. */
export function ancestors(graph: IGraph, id: string): readonly string[] {
  return reach(graph, id, edge => [edge.to, edge.from]);
}

function reach(
  graph: IGraph,
  start: string,
  ends: (edge: IGraphEdge) => readonly [string, string]
): readonly string[] {
  const next = new Map<string, string[]>();
  for (const edge of graph.edges) {
    const [from, to] = ends(edge);
    const list = next.get(from);
    if (list) {
      list.push(to);
    } else {
      next.set(from, [to]);
    }
  }
  const found = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const other of next.get(id) ?? []) {
      if (!found.has(other)) {
        found.add(other);
        open.push(other);
      }
    }
  }
  return graph.cells.map(cell => cell.id).filter(id => id !== start && found.has(id));
}
