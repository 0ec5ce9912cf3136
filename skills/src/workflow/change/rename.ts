import { isPythonName } from '../../skill/ports';
import { IGNORED_NAMES } from '../builtins';
import type { IGraph, IGraphCell } from '../graph';
import {
  accept,
  refuse,
  type EditResult,
  type IEditContext,
  type IRefusal
} from './change';
import { namesOf } from './ends';
import { findUses, renameNames } from './names';
import {
  findCell,
  findEditable,
  graphOf,
  isRefusal,
  labelOf,
  readState,
  withSources,
  type IState
} from './state';

/** A variable of a cell, and its new name. */
export interface IRenaming {
  /** A cell that defines or uses it. */
  readonly cell: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Renames a variable in the cell and in every cell to which its value flows or from which
 * it comes; in the whole notebook when a function reads it, since which value that gets
 * is known only when it runs. The graph stays the same but for the name.
 */
export function renameVariable(context: IEditContext, renaming: IRenaming): EditResult {
  const state = readState(context);
  if (isRefusal(state)) {
    return state;
  }
  const to = renaming.to.normalize('NFKC');
  const { from } = renaming;
  const cell = findCell(state, renaming.cell);
  if (isRefusal(cell)) {
    return cell;
  }
  const fault = checkNames(state, cell, from, to);
  if (fault) {
    return fault;
  }
  const affected = affectedCells(state.graph, cell, from);
  const sources = new Map<string, string>();
  for (const { id, source } of affected) {
    const editable = findEditable(state, id);
    if (isRefusal(editable)) {
      return editable;
    }
    const renamed = renameNames(source, new Map([[from, to]]));
    if ('problem' in renamed) {
      return refuse('not-possible', `${labelOf(state, id)} ${renamed.problem}.`);
    }
    sources.set(id, renamed.source);
  }
  const cells = withSources(context.cells, sources);
  const ids = new Set(sources.keys());
  const isSame = sameGraph(state.graph, graphOf(cells, state.graph), name =>
    ids.has(name.cell) && name.name === from ? to : name.name
  );
  return isSame
    ? accept(cells, [...ids])
    : refuse(
        'not-possible',
        `"${from}" cannot be renamed to "${to}" without changing what the cells compute. Rename it by hand.`
      );
}

function checkNames(
  state: IState,
  { id, analysis }: IGraphCell,
  from: string,
  to: string
): IRefusal | null {
  const label = labelOf(state, id);
  if (!analysis.defines.includes(from) && !analysis.uses.includes(from)) {
    return refuse('unknown-name', `${label} has no variable "${from}".`);
  }
  if (!isPythonName(to) || to.startsWith('__') || from.startsWith('__')) {
    return refuse(
      'invalid-name',
      `"${to}" cannot be the name of a variable. Use letters, digits and "_", no digit and not two "_" at the beginning, and no reserved word.`
    );
  }
  if (IGNORED_NAMES.has(to) || IGNORED_NAMES.has(from)) {
    return refuse(
      'invalid-name',
      IGNORED_NAMES.has(to)
        ? `"${to}" is a name of Python's own. Choose another.`
        : `"${from}" is also a name of Python's own, so its uses cannot be told apart. Rename it by hand.`
    );
  }
  return to === from || namesOf(state).has(to)
    ? refuse('name-taken', `The notebook has a variable "${to}" already.`)
    : null;
}

/** The cells whose uses of a name are uses of this cell's variable. */
function affectedCells(
  graph: IGraph,
  start: IGraphCell,
  name: string
): readonly IGraphCell[] {
  const holders = graph.cells.filter(
    ({ source, analysis }) =>
      analysis.defines.includes(name) ||
      analysis.uses.includes(name) ||
      // A name within code that cannot be read yet counts too.
      (analysis.incomplete && source.includes(name))
  );
  const edges = graph.edges.filter(edge => edge.name === name);
  const anywhere =
    edges.some(edge => edge.late) ||
    holders.some(({ source }) =>
      findUses(source, each => each === name).some(use => use.isDeferred)
    );
  if (anywhere) {
    return holders;
  }
  const found = new Set([start.id]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const { from, to } of edges) {
      if (found.has(from) || found.has(to)) {
        found.add(from).add(to);
      }
    }
  }
  return holders.filter(cell => found.has(cell.id));
}

type Renamer = (use: { readonly cell: string; readonly name: string }) => string;

/** Whether two graphs differ by the names of variables alone. */
function sameGraph(before: IGraph, after: IGraph, rename: Renamer): boolean {
  return JSON.stringify(shape(before, rename)) === JSON.stringify(shape(after));
}

function shape(
  { cells, edges }: IGraph,
  rename: Renamer = ({ name }) => name
): readonly unknown[] {
  const list = (cell: string, names: readonly string[]): readonly string[] =>
    names.map(name => rename({ cell, name })).sort();
  return [
    cells.map(({ id, analysis, calls }) => [
      id,
      list(id, analysis.defines),
      list(id, analysis.uses),
      list(id, analysis.mutates),
      calls.map(call => call.skill)
    ]),
    edges
      .map(({ from, name, to, late }) =>
        [from, rename({ cell: to, name }), to, late ?? ''].join(' ')
      )
      .sort()
  ];
}
