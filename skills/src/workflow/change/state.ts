import type { IExecutableSkill } from '../../skill/skill';
import { buildGraph, type IGraph, type IGraphCell, type IGraphEdge } from '../graph';
import { refuse, type IEditContext, type INotebookCell, type IRefusal } from './change';

/** A notebook before an edit, with its graph. */
export interface IState {
  readonly context: IEditContext;
  readonly graph: IGraph;
}

/** Reads the notebook, or refuses because it may not be changed. */
export function readState(context: IEditContext): IState | IRefusal {
  return context.isReadOnly
    ? refuse('read-only', 'This notebook is read-only. Keep a copy of it to change it.')
    : { context, graph: graphOf(context.cells, context.graph) };
}

/** The graph of a notebook's code cells. */
export function graphOf(cells: readonly INotebookCell[], previous?: IGraph): IGraph {
  return buildGraph(
    cells.filter(cell => cell.type === 'code'),
    previous
  );
}

/** Narrows a result to a refusal. */
export function isRefusal(value: object): value is IRefusal {
  return 'ok' in value && value.ok === false;
}

/** A code cell with what is known of it; refuses an id that is none. */
export function findCell(state: IState, id: string): IGraphCell | IRefusal {
  return (
    state.graph.cells.find(cell => cell.id === id) ??
    refuse('unknown-cell', `The notebook has no code cell "${id}".`)
  );
}

/** As `findCell`, for a cell whose source is about to change. */
export function findEditable(state: IState, id: string): IGraphCell | IRefusal {
  const cell = findCell(state, id);
  const plain = state.context.cells.find(each => each.id === id);
  return plain && !isRefusal(cell) && plain.metadata['editable'] === false
    ? refuse(
        'read-only',
        `${labelOf(state, id)} is read-only. Make it editable in its properties first.`
      )
    : cell;
}

/** The executable skill of an id, when the person has it. */
export function findSkill(
  { find }: IEditContext,
  id: string
): IExecutableSkill | undefined {
  const skill = find(id);
  return skill?.kind === 'executable' ? skill : undefined;
}

/**
 * How messages name a cell: by its variable or its skill, by its first line where these
 * are also another cell's.
 */
export function labelOf(state: IState, id: string): string {
  return `the cell ${nameOf(state, id)}`;
}

/** The name alone, in quotation marks. */
export function nameOf({ context, graph }: IState, id: string): string {
  const nameIn = (cell: IGraphCell): string | undefined =>
    cell.calls[0]?.target ?? cell.analysis.defines[0] ?? cell.calls[0]?.skill;
  const cell = graph.cells.find(each => each.id === id);
  const name = cell ? nameIn(cell) : undefined;
  if (
    name !== undefined &&
    graph.cells.filter(each => nameIn(each) === name).length < 2
  ) {
    return `"${name}"`;
  }
  const source = context.cells.find(each => each.id === id)?.source ?? '';
  const line = source.trim().split('\n')[0] ?? '';
  return `"${line.length > 40 ? `${line.slice(0, 39)}…` : line || id}"`;
}

/** The list of cells with other sources, by id. */
export function withSources(
  cells: readonly INotebookCell[],
  sources: ReadonlyMap<string, string>
): readonly INotebookCell[] {
  return cells.map(cell => {
    const source = sources.get(cell.id);
    return source === undefined || source === cell.source ? cell : { ...cell, source };
  });
}

/** An edge that an edit would change though it should not. */
export interface IDisturbance {
  /** The cell that would get another value, or none. */
  readonly to: string;
  readonly name: string;
  /** The cell that it would come from. */
  readonly from: string | null;
  /** True when that cell would stand below. */
  readonly isLate: boolean;
}

/**
 * The first value that would reach a cell from elsewhere than before. `expected` says for
 * the edges that the edit is about where they shall come from: `to` + name → from, or
 * null when they may be anything.
 */
export function disturbed(
  before: IGraph,
  after: IGraph,
  expected: (to: string, name: string) => string | null | undefined
): IDisturbance | null {
  const old = new Map(before.edges.map(edge => [keyOf(edge), edge]));
  const now = new Map(after.edges.map(edge => [keyOf(edge), edge]));
  for (const cell of after.cells) {
    for (const name of cell.analysis.uses) {
      const key = `${cell.id} ${name}`;
      const edge = now.get(key);
      const wanted = expected(cell.id, name);
      const from = wanted === undefined ? old.get(key)?.from : wanted;
      if (from === null) {
        continue;
      }
      const isLate = edge?.late === true && !(old.get(key)?.late ?? false);
      if (edge?.from !== from || isLate) {
        return { to: cell.id, name, from: edge?.from ?? null, isLate };
      }
    }
  }
  return null;
}

function keyOf({ to, name }: IGraphEdge): string {
  return `${to} ${name}`;
}
