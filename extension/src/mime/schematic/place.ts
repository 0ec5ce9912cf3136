/** Each part by itself: how it is turned, where its texts stand, how large it is. */

import { GROUND, type INets } from './nets';
import type { IPart } from './parts';
import { symbolOf, type ISymbol, type ITerminal, type Side } from './symbols';

/** What the end of a lead shows. */
export type Ending = 'wire' | 'ground' | 'rail';

/** The end of a part: where it is joined, and what is written there. */
export interface ILead extends ITerminal {
  readonly node: string;
  readonly ending: Ending;
  /** Texts beside the lead: the node's name, then its voltage; empty for none. */
  readonly label: readonly string[];
  /** Where wires join, from the middle of the symbol. */
  readonly outer: { readonly x: number; readonly y: number };
}

/** A text beside a part, in units of the drawing. */
export interface IText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly kind: 'name' | 'value' | 'current';
}

/** A part that is turned and labelled, not yet put anywhere. */
export interface IPlaced {
  readonly part: IPart;
  readonly symbol: ISymbol;
  /** Clockwise, in degrees. */
  readonly turn: Turn;
  readonly leads: readonly ILead[];
  readonly texts: readonly IText[];
  /** From the middle of the symbol. */
  readonly box: IBox;
}

/** Room that a part takes with its texts. */
export interface IBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Degrees, clockwise. */
export type Turn = 0 | 90 | 180 | 270;

const SIDES: readonly Side[] = ['N', 'E', 'S', 'W'];
/** Room for a bare lead, a ground sign, a flag. */
const LEAD = 8;
const SIGN = 22;
/** Room for two lines of text beside an upright lead. */
const LABEL = 32;

/** Width of a text in units of the drawing, with a little to spare. */
export function widthOf(text: string): number {
  return text.length * 6.5 + 2;
}

/** `point` turned about the middle. */
export function turned(
  { x, y }: { readonly x: number; readonly y: number },
  turn: Turn
): { readonly x: number; readonly y: number } {
  switch (turn) {
    case 0:
      return { x, y };
    case 90:
      return { x: -y, y: x };
    case 180:
      return { x: -x, y: -y };
    case 270:
      return { x: y, y: -x };
  }
}

/**
 * A part with two ends stands upright when one is ground or a supply, so that current
 * falls from supplies to ground; else it lies with the end nearer to a source left.
 */
export function turnOf(part: IPart, symbol: ISymbol, { rails, levels }: INets): Turn {
  const [first = '', second = ''] = part.pins.map(pin => pin.node);
  const isUpright = symbol.terminals.some(end => end.role === '+' && end.side === 'N');
  if (!isUpright) {
    return 0;
  }
  const height = (node: string): number =>
    node === GROUND ? 0 : rails.get(node) === 'down' ? -1 : rails.has(node) ? 2 : 1;
  const hasControl = part.pins.length > 2;
  if (height(first) !== 1 || height(second) !== 1 || hasControl) {
    return height(first) < height(second) && !hasControl ? 180 : 0;
  }
  return (levels.get(first) ?? 0) <= (levels.get(second) ?? 0) ? 270 : 90;
}

/** Lays out a part whose pins carry these labels (by role). */
export function place(
  part: IPart,
  nets: INets,
  labels: ReadonlyMap<string, readonly string[]>,
  current: string
): IPlaced {
  const symbol = symbolOf(part);
  const turn = turnOf(part, symbol, nets);
  const isFlat = turn === 90 || turn === 270;
  const half = isFlat
    ? { x: symbol.height, y: symbol.width }
    : { x: symbol.width, y: symbol.height };
  const ends = symbol.terminals.flatMap(end => {
    const node = part.pins.find(pin => pin.role === end.role)?.node;
    const side = SIDES[(SIDES.indexOf(end.side) + turn / 90) % 4] ?? end.side;
    return node === undefined
      ? []
      : [
          {
            ...end,
            ...turned(end, turn),
            side,
            node,
            label: labels.get(end.role) ?? []
          }
        ];
  });
  const body = symbol.body ?? half.x;
  const texts = textsOf(part, { isFlat, half, ends, current, body });
  const box = boxOf(half, ends, texts, nets);
  const leads = ends.map(end => ({
    ...end,
    ending: endingOf(end.node, nets),
    outer: outerOf(end, box)
  }));
  return { part, symbol, turn, leads, texts, box };
}

