import type { ISize } from './shape';

/** Pixels of the canvas at zoom 1. */
export interface IPlace {
  readonly x: number;
  readonly y: number;
}

/** A place with a size, in pixels of the canvas. */
export interface IBox extends IPlace, ISize {}

/** Pixels by which sums of places may be wrong: boxes that share less share a border. */
const SLIP = 0.001;

/** Whether two boxes share more than a border. */
export function meets(a: IBox, b: IBox): boolean {
  return (
    a.x + SLIP < b.x + b.width &&
    b.x + SLIP < a.x + a.width &&
    a.y + SLIP < b.y + b.height &&
    b.y + SLIP < a.y + a.height
  );
}

/** Pixels from one place to another along the axes. */
export function distance(a: IPlace, b: IPlace): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

/** The box between two places, by some pixels larger on each side. */
export function areaOf(a: IPlace, b: IPlace, by = 0): IBox {
  return {
    x: Math.min(a.x, b.x) - by,
    y: Math.min(a.y, b.y) - by,
    width: Math.abs(a.x - b.x) + 2 * by,
    height: Math.abs(a.y - b.y) + 2 * by
  };
}

/** The smallest box around others; null when there are none. */
export function around(boxes: readonly IBox[]): IBox | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return boxes.length === 0
    ? null
    : { x: left, y: top, width: right - left, height: bottom - top };
}
