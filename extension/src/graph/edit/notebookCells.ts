import type { INotebookModel } from '@jupyterlab/notebook';
import type { INotebookCell, JsonValue } from '@llmos-lab/skills';
import {
  JSONExt,
  type PartialJSONObject,
  type PartialJSONValue
} from '@lumino/coreutils';

import { smallestEdit } from '../../form/fields';
import { keepOrder } from '../../notebook/undoOrder';
import { inOneStep } from '../../notebook/undoStep';

type SharedNotebook = INotebookModel['sharedModel'];
type SharedCell = SharedNotebook['cells'][number];

/** The notebook's cells as plain data, for edits of the graph. */
export function readCells({ sharedModel }: INotebookModel): readonly INotebookCell[] {
  return sharedModel.cells.map(cell => ({
    id: cell.getId(),
    type:
      cell.cell_type === 'code' || cell.cell_type === 'raw'
        ? cell.cell_type
        : 'markdown',
    source: cell.getSource(),
    metadata: cell.getMetadata() as Readonly<Record<string, JsonValue>>
  }));
}

/**
 * Makes the notebook's cells those given, as one step of undo: sources by the smallest
 * replacement, metadata by key, and as few cells moved as can be, outputs included.
 */
export function writeCells(
  { sharedModel }: INotebookModel,
  cells: readonly INotebookCell[]
): void {
  const before = new Map(sharedModel.cells.map(cell => [cell.getId(), cell]));
  const edited = cells.flatMap(({ id, source }) => {
    const shared = before.get(id);
    return shared && shared.getSource() !== source ? [shared] : [];
  });
  const edit = (): void => {
    for (const cell of cells) {
      const shared = before.get(cell.id);
      if (shared) {
        writeCell(shared, cell);
      }
    }
    arrange(sharedModel, before, cells);
  };
  inOneStep(sharedModel, edit, edited);
  // One that was moved is inserted anew.
  const added = sharedModel.cells.filter(cell => before.get(cell.getId()) !== cell);
  [...edited, ...added].forEach(cell => keepOrder(sharedModel, cell));
}

/** Cells that an edit takes out and puts in elsewhere, by which what they run loses them. */
export function movedCells(
  { sharedModel }: INotebookModel,
  cells: readonly INotebookCell[]
): readonly string[] {
  const ids = sharedModel.cells.map(cell => cell.getId());
  const names = cells.map(({ id }) => id);
  const kept = longestRun(ids, names);
  const after = new Set(names);
  return ids.filter(id => after.has(id) && !kept.has(id));
}

function writeCell(shared: SharedCell, cell: INotebookCell): void {
  const edit = smallestEdit(shared.getSource(), cell.source);
  if (edit) {
    shared.updateSource(edit.start, edit.end, edit.text);
  }
  const old = shared.getMetadata() as Readonly<Record<string, PartialJSONValue>>;
  for (const key of Object.keys(old)) {
    if (!(key in cell.metadata)) {
      shared.deleteMetadata(key);
    }
  }
  for (const [key, value] of Object.entries(cell.metadata)) {
    if (!JSONExt.deepEqual(old[key] ?? null, value)) {
      shared.setMetadata(key, value as PartialJSONValue);
    }
  }
}

/**
 * Deletes, moves and inserts cells. The model's list of cells is current only after the
 * transaction, so that positions are counted here.
 */
function arrange(
  sharedModel: SharedNotebook,
  before: ReadonlyMap<string, SharedCell>,
  cells: readonly INotebookCell[]
): void {
  const ids = [...before.keys()];
  const kept = longestRun(
    ids,
    cells.map(({ id }) => id)
  );
  const moved = new Map(
    cells
      .filter(({ id }) => before.has(id) && !kept.has(id))
      .map(({ id }) => [id, before.get(id)?.toJSON()])
  );
  for (let index = ids.length - 1; index >= 0; index--) {
    if (!kept.has(ids[index] ?? '')) {
      sharedModel.deleteCellRange(index, index + 1);
    }
  }
  cells.forEach((cell, index) => {
    if (!kept.has(cell.id)) {
      const { id, type, source, metadata } = cell;
      const added = {
        id,
        cell_type: type,
        source,
        metadata: metadata as PartialJSONObject
      };
      sharedModel.insertCell(index, moved.get(id) ?? added);
    }
  });
}

/** Names of the most cells that can stay where they are: a longest increasing run. */
export function longestRun(
  before: readonly string[],
  after: readonly string[]
): ReadonlySet<string> {
  const place = new Map(before.map((id, index) => [id, index]));
  const list = after.flatMap(name => place.get(name) ?? []);
  /** By length − 1: the end of the run of that length that ends lowest. */
  const ends: number[] = [];
  const previous: number[] = [];
  list.forEach((value, at) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[ends[middle] ?? 0] ?? 0) < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    previous[at] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = at;
  });
  const kept = new Set<string>();
  for (let at = ends[ends.length - 1] ?? -1; at >= 0; at = previous[at] ?? -1) {
    kept.add(before[list[at] ?? 0] ?? '');
  }
  return kept;
}
