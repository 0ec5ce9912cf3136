/** What changed between two versions of a notebook, cell by cell. */
import { isRecord } from '../json';
import type { CellArgument } from '../skill/cell';
import { formatPython } from '../skill/python';
import type { INotebookCell } from '../workflow/change/change';
import { notebookCells } from '../workflow/file/notebookFile';
import { parseCell } from '../workflow/skillCell';
import { lineDiff, matchItems, type IDiffLine } from './lineDiff';

/** An input of a skill call whose argument differs; null: it was not given. */
export interface IParameterChange {
  readonly skill: string;
  readonly input: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** One cell of either version. */
export interface ICellDiff {
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  /** It stands elsewhere among the cells that both have. */
  readonly isMoved: boolean;
  readonly before: INotebookCell | null;
  readonly after: INotebookCell | null;
  /** 1-based, in its own version. */
  readonly beforeNumber: number | null;
  readonly afterNumber: number | null;
  /** Source, line by line. */
  readonly lines: readonly IDiffLine[];
  readonly parameters: readonly IParameterChange[];
  readonly hasOtherOutputs: boolean;
}

/** How many cells of each kind; a moved cell may be changed too. */
export interface IDiffCounts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly moved: number;
}

/** Two versions of a notebook, compared by cell, never by line of JSON. */
export interface INotebookDiff {
  /** In the order of the newer version, removed cells where they were. */
  readonly cells: readonly ICellDiff[];
  readonly counts: IDiffCounts;
}

interface IVersion {
  readonly cells: readonly INotebookCell[];
  /** The outputs of each cell as one text, to be compared only. */
  readonly outputs: readonly string[];
}

/**
 * Compares two notebook files (format 4). Cells are paired by id, else by equal source,
 * else, between the same neighbours, by how much of their source is alike.
 *
 * @returns null when one of the two is no notebook; `null` stands for an absent file
 */
export function diffNotebooks(before: unknown, after: unknown): INotebookDiff | null {
  const a = readVersion(before);
  const b = readVersion(after);
  if (!a || !b) {
    return null;
  }
  const partner = pairCells(a.cells, b.cells);
  const still = unmoved(partner);
  const cells: ICellDiff[] = [];
  const removedAfter = placeRemoved(a.cells.length, partner, still);
  const addRemoved = (anchor: number): void => {
    for (const at of removedAfter.get(anchor) ?? []) {
      cells.push(cellDiff(a, b, { before: at, after: null, isMoved: false }));
    }
  };
  const source = new Map([...partner].map(([x, y]) => [y, x]));
  addRemoved(-1);
  b.cells.forEach((_, index) => {
    const from = source.get(index) ?? null;
    const isMoved = from !== null && !still.has(from);
    cells.push(cellDiff(a, b, { before: from, after: index, isMoved }));
    if (from !== null) {
      addRemoved(from);
    }
  });
  return { cells, counts: countKinds(cells) };
}

function readVersion(file: unknown): IVersion | null {
  if (file === null) {
    return { cells: [], outputs: [] };
  }
  const cells = notebookCells(file);
  if (!cells || !isRecord(file)) {
    return null;
  }
  const raw = (file['cells'] as readonly unknown[]).filter(isRecord);
  return { cells, outputs: raw.map(cell => JSON.stringify(cell['outputs'] ?? [])) };
}

/** From index before to index after. */
function pairCells(
  a: readonly INotebookCell[],
  b: readonly INotebookCell[]
): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const free = new Set(b.keys());
  const pair = (x: number, y: number): void => {
    pairs.set(x, y);
    free.delete(y);
  };
  const byId = new Map(b.map((cell, index) => [cell.id, index]));
  a.forEach(({ id, type }, index) => {
    const y = byId.get(id);
    // Without ids cells are numbered, which says nothing of what they are.
    if (y !== undefined && free.has(y) && !/^\d+$/.test(id) && b[y]?.type === type) {
      pair(index, y);
    }
  });
  const left = (): number[] => [...a.keys()].filter(index => !pairs.has(index));
  const keys = (cells: readonly INotebookCell[], at: readonly number[]): string[] =>
    at.map(index => `${cells[index]?.type}\n${cells[index]?.source}`);
  const right = [...free];
  const before = left();
  for (const [x, y] of matchItems(keys(a, before), keys(b, right))) {
    pair(before[x] ?? 0, right[y] ?? 0);
  }
  const ids = new Map<string, number>();
  const [wordsA, wordsB] = [a, b].map(cells => cells.map(cell => wordIds(cell, ids)));
  for (const index of left()) {
    const [above, below] = neighbours(pairs, index);
    const likely = [...free].filter(
      other =>
        other > above &&
        other < below &&
        a[index]?.type === b[other]?.type &&
        mayBeAlike(wordsA?.[index], wordsB?.[other])
    );
    const y = likely
      .slice(0, MOST_COMPARED)
      .find(other => isAlike(a[index]?.source ?? '', b[other]?.source ?? ''));
    if (y !== undefined) {
      pair(index, y);
    }
  }
  return pairs;
}

/** So many of the cells that may be alike are compared word by word. */
const MOST_COMPARED = 5;