/** Ground and supplies are flags at each pin; wires for them would cross everything. */
export function endingOf(node: string, { rails }: INets): Ending {
  return node === GROUND ? 'ground' : rails.has(node) ? 'rail' : 'wire';
}

type End = ITerminal & { readonly node: string; readonly label: readonly string[] };

interface IShape {
  readonly isFlat: boolean;
  readonly half: { readonly x: number; readonly y: number };
  readonly ends: readonly End[];
  readonly current: string;
  /** Right edge of what is drawn of an upright part. */
  readonly body: number;
}

/** Name and value: right of an upright part, above and below a lying one. */
function textsOf(part: IPart, { isFlat, half, ends, current, body }: IShape): IText[] {
  const lines = [
    { text: part.name, kind: 'name' as const },
    { text: part.value, kind: 'value' as const },
    { text: current, kind: 'current' as const }
  ].filter(line => line.text !== '');
  if (isFlat) {
    return lines.map((line, at) => ({
      ...line,
      x: 0,
      y: at === 0 ? -half.y - 5 : half.y + 1 + 12 * at,
      anchor: 'middle'
    }));
  }
  if (!ends.some(end => end.side === 'E')) {
    const up = lines.length > 2 ? -9 : -3;
    const x = body + 5;
    return lines.map((line, at) => ({ ...line, x, y: up + 13 * at, anchor: 'start' }));
  }
  const tops = ends.filter(end => end.side === 'N').map(end => end.x);
  const isBelow = tops.length > 0 && !ends.some(end => end.side === 'S');
  const corner = Math.min(...tops, half.x) - 6;
  return lines.map((line, at) => ({
    ...line,
    x: tops.length === 0 || isBelow ? 0 : corner,
    y: isBelow ? half.y + 13 * (at + 1) : -half.y - 5 - 13 * (lines.length - 1 - at),
    anchor: tops.length === 0 || isBelow ? 'middle' : 'end'
  }));
}

function boxOf(
  half: { readonly x: number; readonly y: number },
  ends: readonly End[],
  texts: readonly IText[],
  nets: INets
): IBox {
  const box = { left: -half.x, right: half.x, top: -half.y, bottom: half.y };
  const cover = (left: number, right: number, top: number, bottom: number): void => {
    box.left = Math.min(box.left, left);
    box.right = Math.max(box.right, right);
    box.top = Math.min(box.top, top);
    box.bottom = Math.max(box.bottom, bottom);
  };
  for (const { text, x, y, anchor } of texts) {
    const width = widthOf(text);
    const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    cover(left, left + width, y - 10, y + 3);
  }
  // Labels of lying leads begin where the part's own texts end.
  const inner = { ...box };
  for (const end of ends) {
    const length = lengthOf(end, nets);
    const wide = Math.max(0, ...end.label.map(widthOf));
    const rail = endingOf(end.node, nets) === 'rail' ? widthOf(end.node) / 2 : 10;
    switch (end.side) {
      case 'N':
        cover(end.x - rail, end.x + Math.max(rail, wide + 6), end.y - length, end.y);
        break;
      case 'S':
        cover(end.x - rail, end.x + Math.max(rail, wide + 6), end.y, end.y + length);
        break;
      case 'E':
        cover(0, Math.max(end.x, inner.right) + length, end.y - 14, end.y + 16);
        break;
      case 'W':
        cover(Math.min(end.x, inner.left) - length, 0, end.y - 14, end.y + 16);
        break;
    }
  }
  return box;
}

/** How far a lead goes out from its terminal. */
function lengthOf({ node, side, label }: End, nets: INets): number {
  const ending = endingOf(node, nets);
  const isFlat = side === 'E' || side === 'W';
  if (ending === 'rail') {
    return isFlat ? widthOf(node) + 14 : SIGN + 6;
  }
  if (ending === 'ground') {
    return SIGN;
  }
  return label.length === 0
    ? LEAD
    : isFlat
      ? Math.max(...label.map(widthOf)) + 8
      : LABEL;
}

function outerOf({ x, y, side }: ITerminal, box: IBox): ILead['outer'] {
  switch (side) {
    case 'N':
      return { x, y: box.top };
    case 'S':
      return { x, y: box.bottom };
    case 'E':
      return { x: box.right, y };
    case 'W':
      return { x: box.left, y };
  }
}
