import type { LabIcon } from '@jupyterlab/ui-components';

import type { IBox, IPlace } from '../layout/box';

/** A box, filled, with a border where a stroke is given. */
export function rect(box: IBox, fill: string, stroke?: string, radius = 0): string {
  const { x, y, width, height } = box;
  const line = stroke === undefined ? '' : ` stroke="${stroke}"`;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${line}/>`;
}

/** The letters of a text: sans serif, or of one width for code; sizes in pixels. */
interface IFont {
  readonly size?: number;
  readonly weight?: number;
  readonly isCode?: boolean;
}

/** Gives the pixels that a text takes. */
export type Measure = (text: string, font: IFont) => number;

/** How a text is set. */
interface ILabelOptions extends IFont {
  readonly anchor?: string;
  /** Width in pixels that the text may take. */
  readonly room: number;
  readonly measure: Measure;
}

/** Measures texts as the browser draws them. */
export function browserMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  return (text, { size = 12, weight = 400, isCode = false }) => {
    if (!context) {
      return text.length * size;
    }
    context.font = `${weight} ${size}px ${isCode ? 'monospace' : 'sans-serif'}`;
    return context.measureText(text).width;
  };
}

/** A text that is cut where it has no room. */
export function label(
  x: number,
  y: number,
  text: string,
  fill: string,
  options: ILabelOptions
): string {
  const { size = 12, weight = 400, anchor = 'start', isCode = false } = options;
  const family = isCode ? ' font-family="monospace"' : '';
  return (
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" ` +
    `text-anchor="${anchor}" fill="${fill}"${family}>` +
    `${escapeXml(cut(text, options))}</text>`
  );
}

type Room = Pick<ILabelOptions, 'room' | 'measure'> & IFont;

/** The text, or its beginning with an ellipsis where it has no room. */
function cut(text: string, options: Room): string {
  const most = fitting(text, options);
  return most === text.length
    ? text
    : `${text.slice(0, fitting(text, options, '…')).trimEnd()}…`;
}

/** A text in two lines: broken at a space in the second half of the first, the second cut. */
export function twoLines(text: string, options: Room): readonly [string, string] {
  const most = fitting(text, options);
  if (most === text.length) {
    return [text, ''];
  }
  const space = text.lastIndexOf(' ', most);
  const at = 2 * space > most ? space : most;
  return [text.slice(0, at), cut(text.slice(at).trimStart(), options)];
}

/** Letters of a text that are drawn at most, whatever its room. */
const LETTERS = 1000;

/** How many letters from the beginning have room, with `end` after them. */
function fitting(text: string, { room, measure, ...font }: Room, end = ''): number {
  const hasRoom = (count: number): boolean =>
    measure(text.slice(0, count) + end, font) <= room;
  let over = Math.min(text.length, LETTERS);
  if (hasRoom(over)) {
    return over;
  }
  let most = 0;
  while (over - most > 1) {
    const middle = (most + over) >> 1;
    if (hasRoom(middle)) {
      most = middle;
    } else {
      over = middle;
    }
  }
  return most;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;'
};

/** A text as it stands in XML. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"]/g, letter => ENTITIES[letter] ?? letter)
      // Control characters cannot stand in XML, not even escaped.
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ')
  );
}

/** An icon of the application, in a square; its lines take the colour. */
export function icon(
  { svgstr }: Pick<LabIcon, 'svgstr'>,
  { x, y }: IPlace,
  { size, colour }: { readonly size: number; readonly colour: string }
): string {
  const viewBox = /viewBox="([^"]*)"/.exec(svgstr)?.[1] ?? '0 0 24 24';
  const place = `x="${x}" y="${y}" width="${size}" height="${size}"`;
  return svgstr.replace(
    /^<svg[^>]*>/,
    `<svg ${place} viewBox="${viewBox}" color="${colour}">`
  );
}
