/** How hard a drawing is to read: crossings count most, then corners, then length. */

import type { ElkNode } from 'elkjs/lib/elk-api';

import type { IPoint, IWire } from './geometry';

/** Wires upon each other or through a part: the drawing would say something untrue. */
const WRONG = 1e6;
const CROSSING = 150;
const CORNER = 12;
const AREA = 1 / 400;

type Line = readonly [IPoint, IPoint];

interface IRectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function rectangleOf({ x = 0, y = 0, width = 0, height = 0 }: ElkNode): IRectangle {
  return { x, y, width, height };
}

/** Lower is better; comparable only between layouts of one circuit. */
export function costOf(laid: ElkNode, wires: readonly IWire[]): number {
  const straights = wires.map(({ lines }) => unique(lines.flatMap(straightsOf)));
  const all = straights.flat();
  const length = all.reduce((sum, [a, b]) => sum + Math.hypot(b.x - a.x, b.y - a.y), 0);
  const boxes = (laid.children ?? []).map(rectangleOf);
  let crossings = 0;
  let wrong = 0;
  straights.forEach((mine, at) => {
    const others = straights.slice(at + 1).flat();
    crossings += mine.flatMap(a => others.filter(b => cross(a, b))).length;
    wrong += mine.flatMap(a => others.filter(b => overlap(a, b))).length;
    wrong += mine.flatMap(a => boxes.filter(box => enters(a, box))).length;
  });
  const area = (laid.width ?? 0) * (laid.height ?? 0);
  return (
    wrong * WRONG + crossings * CROSSING + all.length * CORNER + length + area * AREA
  );
}

function straightsOf(points: readonly IPoint[]): readonly Line[] {
  return points
    .slice(1)
    .flatMap((point, at): Line[] => (points[at] ? [[points[at], point]] : []));
}

/** Wires of one node share their trunk. */
function unique(lines: readonly Line[]): readonly Line[] {
  return [...new Map(lines.map(line => [JSON.stringify(line), line])).values()];
}

function isLevel([a, b]: Line): boolean {
  return a.y === b.y;
}

function isBetween(value: number, from: number, to: number): boolean {
  return value > Math.min(from, to) && value < Math.max(from, to);
}

function cross(one: Line, other: Line): boolean {
  if (isLevel(one) === isLevel(other)) {
    return false;
  }
  const [level, upright] = isLevel(one) ? [one, other] : [other, one];
  return (
    isBetween(upright[0].x, level[0].x, level[1].x) &&
    isBetween(level[0].y, upright[0].y, upright[1].y)
  );
}

/** Whether two lines lie upon each other, which would read as one wire. */
function overlap(one: Line, other: Line): boolean {
  if (isLevel(one) !== isLevel(other)) {
    return false;
  }
  const [along, across] = isLevel(one) ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const [a, b] = [one[0][along], one[1][along]];
  const [c, d] = [other[0][along], other[1][along]];
  const shared =
    Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d));
  return Math.abs(one[0][across] - other[0][across]) < 2 && shared > 1;
}

/** Whether a line goes through a box, its border not counted. */
function enters([a, b]: Line, box: IRectangle): boolean {
  return (
    Math.max(a.x, b.x) > box.x + 1 &&
    Math.min(a.x, b.x) < box.x + box.width - 1 &&
    Math.max(a.y, b.y) > box.y + 1 &&
    Math.min(a.y, b.y) < box.y + box.height - 1
  );
}
