import type { IBox, IPlace } from '../layout/box';
import type { Boxes } from '../layout/placed';
import type { ISize } from '../layout/shape';

/** What part of the canvas is seen: a point of it stands at `x * zoom + sight.x`. */
export interface ISight extends IPlace, ISize {
  readonly zoom: number;
  /** Pixels at the left that the library covers. */
  readonly covered?: number;
}

/** Pixels between a node that is brought into sight and the edge of the canvas. */
const MARGIN = 16;

/** The same at the top, where the zoom buttons stand. */
export const TOP = 44;

/** Share of a node that is in sight from which on it counts as seen. */
const SEEN = 0.3;

/** The same for a new node, whose place nobody knows yet. */
const WHOLE = 0.99;

/** What a layout has changed, and for whom. */
export interface ISightChange {
  readonly before: Boxes;
  readonly after: Boxes;
  readonly selected: ReadonlySet<string>;
  readonly sight: ISight;
  /** Nodes that people put where they are, or where they were. */
  readonly chosen?: ReadonlySet<string>;
}

/**
 * Where the canvas is to be moved after a layout, so that what a person looks at is still
 * in sight: what is new, else the selected nodes, unless they had been left behind, else
 * those that were seen. Where a layout moves most of that by the same way, the canvas goes
 * with it. Null where nothing has to move; `fit` where nothing of all that is left.
 */
export function sightAfter(change: ISightChange): IPlace | 'fit' | null {
  const to = sightOf(change);
  if (to === 'fit') {
    return to;
  }
  const { x, y } = to ?? change.sight;
  const by = slipped(change, { ...change.sight, x, y });
  return by > 0 ? { x: x + by, y } : to;
}

/**
 * By how much nodes that stood beside the library would lie under it; no more than a new
 * node that is selected leaves room for.
 */
function slipped(
  { before, after, selected, sight }: ISightChange,
  now: ISight
): number {
  const { covered = 0 } = sight;
  const lefts = [...before].flatMap(([id, was]) => {
    const is = after.get(id);
    const stood = onScreen(was, sight).x >= covered && seenPart(was, sight) > SEEN;
    return is && stood && seenPart(is, now) > SEEN ? [onScreen(is, now).x] : [];
  });
  const rooms = [...after].flatMap(([id, box]) => {
    const { x, width } = onScreen(box, now);
    const isNew = selected.has(id) && !before.has(id);
    return isNew ? [Math.max(0, sight.width - MARGIN - x - width)] : [];
  });
  const left = Math.min(...lefts);
  return covered > 0 && left < covered
    ? Math.min(covered + MARGIN - left, ...rooms)
    : 0;
}

function sightOf(change: ISightChange): IPlace | 'fit' | null {
  const { before, after, sight } = change;
  const seen = [...before].flatMap(([id, box]) => (isSeen(box, sight) ? [id] : []));
  const drift = driftOf(seen, change);
  const steady = {
    ...sight,
    x: sight.x - drift.x * sight.zoom,
    y: sight.y - drift.y * sight.zoom
  };
  const moved = drift.x === 0 && drift.y === 0 ? null : { x: steady.x, y: steady.y };
  const { covered = 0 } = sight;
  // A new node is often one of the library, which is still open.
  const beside = { ...steady, x: steady.x - covered, width: sight.width - covered };
  const fresh = outOfSight(change, beside);
  if (fresh) {
    const { x, y } = shifted(undefined, fresh, beside);
    return { x: x + covered, y };
  }
  const chosen = [...watchedOf(change).keys()];
  const watched = chosen.length > 0 ? chosen : seen.filter(id => after.has(id));
  const kept = watched.filter(id => isSeen(after.get(id), steady));
  if (watched.length === 0) {
    const isEmpty =
      seen.length > 0 && ![...after.values()].some(box => isSeen(box, sight));
    return isEmpty ? 'fit' : null;
  }
  const isEnough =
    chosen.length > 0
      ? kept.length === watched.length
      : 2 * kept.length >= watched.length;
  const anchor = isEnough ? undefined : nearest(watched, before, sight);
  const box = anchor === undefined ? undefined : after.get(anchor);
  return box ? shifted(before.get(anchor ?? ''), box, sight) : moved;
}

/** The selected nodes that were seen, where they stand now. */
export function watchedOf({ before, after, selected, sight }: ISightChange): Boxes {
  return new Map(
    [...selected].flatMap(id => {
      const box = after.get(id);
      return box && isSeen(before.get(id), sight) ? [[id, box] as const] : [];
    })
  );
}

