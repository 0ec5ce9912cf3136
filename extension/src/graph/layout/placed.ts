import type { ISection } from '../graphModel/view';
import { framed, type Places } from './arrange';
import { around, distance, type IBox, type IPlace } from './box';
import { BoxGrid } from './boxGrid';
import { chosenPlace, type IDrawing, type IDrawnEdge } from './drawing';
import { SECTION_HEADER } from './shape';

/** Pixels between nodes, so that lines find a way between them. */
const ROOM = 12;

/** Pixels around a box within which others decide where it may stand. */
const NEAR = 800;

/**
 * Places by the layout, with those that a person chose instead where there are such. A
 * node that would lie over a chosen one goes below it, and so do those that it meets there.
 */
export function finalPlaces(drawing: IDrawing, automatic: Places): Map<string, IPlace> {
  const taken = new BoxGrid();
  const places = new Map<string, IPlace>();
  for (const item of drawing.items) {
    const [x, y] = chosenPlace(item) ?? [];
    const { width, height } = item.shape;
    if (x !== undefined && y !== undefined) {
      places.set(item.id, { x, y });
      taken.add({ x, y, width, height });
    }
  }
  const isChosen = places.size > 0;
  let below = 0;
  for (const item of drawing.items) {
    const { width, height } = item.shape;
    let place = places.get(item.id);
    if (!place) {
      // Until the layout knows of a new node it stands below the last one.
      const { x, y } = automatic.get(item.id) ?? { x: 0, y: below };
      place = isChosen ? clear({ x, y, width, height }, taken) : { x, y };
      places.set(item.id, place);
      // The layout alone lays no node over another.
      if (isChosen) {
        taken.add({ ...place, width, height });
      }
    }
    below = Math.max(below, place.y + height + SECTION_HEADER);
  }
  return places;
}

/** The place nearest to a box's own at which it stays off others, with room to them. */
export function freePlace(box: IBox, taken: BoxGrid): IPlace {
  const near = taken.meeting(withRoom(box, NEAR));
  const xs = near.flatMap(b => [b.x - ROOM - box.width, b.x + b.width + ROOM]);
  const ys = near.flatMap(b => [b.y - ROOM - box.height, b.y + b.height + ROOM]);
  const places = [box.x, ...xs].flatMap(x => [box.y, ...ys].map(y => ({ x, y })));
  const free = places
    .sort((a, b) => distance(a, box) - distance(b, box))
    .find(place => taken.meeting(withRoom({ ...box, ...place })).length === 0);
  return free ?? clear(box, taken);
}

function withRoom({ x, y, width, height }: IBox, by = ROOM): IBox {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** The box's place, or the next one below it with room to what has been placed. */
function clear(box: IBox, taken: BoxGrid): IPlace {
  let { y } = box;
  for (;;) {
    const met = taken.meeting(withRoom({ ...box, y }));
    const below = Math.max(...met.map(other => other.y + other.height)) + ROOM;
    // Sums that are not exact could meet the same node again, for ever.
    if (below <= y) {
      return { x: box.x, y };
    }
    y = below;
  }
}

/** The boxes of what is drawn, by its id. */
export type Boxes = ReadonlyMap<string, IBox>;

/** Where all that is drawn stands. */
export function boxesOf({ items }: IDrawing, places: Places): Boxes {
  return new Map(
    items.flatMap(({ id, shape: { width, height } }) => {
      const place = places.get(id);
      return place ? [[id, { ...place, width, height }] as const] : [];
    })
  );
}

/** Whether two layouts are of the same nodes. */
export function haveSameNodes(first: Boxes, second: Boxes): boolean {
  return first.size === second.size && [...first.keys()].every(id => second.has(id));
}

/** Whether the same nodes stand at the same places, in the same size. */
export function areSame(first: Boxes, second: Boxes): boolean {
  return (
    haveSameNodes(first, second) &&
    [...first].every(([id, { x, y, width, height }]) => {
      const box = second.get(id);
      return (
        box?.x === x && box.y === y && box.width === width && box.height === height
      );
    })
  );
}

/** A frame around an open section, in pixels of the canvas. */
export interface IFrame extends IBox {
  readonly section: ISection;
}

/** The frames around the cells of open sections. */
export function framesOf(drawing: IDrawing, places: Places): IFrame[] {
  const boxes = boxesOf(drawing, places);
  return drawing.frames.flatMap(section => {
    const inner = around(section.cells.flatMap(id => boxes.get(id) ?? []));
    return inner ? [{ section, ...framed(inner) }] : [];
  });
}

/** What is around all that is drawn, lines if their ways are given; null when nothing is. */
export function boundsOf(
  drawing: IDrawing,
  places: Places,
  ways?: (edge: IDrawnEdge) => { readonly area: IBox }
): IBox | null {
  return around([
    ...boxesOf(drawing, places).values(),
    ...framesOf(drawing, places),
    ...(ways ? drawing.edges.map(edge => ways(edge).area) : [])
  ]);
}
