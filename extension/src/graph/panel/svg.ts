import type { IPreview } from '../graphModel/preview';
import type { IPlace, Places } from '../layout/arrange';
import {
  framesOf,
  type IBox,
  type DrawnItem,
  type ICellItem,
  type IDrawing,
  type IDrawnEdge
} from '../layout/drawing';
import {
  FOOTER_HEIGHT,
  HEADER_HEIGHT,
  PICTURE_HEIGHT,
  PORT_HEIGHT,
  portName,
  STRIP_HEIGHT,
  type Direction
} from '../layout/shape';
import { endsOf, type Ways } from '../layout/ways';

/** Colours of a drawing, as CSS colours that need no style sheet. */
export interface IColours {
  readonly background: string;
  readonly node: string;
  readonly border: string;
  readonly text: string;
  readonly faint: string;
  readonly frame: string;
  readonly warning: string;
  readonly error: string;
  /** Of a category's edge. */
  readonly category: (category: string | null) => string;
}

/** A drawing with all that it needs to stand alone in a file. */
export interface ISvgOptions {
  readonly drawing: IDrawing;
  readonly places: Places;
  readonly ways: Ways;
  readonly direction: Direction;
  readonly colours: IColours;
  readonly preview: (cell: string) => IPreview | null;
}

const MARGIN = 24;

