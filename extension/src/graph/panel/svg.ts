import type { CellStatus } from '@llmos-lab/skills';

import { codeSkillIcon } from '../../icons';
import { categoryLook } from '../../skills/category';
import { isWanting } from '../graphModel/view';
import type { Places } from '../layout/arrange';
import type { IPlace } from '../layout/box';
import type { DrawnItem, ICellItem, IDrawing, IDrawnEdge } from '../layout/drawing';
import { boundsOf, framesOf } from '../layout/placed';
import {
  FOOTER_HEIGHT,
  HEADER_HEIGHT,
  PICTURE_HEIGHT,
  PORT_HEIGHT,
  portName,
  STRIP_HEIGHT
} from '../layout/shape';
import type { Ways } from '../layout/ways';
import type { ICellState } from '../run/tokens';
import { formatDuration, STATUS_ICONS } from '../status/statuses';
import type { ILatest } from './latest';
import { escapeXml, icon, label, rect, twoLines, type Measure } from './svgShapes';
import { turningFilter } from './turnedPictures';

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
  /** Of what has to be given and is not. */
  readonly wanting: string;
  readonly status: (status: CellStatus) => string;
  /** Of a category's edge. */
  readonly category: (category: string | null) => string;
}

/** A drawing with all that it needs to stand alone in a file. */
export interface ISvgOptions {
  readonly drawing: IDrawing;
  readonly places: Places;
  readonly ways: Ways;
  readonly colours: IColours;
  readonly latest: (cell: string) => ILatest;
  readonly state: (cell: string) => ICellState | undefined;
  /** Tells the room that texts need. */
  readonly measure: Measure;
  /** Cells whose pictures were drawn for the other ground. */
  readonly turned: ReadonlySet<string>;
}

/** Name of the filter that turns them. */
const TURNED = 'turned';

const MARGIN = 24;

/** From the side of a node to its title: room for an icon; sizes in pixels. */
const [BESIDE, STATUS_SIZE, TIME_WIDTH] = [32, 14, 60];

/** Between the title and the variable that takes the result. */
const GAP = 5;

/** From one line of an error to the next. */
const LINE = 10.5;