/** Between these two a partner crosses no other pair. */
function neighbours(
  pairs: ReadonlyMap<number, number>,
  x: number
): readonly [number, number] {
  let above = -1;
  let below = Infinity;
  pairs.forEach((j, i) => {
    above = i < x ? Math.max(above, j) : above;
    below = i > x ? Math.min(below, j) : below;
  });
  return [above, below];
}

/** Half of the words are the same, in the same order. */
function isAlike(a: string, b: string): boolean {
  const x = words(a);
  const y = words(b);
  const half = 0.5 * (x.length + y.length);
  return 2 * matchItems(x, y, Math.ceil(half)).length >= half;
}

/** A cell's words as sorted numbers, which are compared quickly. */
function wordIds({ source }: INotebookCell, ids: Map<string, number>): Int32Array {
  const found = words(source).map(word => {
    const id = ids.get(word) ?? ids.size;
    ids.set(word, id);
    return id;
  });
  return Int32Array.from(found).sort();
}

/** Whether enough words are in both, in whatever order: only then order is compared. */
function mayBeAlike(
  a: Int32Array = new Int32Array(),
  b: Int32Array = new Int32Array()
): boolean {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const x = a[i] ?? 0;
    const y = b[j] ?? 0;
    shared += x === y ? 1 : 0;
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
  }
  return 2 * shared >= 0.5 * (a.length + b.length);
}

function words(text: string): readonly string[] {
  return text.match(/\w+|[^\s\w]/g) ?? [];
}

/** Cells before that keep their order: a longest increasing subsequence of partners. */
function unmoved(partner: ReadonlyMap<number, number>): ReadonlySet<number> {
  const order = [...partner].sort(([x], [y]) => x - y);
  const best: { readonly x: number; readonly y: number; readonly rest: number }[] = [];
  const tails: number[] = [];
  order.forEach(([x, y], at) => {
    let length = tails.findIndex(tail => (best[tail]?.y ?? 0) >= y);
    length = length < 0 ? tails.length : length;
    best.push({ x, y, rest: length === 0 ? -1 : (tails[length - 1] ?? -1) });
    tails[length] = at;
  });
  const kept = new Set<number>();
  for (let at = tails.at(-1) ?? -1; at >= 0; at = best[at]?.rest ?? -1) {
    kept.add(best[at]?.x ?? 0);
  }
  return kept;
}

/** Removed cells by the cell above them that is still there and in place; -1: the top. */
function placeRemoved(
  count: number,
  partner: ReadonlyMap<number, number>,
  still: ReadonlySet<number>
): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  let anchor = -1;
  for (let index = 0; index < count; index++) {
    if (still.has(index)) {
      anchor = index;
    } else if (!partner.has(index)) {
      places.set(anchor, [...(places.get(anchor) ?? []), index]);
    }
  }
  return places;
}

function cellDiff(
  a: IVersion,
  b: IVersion,
  place: {
    readonly before: number | null;
    readonly after: number | null;
    readonly isMoved: boolean;
  }
): ICellDiff {
  const before = place.before === null ? null : (a.cells[place.before] ?? null);
  const after = place.after === null ? null : (b.cells[place.after] ?? null);
  const isSame = before?.source === after?.source && before?.type === after?.type;
  return {
    kind: !before ? 'added' : !after ? 'removed' : isSame ? 'same' : 'changed',
    isMoved: place.isMoved,
    before,
    after,
    beforeNumber: place.before === null ? null : place.before + 1,
    afterNumber: place.after === null ? null : place.after + 1,
    lines: lineDiff(before?.source ?? '', after?.source ?? ''),
    parameters: before && after && !isSame ? parameterChanges(before, after) : [],
    hasOtherOutputs:
      place.before !== null &&
      place.after !== null &&
      a.outputs[place.before] !== b.outputs[place.after]
  };
}

/** Arguments that differ between two calls of the same skill, sorted by input. */
function parameterChanges(
  before: INotebookCell,
  after: INotebookCell
): readonly IParameterChange[] {
  const from = before.type === 'code' ? parseCell(before.source) : null;
  const to = after.type === 'code' ? parseCell(after.source) : null;
  if (!from || !to || from.skill !== to.skill) {
    return [];
  }
  const inputs = [...new Set([...Object.keys(from.values), ...Object.keys(to.values)])];
  return inputs.sort().flatMap(input => {
    const [x, y] = [shown(from.values[input]), shown(to.values[input])];
    return x === y ? [] : [{ skill: to.skill, input, from: x, to: y }];
  });
}

function shown(argument: CellArgument | undefined): string | null {
  if (argument === undefined) {
    return null;
  }
  return 'source' in argument ? argument.source : formatPython(argument.value);
}

function countKinds(cells: readonly ICellDiff[]): IDiffCounts {
  const count = (test: (cell: ICellDiff) => boolean): number =>
    cells.filter(test).length;
  return {
    added: count(({ kind }) => kind === 'added'),
    removed: count(({ kind }) => kind === 'removed'),
    changed: count(({ kind }) => kind === 'changed'),
    moved: count(({ isMoved }) => isMoved)
  };
}
