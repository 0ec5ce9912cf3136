import { listOf } from '../../skill/suggest';
import { accept, refuse, type EditResult, type IEditContext } from './change';
import { graphOf, isRefusal, labelOf, nameOf, readState, type IState } from './state';

/**
 * Deletes cells. Cells that use their values stay as they are; the notes tell which they
 * are, and what becomes of them.
 */
export function deleteCells(context: IEditContext, ids: readonly string[]): EditResult {
  const state = readState(context);
  if (isRefusal(state)) {
    return state;
  }
  for (const id of ids) {
    const cell = context.cells.find(each => each.id === id);
    if (!cell) {
      return refuse('unknown-cell', `The notebook has no cell "${id}".`);
    }
    if (cell.metadata['deletable'] === false) {
      return refuse(
        'read-only',
        `${labelOf(state, id)} is protected from deletion. Make it deletable in its properties first.`
      );
    }
  }
  const gone = new Set(ids);
  const cells = context.cells.filter(({ id }) => !gone.has(id));
  return accept(
    cells,
    [],
    consequences(state, gone, graphOf(cells, state.graph).edges)
  );
}

type Edges = IState['graph']['edges'];

/** What the cells that used a deleted cell's value get now, a sentence a variable. */
function consequences(
  state: IState,
  gone: ReadonlySet<string>,
  after: Edges
): readonly string[] {
  const lost = state.graph.edges.filter(
    ({ from, to, name }) => gone.has(from) && !gone.has(to) && name !== 'skill'
  );
  const users = new Map<string, string[]>();
  for (const { to, name } of lost) {
    const now = after.find(edge => edge.to === to && edge.name === name && !edge.late);
    const source = now ? nameOf(state, now.from) : '';
    const key = `${name} ${source}`;
    users.set(key, [...(users.get(key) ?? []), nameOf(state, to)]);
  }
  return [...users].map(([key, list]) => {
    const at = key.indexOf(' ');
    const name = key.slice(0, at);
    const source = key.slice(at + 1);
    const who = listOf(list, 'and');
    return source === ''
      ? `No cell gives "${name}" any more; ${who} ${list.length > 1 ? 'use' : 'uses'} it and cannot run.`
      : `"${name}" in ${who} now comes from ${source}.`;
  });
}
