import { isRecord } from '../../json';
import type { JsonValue } from '../../skill/skill';
import {
  accept,
  refuse,
  type EditResult,
  type IEditContext,
  type INotebookCell,
  type NodePosition
} from './change';
import { isRefusal, readState } from './state';

/** Where a person has put a cell's node; null when it goes by the automatic layout. */
export function positionOf({
  metadata
}: Pick<INotebookCell, 'metadata'>): NodePosition | null {
  const position = read(metadata, 'position');
  if (!Array.isArray(position) || position.length !== 2) {
    return null;
  }
  const [x, y] = position as readonly unknown[];
  return isFinite(x) && isFinite(y) ? [x, y] : null;
}

/**
 * Whether the layout of the other nodes does without a cell's: it came with the place that
 * it has, so that the others stay. One that was moved keeps its part in the layout instead.
 */
export function isLoose(cell: Pick<INotebookCell, 'metadata'>): boolean {
  return positionOf(cell) !== null && read(cell.metadata, 'loose') === true;
}

function read(metadata: INotebookCell['metadata'], key: string): unknown {
  const llmos = metadata['llmos'];
  return isRecord(llmos) ? llmos[key] : undefined;
}

function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The cell with its node at a place, or by the automatic layout. */
export function withPosition(
  cell: INotebookCell,
  position: NodePosition | null,
  loose = isLoose(cell)
): INotebookCell {
  const old = cell.metadata['llmos'];
  const rest = isRecord(old) ? without(old, 'position', 'loose') : {};
  if (!position && Object.keys(rest).every(key => key === 'v')) {
    return { ...cell, metadata: without(cell.metadata, 'llmos') };
  }
  const place: Record<string, JsonValue> = position
    ? { position: position.map(round), ...(loose ? { loose } : {}) }
    : {};
  const metadata = { ...cell.metadata, llmos: { v: 1, ...rest, ...place } };
  return { ...cell, metadata };
}

function without<T>(
  record: Readonly<Record<string, T>>,
  ...keys: readonly string[]
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => !keys.includes(name))
  );
}

/** Tenths of a pixel are enough, and keep files small. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A node to move; a position of null gives it back to the automatic layout. */
export interface IMove {
  readonly cell: string;
  readonly position: NodePosition | null;
}

/** Puts nodes elsewhere on the canvas: changes metadata, no source. */
export function placeCells(context: IEditContext, moves: readonly IMove[]): EditResult {
  const state = readState(context);
  if (isRefusal(state)) {
    return state;
  }
  const { cells } = context;
  const unknown = moves.find(move => !cells.some(({ id }) => id === move.cell));
  if (unknown) {
    return refuse('unknown-cell', `The notebook has no cell "${unknown.cell}".`);
  }
  const places = new Map(moves.map(move => [move.cell, move.position]));
  const placed = cells.map(cell => {
    const position = places.get(cell.id);
    return position === undefined ? cell : withPosition(cell, position);
  });
  return accept(
    placed,
    moves.map(move => move.cell)
  );
}
