/**
 * Takes back what a turn of the assistant did to a notebook, and nothing that others did
 * to it since: field by field of each cell, from the last step to the first.
 */

import { isRecord } from '../json';

type Cell = Readonly<Record<string, unknown>>;

/** A notebook as its file has it. */
export interface INotebookJson {
  readonly cells: readonly Cell[];
  readonly [key: string]: unknown;
}

/** A notebook before a step, and after it with nothing but the step's own changes. */
export interface INotebookStep {
  readonly before: INotebookJson;
  readonly after: INotebookJson;
}

/** Text that somebody typed on top of what a step wrote, and that would go with it. */
export interface ILostEdit {
  /** Id of the cell. */
  readonly id: string;
  /** The cell's source as the step left it. */
  readonly written: string;
  /** As it is now. */
  readonly now: string;
}

/** The notebook without the steps. */
export interface ITakenBack {
  readonly notebook: INotebookJson;
  /** Empty where the steps' changes can be taken back without touching those of others. */
  readonly lost: readonly ILostEdit[];
}

/**
 * The notebook without these steps, oldest first. What others changed stays, but for text
 * in the same cells, which is told.
 */
export function takeBack(
  now: INotebookJson,
  steps: readonly INotebookStep[]
): ITakenBack {
  const lost = new Map<string, ILostEdit>();
  let { cells } = now;
  for (const { before, after } of [...steps].reverse()) {
    const taken = withoutStep(cells, before.cells, after.cells);
    cells = taken.cells;
    for (const edit of taken.lost) {
      // An earlier step finds only what a later one has left.
      lost.set(edit.id, lost.get(edit.id) ?? edit);
    }
  }
  return { notebook: { ...now, cells }, lost: [...lost.values()] };
}

/** Ids of the cells that steps wrote, made, moved or removed. */
export function cellsOfSteps(steps: readonly INotebookStep[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ before, after }) => {
      const [old, made] = [byId(before.cells), byId(after.cells)];
      return [...old.keys(), ...made.keys()].filter(
        id => !isSame(old.get(id), made.get(id))
      );
    })
  );
}

function withoutStep(
  now: readonly Cell[],
  before: readonly Cell[],
  after: readonly Cell[]
): { readonly cells: readonly Cell[]; readonly lost: readonly ILostEdit[] } {
  const [old, made] = [byId(before), byId(after)];
  const lost: ILostEdit[] = [];
  const kept = now.flatMap((cell): readonly Cell[] => {
    const id = idOf(cell);
    const [was, written] = [old.get(id), made.get(id)];
    // Not of the step, or there again although it was removed.
    if (!written) {
      return [cell];
    }
    const isEdited = !isSame(cell['source'], written['source']);
    const isBack = was !== undefined && isSame(cell['source'], was['source']);
    const isWritten = !isSame(was?.['source'], written['source']);
    if (isEdited && isWritten && !isBack) {
      lost.push({ id, written: textOf(written), now: textOf(cell) });
    }
    return was ? [withoutChange(cell, was, written)] : [];
  });
  const back = before.filter(cell => !made.has(idOf(cell)));
  return { cells: putBack(inOrder(kept, before, after), back, before), lost };
}

/** A cell as it was before a step, with what others changed in other fields of it. */
function withoutChange(cell: Cell, was: Cell, written: Cell): Cell {
  const isWritten = ['source', 'cell_type'].some(
    key => !isSame(was[key], written[key])
  );
  const metadata = withoutKeys(
    recordOf(cell['metadata']),
    recordOf(was['metadata']),
    recordOf(written['metadata'])
  );
  const isShown = isSame(outputsOf(cell), outputsOf(written));
  // What a source shows goes with it; a later run of the same source is another's.
  const outputs = isWritten || isShown ? outputsOf(was) : outputsOf(cell);
  return isWritten && was['cell_type'] !== cell['cell_type']
    ? { ...was, metadata }
    : {
        ...cell,
        ...(isWritten ? { source: was['source'] } : {}),
        metadata,
        ...outputs
      };
}

function withoutKeys(now: Cell, was: Cell, written: Cell): Cell {
  const changed = [...new Set([...Object.keys(was), ...Object.keys(written)])].filter(
    key => !isSame(was[key], written[key]) && isSame(now[key], written[key])
  );
  const rest = Object.entries(now).filter(([key]) => !changed.includes(key));
  const back = changed.filter(key => key in was).map(key => [key, was[key]] as const);
  return Object.fromEntries([...rest, ...back]);
}

/** Cells in the order of before, where a step and nobody else moved them. */
function inOrder(
  now: readonly Cell[],
  before: readonly Cell[],
  after: readonly Cell[]
): readonly Cell[] {
  const cells = byId(now);
  const old = before.map(idOf).filter(id => cells.has(id));
  const both = new Set(old);
  const made = after.map(idOf).filter(id => both.has(id));
  const there = now.map(idOf).filter(id => both.has(id));
  if (isSame(old, made) || !isSame(there, made)) {
    return now;
  }
  const next = old.values();
  return now.flatMap((cell): readonly Cell[] => {
    const moved = both.has(idOf(cell)) ? cells.get(next.next().value ?? '') : cell;
    return moved ? [moved] : [];
  });
}

/** Cells that a step removed, each behind the one that it stood behind. */
function putBack(
  now: readonly Cell[],
  back: readonly Cell[],
  before: readonly Cell[]
): readonly Cell[] {
  const order = before.map(idOf);
  return back.reduce<readonly Cell[]>((cells, cell) => {
    if (cells.some(each => idOf(each) === idOf(cell))) {
      return cells;
    }
    const above = new Set(order.slice(0, order.indexOf(idOf(cell))));
    const at = cells.reduce((end, each, i) => (above.has(idOf(each)) ? i + 1 : end), 0);
    return [...cells.slice(0, at), cell, ...cells.slice(at)];
  }, now);
}

function outputsOf(cell: Cell): Cell {
  const { outputs, execution_count: count } = cell;
  return outputs === undefined ? {} : { execution_count: count, outputs };
}

function byId(cells: readonly Cell[]): ReadonlyMap<string, Cell> {
  return new Map(cells.map(cell => [idOf(cell), cell]));
}

function idOf({ id }: Cell): string {
  return typeof id === 'string' ? id : '';
}

function textOf({ source }: Cell): string {
  return Array.isArray(source) ? source.join('') : String(source);
}

function recordOf(value: unknown): Cell {
  return isRecord(value) ? value : {};
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
