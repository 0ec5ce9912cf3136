import { areaOf, distance, meets, type IBox, type IPlace } from './box';
import type { BoxGrid } from './boxGrid';

/** Straight on, or in a curve that two places draw to themselves. */
export interface IStep {
  readonly to: IPlace;
  readonly by?: readonly [IPlace, IPlace];
}

/** A line of straight pieces and curves. */
export interface IStroke {
  readonly from: IPlace;
  readonly steps: readonly IStep[];
}

/** Pixels of a curve that are taken as straight where it is looked at what it meets. */
const PIECE = 24;

/** Pixels that a stroke keeps from a box at least, to count as free. */
const CLEAR = 1;

/** Radius of corners. */
const RADIUS = 12;

/** The stroke as the path of an SVG. */
export function pathOf({ from, steps }: IStroke): string {
  const rest = steps.map(({ to, by }) =>
    by ? `C${text(by[0])} ${text(by[1])} ${text(to)}` : `L${text(to)}`
  );
  return [`M${text(from)}`, ...rest].join(' ');
}

function text({ x, y }: IPlace): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}

/** Whether a stroke passes behind none of the boxes. */
export function isFree(stroke: IStroke, boxes: BoxGrid): boolean {
  const near = boxes.meeting(hullOf(stroke));
  const places = near.length > 0 ? placesOn(stroke) : [];
  const end = places.length - 1;
  return places.every((b, at) => {
    const a = places[at - 1] ?? b;
    // At its ends it touches the boxes of its own.
    const clear = at <= 1 || at === end ? 0 : CLEAR;
    const area = areaOf(a, b, clear);
    return !near.some(box => meets(box, area));
  });
}

/** The area that a line takes, its width included. */
export function areaUnder(stroke: IStroke): IBox {
  return areaAround(placesOn(stroke));
}

/** An area that a stroke does not leave. */
function hullOf({ from, steps }: IStroke): IBox {
  return areaAround([from, ...steps.flatMap(({ to, by = [] }) => [...by, to])]);
}

function areaAround(places: readonly IPlace[]): IBox {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const first = { x: Math.min(...xs), y: Math.min(...ys) };
  const last = { x: Math.max(...xs), y: Math.max(...ys) };
  return areaOf(first, last, CLEAR);
}

/** Places on a stroke, between which it is about straight. */
function placesOn({ from, steps }: IStroke): IPlace[] {
  const places = [from];
  let last = from;
  for (const { to, by } of steps) {
    const [a, b] = by ?? [last, to];
    const length = distance(last, to);
    const count = by ? Math.min(4 + Math.ceil(length / PIECE), 256) : 1;
    for (let at = 1; at <= count; at++) {
      const [t, s] = [at / count, 1 - at / count];
      const [p, q, r, u] = [s ** 3, 3 * s * s * t, 3 * s * t * t, t ** 3];
      places.push({
        x: p * last.x + q * a.x + r * b.x + u * to.x,
        y: p * last.y + q * a.y + r * b.y + u * to.y
      });
    }
    last = to;
  }
  return places;
}

/** A line along the axes, its corners rounded. */
export function rounded(places: readonly IPlace[]): IStroke {
  const corners = places.filter((place, at) => {
    const [before, after] = [places[at - 1], places[at + 1]];
    return !before || !after || !isStraight(before, place, after);
  });
  const [from = { x: 0, y: 0 }] = corners;
  const steps = corners.slice(1).flatMap((corner, at): IStep[] => {
    const [before, after] = [corners[at] ?? from, corners[at + 2]];
    if (!after) {
      return [{ to: corner }];
    }
    const radius = Math.min(
      RADIUS,
      distance(before, corner) / 2,
      distance(corner, after) / 2
    );
    const to = towards(corner, after, radius);
    return [{ to: towards(corner, before, radius) }, { to, by: [corner, corner] }];
  });
  return { from, steps };
}

function isStraight(a: IPlace, b: IPlace, c: IPlace): boolean {
  return (a.x === b.x && b.x === c.x) || (a.y === b.y && b.y === c.y);
}

function towards(from: IPlace, to: IPlace, by: number): IPlace {
  const share = by / Math.max(distance(from, to), 1);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