/** The graph as an SVG document that stands for itself: no style sheet, no font file. */
export function toSvg(options: ISvgOptions): string {
  const { drawing, places, ways, colours, measure } = options;
  const frames = framesOf(drawing, places);
  const around = boundsOf(drawing, places, ways) ?? { ...ORIGIN, width: 0, height: 0 };
  const [left, top] = [around.x - MARGIN, around.y - MARGIN];
  const [width, height] = [around.width + 2 * MARGIN, around.height + 2 * MARGIN];
  const parts = [
    ...(options.turned.size > 0 ? [turningFilter(TURNED, colours.node)] : []),
    rect({ x: left, y: top, width, height }, colours.background),
    ...frames.flatMap(frame => [
      rect(frame, colours.frame, colours.border, 8),
      label(frame.x + 12, frame.y + 17, frame.section.title, colours.text, {
        ...{ weight: 600, measure },
        room: frame.width - 24
      })
    ]),
    ...drawing.edges.map(edge => edgePath(edge, options)),
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
  const { places, colours, measure } = options;
  const { x, y } = places.get(item.id) ?? ORIGIN;
  if (item.kind === 'cell') {
    return drawCell(item, { x, y }, options);
  }
  const { width, height } = item.shape;
  return [
    rect({ x, y, width, height }, colours.frame, colours.border, 8),
    label(x + 12, y + height / 2 + 4, item.section.title, colours.text, {
      ...{ weight: 600, measure },
      room: width - 24
    })
  ].join('\n');
}

function drawCell(item: ICellItem, at: IPlace, options: ISvgOptions): string {
  const { node, shape } = item;
  const { colours, measure } = options;
  const { x, y } = at;
  const isDown = shape.direction === 'down';
  const headerTop = y + (isDown && shape.inputs.length > 0 ? STRIP_HEIGHT : 0);
  const hue = colours.category(node.category);
  const status = options.state(node.id)?.status ?? 'idle';
  const isWrong = node.kind === 'missing' || status === 'failed';
  const border = isWrong ? colours.error : colours.border;
  const sign =
    node.category === null ? codeSkillIcon : categoryLook(node.category).icon;
  const right = shape.width - 7 - (status === 'idle' ? 0 : STATUS_SIZE + 5);
  const code = { isCode: true, size: 11, measure };
  const bold = { weight: 600, measure };
  const isCode = node.kind === 'code';
  const target = node.target ?? '';
  const room = right - BESIDE;
  const targetRoom = Math.min(measure(target, code), room / 2);
  return [
    rect({ x, y, width: shape.width, height: shape.height }, colours.node, border, 6),
    rect({ x, y, width: 4, height: shape.height }, hue, undefined, 2),
    icon(
      sign,
      { x: x + 10, y: headerTop + 8 },
      {
        size: 15,
        colour: node.category === null ? colours.faint : hue
      }
    ),
    label(x + BESIDE, headerTop + 20, node.title, colours.text, {
      ...(isCode ? code : bold),
      room: target === '' ? room : room - targetRoom - GAP
    }),
    label(x + right, headerTop + 20, target, colours.faint, {
      ...{ ...code, anchor: 'end', room: targetRoom }
    }),
    ...(status === 'idle'
      ? []
      : [
          icon(
            STATUS_ICONS[status],
            { x: x + shape.width - STATUS_SIZE - 7, y: headerTop + 8 },
            { size: STATUS_SIZE, colour: colours.status(status) }
          )
        ]),
    ...drawPorts(item, at, options),
    drawLatest(item, at, options)
  ].join('\n');
}

function drawPorts(
  { shape }: ICellItem,
  at: IPlace,
  { colours, measure }: ISvgOptions
): string[] {
  const isDown = shape.direction === 'down';
  const draw = (side: 'inputs' | 'outputs'): string[] =>
    shape[side].flatMap(port => {
      const [x, y] = [at.x + port.x, at.y + port.y];
      const isInput = side === 'inputs';
      const room = isDown ? port.width : port.width - 14;
      const text = portName(port);
      const isLinked = port.ports.some(({ linked }) => linked);
      const colour =
        isInput && port.ports.some(isWanting)
          ? colours.wanting
          : isLinked
            ? colours.text
            : colours.faint;
      const name = isDown
        ? label(x, y + (isInput ? 14 : -7), text, colour, {
            ...{ anchor: 'middle', room, size: 10, measure }
          })
        : label(x + (isInput ? 9 : -9), y + PORT_HEIGHT / 5, text, colour, {
            ...{ anchor: isInput ? 'start' : 'end', room, size: 11, measure }
          });
      const fill = isLinked ? colours.faint : colours.node;
      const dot = `<circle cx="${x}" cy="${y}" r="4" fill="${fill}" stroke="${colours.faint}"/>`;
      return [dot, name];
    });
  return [...draw('inputs'), ...draw('outputs')];
}

/** Picture, value and time of the last run. */
function drawLatest(
  { node, shape }: ICellItem,
  { x, y }: IPlace,
  { latest, state, colours, turned, measure }: ISvgOptions
): string {
  const { status, ms } = state(node.id) ?? {};
  const isDown = shape.direction === 'down';
  const rows = isDown ? 0 : Math.max(shape.inputs.length, shape.outputs.length);
  const strip = isDown && shape.inputs.length > 0 ? STRIP_HEIGHT : 0;
  const top = y + HEADER_HEIGHT + rows * PORT_HEIGHT + strip;
  const footer = top + (shape.hasPicture ? PICTURE_HEIGHT : 0) + FOOTER_HEIGHT - 7;
  const { text, isError, result, isOlder } = latest(node.id);
  const colour = isError ? colours.error : isOlder ? colours.faint : colours.text;
  const time = ms === undefined || status === 'running' ? '' : formatDuration(ms);
  const room = shape.width - 20 - (time === '' ? 0 : TIME_WIDTH);
  const picture =
    result?.kind === 'image' && shape.hasPicture
      ? `<image x="${x + 6}" y="${top}" width="${shape.width - 12}" ` +
        `height="${PICTURE_HEIGHT}" href="${escapeXml(result.src)}"` +
        `${turned.has(node.id) ? ` filter="url(#${TURNED})"` : ''}` +
        `${isOlder ? ' opacity="0.45"' : ''}/>`
      : '';
  const value = { size: 10, isCode: true, room, measure };
  const [first, second] = isError ? twoLines(text, value) : [text, ''];
  const up = second === '' ? 0 : LINE / 2;
  return [
    picture,
    label(x + 10, footer - up, first, colour, value),
    ...(second === '' ? [] : [label(x + 10, footer + up, second, colour, value)]),
    label(x + shape.width - 8, footer, time, colours.faint, {
      ...{ anchor: 'end', size: 10, room: TIME_WIDTH, measure }
    })
  ].join('\n');
}

function edgePath(edge: IDrawnEdge, { ways, colours }: ISvgOptions): string {
  const isWrong = edge.edges.some(({ problem }) => problem);
  const stroke = isWrong
    ? `stroke="${colours.warning}" stroke-dasharray="5 3"`
    : `stroke="${colours.faint}"`;
  return `<path d="${ways(edge).path}" fill="none" stroke-width="1.5" ${stroke}/>`;
}