/**
 * Whether the nodes that nobody has put anywhere were in sight as a whole and no longer
 * are, because some have grown or are linked. One that somebody puts elsewhere may push
 * others aside: the canvas stays where it is under the pointer.
 */
export function hasOutgrown(change: ISightChange): boolean {
  const { before, after, sight, chosen = new Set() } = change;
  const isPut = [...chosen].some(id => {
    const [was, is] = [before.get(id), after.get(id)];
    return was?.x !== is?.x || was?.y !== is?.y;
  });
  const free = (boxes: Boxes): Boxes =>
    new Map([...boxes].filter(([id]) => !chosen.has(id)));
  return !isPut && isInSight(free(before), sight) && !isInSight(free(after), sight);
}

/** Whether each of these nodes is seen, if not as a whole. */
export function areSeen(boxes: Boxes, sight: ISight): boolean {
  return [...boxes.values()].every(box => isSeen(box, sight));
}

/** Whether all nodes are in sight, beside the library. */
export function isInSight(boxes: Boxes, sight: ISight): boolean {
  return [...boxes.values()].every(box => {
    const { x, y, width, height } = onScreen(box, sight);
    const isBeside = x >= (sight.covered ?? 0) && x + width <= sight.width;
    return isBeside && y >= 0 && y + height <= sight.height;
  });
}

/** Pixels to the right by which all that is seen comes out from under the library. */
export function uncovering(boxes: Boxes, sight: ISight, covered: number): number {
  const seen = [...boxes.values()].filter(box => seenPart(box, sight) > SEEN);
  const left = Math.min(...seen.map(box => onScreen(box, sight).x));
  return seen.length === 0 ? 0 : clamp(covered + MARGIN - left, 0, covered);
}

/**
 * Pixels to the left by which what is new and cut at the right comes into the room that the
 * library has left, which covered so many.
 */
export function recovering(
  { before, after, sight }: Pick<ISightChange, 'before' | 'after' | 'sight'>,
  covered: number
): number {
  const seen = [...after].filter(([, box]) => seenPart(box, sight) > SEEN);
  const left = Math.min(...seen.map(([, box]) => onScreen(box, sight).x));
  const rights = seen.map(([id, box]) => {
    const { x, width } = onScreen(box, sight);
    return before.has(id) ? 0 : x + width;
  });
  const cut = Math.max(0, ...rights) + MARGIN - sight.width;
  return clamp(Math.min(cut, left - MARGIN), 0, covered);
}

function clamp(value: number, from: number, to: number): number {
  return Math.max(from, Math.min(value, to));
}

/** By how much most of what was seen has moved; nothing where that differs. */
function driftOf(
  seen: readonly string[],
  { before, after, chosen = new Set() }: ISightChange
): IPlace {
  const counts = new Map<string, { count: number; readonly by: IPlace }>();
  for (const id of seen) {
    const [was, is] = [before.get(id), after.get(id)];
    if (was && is && !chosen.has(id)) {
      const by = { x: is.x - was.x, y: is.y - was.y };
      const known = counts.get(`${by.x} ${by.y}`) ?? { count: 0, by };
      known.count += 1;
      counts.set(`${by.x} ${by.y}`, known);
    }
  }
  const most = [...counts.values()].find(({ count }) => 2 * count > seen.length);
  return most?.by ?? { x: 0, y: 0 };
}

/**
 * A new node that is to be brought into sight: a selected one, else the first where none of
 * the new ones is seen. Not where most is new, such as a notebook that is read again.
 */
function outOfSight(
  { before, after, selected }: ISightChange,
  sight: ISight
): IBox | undefined {
  const fresh = [...after].filter(([id]) => !before.has(id));
  const wanted = fresh.filter(([id]) => selected.has(id));
  const hidden = (wanted.length > 0 ? wanted : fresh).filter(
    ([, box]) => seenPart(box, sight) < WHOLE
  );
  const isMeant =
    wanted.length > 0 ||
    (hidden.length === fresh.length && 2 * fresh.length <= after.size);
  return isMeant ? hidden[0]?.[1] : undefined;
}

function isSeen(box: IBox | undefined, sight: ISight): boolean {
  return !!box && seenPart(box, sight) > SEEN;
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
  const within = (at: number, size: number, room: number, from = MARGIN): number =>
    Math.max(from, Math.min(at, room - size - MARGIN));
  return {
    x: within(target.x, width, sight.width) - after.x * sight.zoom,
    y: within(target.y, height, sight.height, TOP) - after.y * sight.zoom
  };
}
