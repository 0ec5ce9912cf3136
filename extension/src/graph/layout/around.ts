import { areaOf, type IBox, type IPlace } from './box';
import type { BoxGrid } from './boxGrid';
import { lineBetween } from './corridors';
import type { Direction } from './shape';

/** What a line goes around, and how. */
export interface IAroundOptions {
  readonly boxes: BoxGrid;
  readonly direction: Direction;
  /** Pixels between the line and what it goes around; more than 4. */
  readonly margin: number;
}

/** Pixels that a line keeps from all boxes but at its ends, so that its corners can be round. */
const CLOSE = 4;

/** Boxes that one line goes around at most: the time for it grows with them. */
const MOST = 48;

/**
 * The corners of a line from one port to another past all boxes; null when there is no room
 * for it. It begins with the boxes at its ends and takes in those that the line so far meets,
 * until that meets none: only what is in the way costs time.
 *
 * @example
 * cornersAround(bottomOfA, topOfB, { boxes, direction: 'down', margin: 8 });
 */
export function cornersAround(
  from: IPlace,
  to: IPlace,
  { boxes, direction, margin }: IAroundOptions
): readonly IPlace[] | null {
  const isDown = direction === 'down';
  const ahead = (place: IPlace, by: number): IPlace =>
    isDown ? { x: place.x, y: place.y + by } : { x: place.x + by, y: place.y };
  const [start, end] = [ahead(from, margin), ahead(to, -margin)];
  // Around the ends' own boxes lines turn to where they come from.
  const known = new Set([
    ...boxes.meeting(areaOf(ahead(from, -1), from)),
    ...boxes.meeting(areaOf(to, ahead(to, 1)))
  ]);
  for (let before = -1; before < known.size && known.size <= MOST;) {
    before = known.size;
    const line = lineBetween(start, end, {
      boxes: [...known].map(grown),
      direction,
      margin: margin - CLOSE
    });
    if (!line) {
      return null;
    }
    const met = [
      ...boxes.meeting(areaOf(from, start)),
      ...line.flatMap((at, index) =>
        boxes.meeting(areaOf(line[index - 1] ?? at, at, CLOSE))
      ),
      ...boxes.meeting(areaOf(end, to))
    ];
    if (met.length === 0) {
      return [from, ...line, to];
    }
    met.forEach(box => known.add(box));
  }
  return null;
}

function grown({ x, y, width, height }: IBox): IBox {
  return {
    ...{ x: x - CLOSE, y: y - CLOSE },
    ...{ width: width + 2 * CLOSE, height: height + 2 * CLOSE }
  };
}
