import { freeName } from '../../skill/cell';
import type { IGraphCell } from '../graph';
import {
  accept,
  refuse,
  type EditResult,
  type IEditContext,
  type INotebookCell,
  type NodePosition
} from './change';
import { namesOf } from './ends';
import { renameNames } from './names';
import { positionOf, withPosition } from './place';
import {
  disturbed,
  graphOf,
  isRefusal,
  labelOf,
  readState,
  type IState
} from './state';

/** What a node takes with the space around it, in pixels: they are about as large. */
const [WIDTH, HEIGHT] = [264, 120];

/**
 * Copies cells to below the last of them. What they define gets new names in the copies,
 * which use each other's values where the originals do, and other cells' as before.
 */
export function duplicateCells(
  context: IEditContext,
  ids: readonly string[],
  newId: () => string
): EditResult {
  const state = readState(context);
  if (isRefusal(state)) {
    return state;
  }
  const unknown = ids.find(id => !context.cells.some(cell => cell.id === id));
  if (unknown !== undefined || ids.length === 0) {
    return refuse('unknown-cell', `The notebook has no cell "${unknown ?? ''}".`);
  }
  const chosen = context.cells.filter(({ id }) => ids.includes(id));
  const inside = new Set(ids);
  const names = newNames(state, inside);
  const copies: INotebookCell[] = [];
  const aside = asideOf(chosen, context.cells);
  for (const cell of chosen) {
    const renamed =
      cell.type === 'code'
        ? renameNames(cell.source, namesIn(state, cell.id, inside, names))
        : { source: cell.source };
    if ('problem' in renamed) {
      return refuse('not-possible', `${labelOf(state, cell.id)} ${renamed.problem}.`);
    }
    copies.push(copyOf(cell, { id: newId(), source: renamed.source, aside }));
  }
  const last = chosen[chosen.length - 1];
  const at = context.cells.findIndex(({ id }) => id === last?.id) + 1;
  const cells = [...context.cells.slice(0, at), ...copies, ...context.cells.slice(at)];
  const isCopy = new Set(copies.map(({ id }) => id));
  const trouble = disturbed(state.graph, graphOf(cells, state.graph), to =>
    isCopy.has(to) ? null : undefined
  );
  return trouble
    ? refuse(
        'not-possible',
        `A copy would change "${trouble.name}", which ${labelOf(state, trouble.to)} uses. Copy it by hand and give it a variable of its own.`
      )
    : accept(cells, [...isCopy]);
}

/** For each variable that the cells make, a name that is free. */
function newNames(
  { graph }: IState,
  inside: ReadonlySet<string>
): ReadonlyMap<string, string> {
  const taken = new Set(namesOf({ graph }));
  const names = new Map<string, string>();
  for (const cell of graph.cells.filter(({ id }) => inside.has(id))) {
    for (const name of madeBy(cell)) {
      if (!names.has(name)) {
        const copy = freeName(name.replace(/_\d+$/, ''), taken);
        taken.add(copy);
        names.set(name, copy);
      }
    }
  }
  return names;
}

/** The new names that hold in one copy: not for values that come from outside. */
function namesIn(
  { graph }: IState,
  id: string,
  inside: ReadonlySet<string>,
  names: ReadonlyMap<string, string>
): ReadonlyMap<string, string> {
  const outer = new Set(
    graph.edges
      .filter(edge => edge.to === id && !inside.has(edge.from))
      .map(e => e.name)
  );
  return new Map([...names].filter(([name]) => !outer.has(name)));
}

/** What a cell defines, but for what it imports: a copy may import the same again. */
function madeBy({ analysis }: IGraphCell): readonly string[] {
  const imported = new Set(analysis.imports.map(({ name }) => name));
  return analysis.defines.filter(
    name => !imported.has(name) && !analysis.uses.includes(name)
  );
}

/**
 * How far to the right copies stand of their originals: beside them all, and past what
 * people have put there.
 */
function asideOf(
  originals: readonly INotebookCell[],
  cells: readonly INotebookCell[]
): number {
  const placesOf = (list: readonly INotebookCell[]): NodePosition[] =>
    list.map(positionOf).filter(position => position !== null);
  const [own, all] = [placesOf(originals), placesOf(cells)];
  const xs = own.map(([x]) => x);
  const isTaken = (aside: number): boolean =>
    own.some(([x, y]) =>
      all.some(
        other =>
          Math.abs(other[0] - x - aside) < WIDTH && Math.abs(other[1] - y) < HEIGHT
      )
    );
  let aside = Math.max(...xs) - Math.min(...xs) + WIDTH;
  for (let left = all.length; left > 0 && isTaken(aside); left--) {
    aside += WIDTH;
  }
  return aside;
}

function copyOf(
  cell: INotebookCell,
  {
    id,
    source,
    aside
  }: { readonly id: string; readonly source: string; readonly aside: number }
): INotebookCell {
  const position = positionOf(cell);
  const copy = { ...cell, id, source };
  return position ? withPosition(copy, [position[0] + aside, position[1]], true) : copy;
}