/** The graph as an SVG document that stands for itself: no style sheet, no font file. */
export function toSvg(options: ISvgOptions): string {
  const { drawing, places, colours } = options;
  const items = new Map(drawing.items.map(item => [item.id, item]));
  const frames = framesOf(drawing, places);
  const boxes = [
    ...frames,
    ...drawing.items.map(({ id, shape }) => ({
      ...(places.get(id) ?? ORIGIN),
      width: shape.width,
      height: shape.height
    }))
  ];
  const left = Math.min(0, ...boxes.map(({ x }) => x)) - MARGIN;
  const top = Math.min(0, ...boxes.map(({ y }) => y)) - MARGIN;
  const width = Math.max(0, ...boxes.map(box => box.x + box.width)) + MARGIN - left;
  const height = Math.max(0, ...boxes.map(box => box.y + box.height)) + MARGIN - top;
  const parts = [
    rect({ x: left, y: top, width, height }, colours.background),
    ...frames.flatMap(frame => [
      rect(frame, colours.frame, colours.border, 8),
      label(frame.x + 12, frame.y + 17, frame.section.title, colours.text, {
        weight: 600,
        room: frame.width - 24
      })
    ]),
    ...drawing.edges.map(edge => edgePath(edge, items, options)),
    ...drawing.items.map(item => drawItem(item, options))
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="${left} ${top} ${width} ${height}" font-family="sans-serif">`,
    ...parts,
    '</svg>'
  ].join('\n');
}

const ORIGIN: IPlace = { x: 0, y: 0 };

function drawItem(item: DrawnItem, options: ISvgOptions): string {
  const { places, colours } = options;
  const { x, y } = places.get(item.id) ?? ORIGIN;
  if (item.kind === 'cell') {
    return drawCell(item, { x, y }, options);
  }
  const { width, height } = item.shape;
  return [
    rect({ x, y, width, height }, colours.frame, colours.border, 8),
    label(x + 12, y + height / 2 + 4, item.section.title, colours.text, {
      weight: 600,
      room: width - 24
    })
  ].join('\n');
}

function drawCell(item: ICellItem, at: IPlace, options: ISvgOptions): string {
  const { node, shape } = item;
  const { colours } = options;
  const { x, y } = at;
  const isDown = shape.direction === 'down';
  const border = node.kind === 'missing' ? colours.error : colours.border;
  const headerTop = y + (isDown && shape.inputs.length > 0 ? STRIP_HEIGHT : 0);
  const hue = colours.category(node.category);
  return [
    rect({ x, y, width: shape.width, height: shape.height }, colours.node, border, 6),
    rect({ x, y, width: 4, height: shape.height }, hue, undefined, 2),
    label(x + 12, headerTop + 20, node.title, colours.text, {
      weight: 600,
      room: shape.width - 24
    }),
    ...drawPorts(item, at, colours),
    drawLatest(item, at, options)
  ].join('\n');
}

function drawPorts({ shape }: ICellItem, at: IPlace, colours: IColours): string[] {
  const isDown = shape.direction === 'down';
  const draw = (side: 'inputs' | 'outputs'): string[] =>
    shape[side].flatMap(port => {
      const [x, y] = [at.x + port.x, at.y + port.y];
      const isInput = side === 'inputs';
      const room = isDown ? port.width - 2 : port.width - 14;
      const text = portName(port);
      const name = isDown
        ? label(x, y + (isInput ? 13 : -5), text, colours.faint, {
            ...{ anchor: 'middle', room, size: 10 }
          })
        : label(x + (isInput ? 9 : -9), y + PORT_HEIGHT / 5, text, colours.faint, {
            ...{ anchor: isInput ? 'start' : 'end', room, size: 11 }
          });
      const dot = `<circle cx="${x}" cy="${y}" r="4" fill="${colours.node}" stroke="${colours.faint}"/>`;
      return [dot, name];
    });
  return [...draw('inputs'), ...draw('outputs')];
}

/** Picture and value of the last run. */
function drawLatest(
  { node, shape }: ICellItem,
  { x, y }: IPlace,
  { preview, colours }: ISvgOptions
): string {
  const latest = preview(node.id);
  if (!latest) {
    return '';
  }
  const isDown = shape.direction === 'down';
  const rows = isDown ? 0 : Math.max(shape.inputs.length, shape.outputs.length);
  const strip = isDown && shape.inputs.length > 0 ? STRIP_HEIGHT : 0;
  const top = y + HEADER_HEIGHT + rows * PORT_HEIGHT + strip;
  const footer = top + (shape.hasPicture ? PICTURE_HEIGHT : 0) + FOOTER_HEIGHT - 7;
  const colour = latest.kind === 'error' ? colours.error : colours.text;
  const picture =
    latest.kind === 'image' && shape.hasPicture
      ? `<image x="${x + 6}" y="${top}" width="${shape.width - 12}" ` +
        `height="${PICTURE_HEIGHT}" href="${escapeXml(latest.src)}"/>`
      : '';
  return [
    picture,
    label(x + 10, footer, latest.text, colour, { size: 10, room: shape.width - 20 })
  ].join('\n');
}

function edgePath(
  edge: IDrawnEdge,
  items: ReadonlyMap<string, DrawnItem>,
  options: ISvgOptions
): string {
  const { ways, direction, colours } = options;
  const isWrong = edge.edges.some(({ problem }) => problem);
  const stroke = isWrong
    ? `stroke="${colours.warning}" stroke-dasharray="5 3"`
    : `stroke="${colours.faint}"`;
  const path =
    ways.get(edge.id)?.path ?? curve(endsOf(edge, items, options.places), direction);
  return `<path d="${path}" fill="none" stroke-width="1.5" ${stroke}/>`;
}

/** The short way between two places. */
function curve([from, to]: readonly [IPlace, IPlace], direction: Direction): string {
  const isDown = direction === 'down';
  const reach = Math.max(30, Math.abs(isDown ? to.y - from.y : to.x - from.x) / 2);
  const [c1, c2] = isDown
    ? [`${from.x},${from.y + reach}`, `${to.x},${to.y - reach}`]
    : [`${from.x + reach},${from.y}`, `${to.x - reach},${to.y}`];
  return `M${from.x},${from.y} C${c1} ${c2} ${to.x},${to.y}`;
}

function rect(box: IBox, fill: string, stroke?: string, radius = 0): string {
  const { x, y, width, height } = box;
  const line = stroke === undefined ? '' : ` stroke="${stroke}"`;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${line}/>`;
}

interface ILabelOptions {
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: string;
  /** Width in pixels that the text may take, as far as that can be told. */
  readonly room: number;
}

/** Mean width of a letter, as a part of the font's size. */
const LETTER = 0.56;

function label(
  x: number,
  y: number,
  text: string,
  fill: string,
  { size = 12, weight = 400, anchor = 'start', room }: ILabelOptions
): string {
  const most = Math.max(1, Math.floor(room / (size * LETTER)));
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return (
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" ` +
    `text-anchor="${anchor}" fill="${fill}">${escapeXml(shown)}</text>`
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;'
};

function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"]/g, letter => ENTITIES[letter] ?? letter)
      // Control characters cannot stand in XML, not even escaped.
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ')
  );
}
