import type { IBox, IDrawing } from '../layout/drawing';
import type { IPlace, Places } from '../layout/arrange';
import type { ISize } from '../layout/shape';

/** What part of the canvas is seen: a point of it stands at `x * zoom + sight.x`. */
export interface ISight extends IPlace, ISize {
  readonly zoom: number;
}

/** Boxes of nodes by their id. */
export type Boxes = ReadonlyMap<string, IBox>;

/** Where the nodes of a drawing stand. */
export function boxesOf({ items }: IDrawing, places: Places): Boxes {
  return new Map(
    items.flatMap(({ id, shape: { width, height } }) => {
      const place = places.get(id);
      return place ? [[id, { ...place, width, height }] as const] : [];
    })
  );
}

/** Pixels between a node that is brought into sight and the edge of the canvas. */
const MARGIN = 16;

/** Share of a node that is in sight from which on it counts as seen. */
const SEEN = 0.3;

/**
 * Where the canvas is to be moved after a layout, so that what a person looks at is still
 * in sight: the selected nodes, unless they had been left behind, else those that were
 * seen. Null where nothing has to move; `fit` where nothing of all that is left.
 */
export function sightAfter(given: {
  readonly before: Boxes;
  readonly after: Boxes;
  readonly selected: ReadonlySet<string>;
  readonly sight: ISight;
}): IPlace | 'fit' | null {
  const { before, after, selected, sight } = given;
  const isSeen = (box: IBox | undefined): boolean =>
    !!box && seenPart(box, sight) > SEEN;
  const seen = [...before].flatMap(([id, box]) => (isSeen(box) ? [id] : []));
  const chosen = [...selected].filter(
    id => after.has(id) && (!before.has(id) || isSeen(before.get(id)))
  );
  const watched = chosen.length > 0 ? chosen : seen.filter(id => after.has(id));
  const kept = watched.filter(id => isSeen(after.get(id)));
  if (watched.length === 0) {
    const isEmpty = seen.length > 0 && ![...after.values()].some(isSeen);
    return isEmpty ? 'fit' : null;
  }
  const isEnough =
    chosen.length > 0
      ? kept.length === watched.length
      : 2 * kept.length >= watched.length;
  const anchor = isEnough ? undefined : nearest(watched, before, sight);
  const box = anchor === undefined ? undefined : after.get(anchor);
  return box ? shifted(before.get(anchor ?? ''), box, sight) : null;
}

/** How much of a box is seen, of the box or of all that can be seen. */
function seenPart(box: IBox, sight: ISight): number {
  const { x, y, width, height } = onScreen(box, sight);
  const overlap = (from: number, size: number, room: number): number =>
    Math.max(0, Math.min(from + size, room) - Math.max(from, 0));
  const area = overlap(x, width, sight.width) * overlap(y, height, sight.height);
  return area / Math.min(width * height, sight.width * sight.height);
}

function onScreen(box: IBox, { x, y, zoom }: ISight): IBox {
  return {
    x: box.x * zoom + x,
    y: box.y * zoom + y,
    width: box.width * zoom,
    height: box.height * zoom
  };
}

/** The one that was nearest to the middle; the first where none was there. */
function nearest(
  ids: readonly string[],
  before: Boxes,
  sight: ISight
): string | undefined {
  const distance = (id: string): number => {
    const box = before.get(id);
    if (!box) {
      return Infinity;
    }
    const { x, y, width, height } = onScreen(box, sight);
    return Math.hypot(
      x + width / 2 - sight.width / 2,
      y + height / 2 - sight.height / 2
    );
  };
  return [...ids].sort((a, b) => {
    const [one, other] = [distance(a), distance(b)];
    return one === other ? 0 : one - other;
  })[0];
}

/** The sight that shows a node where it was shown before, as a whole where it has room. */
function shifted(before: IBox | undefined, after: IBox, sight: ISight): IPlace {
  const { width, height } = onScreen(after, sight);
  const target = onScreen(before ?? after, sight);
  const within = (at: number, size: number, room: number): number =>
    Math.max(MARGIN, Math.min(at, room - size - MARGIN));
  return {
    x: within(target.x, width, sight.width) - after.x * sight.zoom,
    y: within(target.y, height, sight.height) - after.y * sight.zoom
  };
}
