import { areaOf, distance, meets, type IBox, type IPlace } from './box';
import type { Direction } from './shape';

/** What a line keeps away from. */
export interface ICorridorOptions {
  readonly boxes: readonly IBox[];
  /** Lines leave and come in this way. */
  readonly direction: Direction;
  /** Pixels between the line and the boxes that it goes around. */
  readonly margin: number;
}

/** Pixels that a line may be longer to have one corner less. */
const CORNER = 40;

/** Right, down, left, up: two that differ by two are opposite. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1]
] as const;

/** Where lines may run: beside the boxes and through the two ends. */
interface ILattice {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** A crossing of the lattice, come to in one of the four ways. */
interface IStop {
  readonly column: number;
  readonly row: number;
  readonly way: number;
  /** Pixels from the start, corners included. */
  readonly length: number;
  /** That and what is left at least. */
  readonly whole: number;
  readonly before: IStop | null;
}

/**
 * The corners of the shortest line along the axes that passes through no box, the two ends
 * included; null when there is none. The search is A* over the lattice of the boxes' sides.
 */
export function lineBetween(
  start: IPlace,
  end: IPlace,
  { boxes, direction, margin }: ICorridorOptions
): readonly IPlace[] | null {
  const lattice = latticeOf([start, end], boxes, margin);
  const { xs, ys } = lattice;
  const ahead = direction === 'down' ? 1 : 0;
  const placeOf = ({ column, row }: Pick<IStop, 'column' | 'row'>): IPlace => ({
    x: xs[column] ?? NaN,
    y: ys[row] ?? NaN
  });
  const shortest = new Map<number, number>();
  const open: IStop[] = [
    {
      ...{ column: xs.indexOf(start.x), row: ys.indexOf(start.y), way: ahead },
      ...{ length: 0, whole: 0, before: null }
    }
  ];
  for (let stop = open.pop(); stop; stop = open.pop()) {
    const place = placeOf(stop);
    if (place.x === end.x && place.y === end.y) {
      return cornersOf(stop).map(placeOf);
    }
    for (const [way, [dx, dy]] of STEPS.entries()) {
      const [column, row] = [stop.column + dx, stop.row + dy];
      const there = placeOf({ column, row });
      const isEnd = there.x === end.x && there.y === end.y;
      // Neither outside, nor back, nor into the end from behind.
      if (
        Number.isNaN(there.x + there.y) ||
        isOpposite(way, stop.way) ||
        (isEnd && isOpposite(way, ahead))
      ) {
        continue;
      }
      const corners = (way === stop.way ? 0 : 1) + (isEnd && way !== ahead ? 1 : 0);
      const length = stop.length + distance(place, there) + corners * CORNER;
      const key = (row * xs.length + column) * STEPS.length + way;
      if (length < (shortest.get(key) ?? Infinity) && isFree(place, there, boxes)) {
        shortest.set(key, length);
        const left = isEnd ? 0 : cornersLeft(way, ahead, there, end);
        const whole = length + distance(there, end) + left * CORNER;
        insert(open, { column, row, way, length, whole, before: stop });
      }
    }
  }
  return null;
}

function latticeOf(
  ends: readonly IPlace[],
  boxes: readonly IBox[],
  margin: number
): ILattice {
  const sorted = (values: readonly number[]): number[] =>
    [...new Set(values)].sort((a, b) => a - b);
  const beside = (from: number, size: number): number[] => [
    from - margin,
    from + size + margin
  ];
  return {
    xs: sorted([
      ...ends.map(({ x }) => x),
      ...boxes.flatMap(b => beside(b.x, b.width))
    ]),
    ys: sorted([
      ...ends.map(({ y }) => y),
      ...boxes.flatMap(b => beside(b.y, b.height))
    ])
  };
}

function isOpposite(way: number, other: number): boolean {
  return Math.abs(way - other) === 2;
}

/** Corners that a line has at least before it comes into the end ahead. */
function cornersLeft(way: number, ahead: number, at: IPlace, end: IPlace): number {
  const isInLine =
    ahead === 1 ? at.x === end.x && at.y < end.y : at.y === end.y && at.x < end.x;
  return way === ahead && isInLine
    ? 0
    : isOpposite(way, ahead) || way === ahead
      ? 2
      : 1;
}

/** Whether a line along an axis passes through none of the boxes. */
function isFree(a: IPlace, b: IPlace, boxes: readonly IBox[]): boolean {
  const area = areaOf(a, b);
  return !boxes.some(box => meets(box, area));
}

/** Keeps the best one last; of equals the one that was found first. */
function insert(open: IStop[], stop: IStop): void {
  let [from, to] = [0, open.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((open[middle]?.whole ?? 0) > stop.whole) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  open.splice(from, 0, stop);
}

/** Where a line turns, with its two ends. */
function cornersOf(end: IStop): IStop[] {
  const corners = [end];
  for (let stop = end; stop.before; stop = stop.before) {
    if (stop.before.way !== stop.way || !stop.before.before) {
      corners.unshift(stop.before);
    }
  }
  return corners;
}
