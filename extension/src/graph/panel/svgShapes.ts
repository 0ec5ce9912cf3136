import type { LabIcon } from '@jupyterlab/ui-components';

import type { IBox, IPlace } from '../layout/box';

/** A box, filled, with a border where a stroke is given. */
export function rect(box: IBox, fill: string, stroke?: string, radius = 0): string {
  const { x, y, width, height } = box;
  const line = stroke === undefined ? '' : ` stroke="${stroke}"`;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${line}/>`;
}

/** How a text is set. */
export interface ILabelOptions {
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: string;
  /** Of code: all letters have one width. */
  readonly isCode?: boolean;
  /** Width in pixels that the text may take, as far as that can be told. */
  readonly room: number;
}

/** Mean width of a letter, and width of each in code, as parts of the font's size. */
const [LETTER, CODE_LETTER] = [0.56, 0.61];

/** Pixels that a text takes, as far as that can be told. */
export function widthOf(
  text: string,
  { size = 12, isCode = false }: Pick<ILabelOptions, 'size' | 'isCode'>
): number {
  return text.length * size * (isCode ? CODE_LETTER : LETTER);
}

/** A text that is cut where it has no room. */
export function label(
  x: number,
  y: number,
  text: string,
  fill: string,
  { size = 12, weight = 400, anchor = 'start', isCode = false, room }: ILabelOptions
): string {
  const most = Math.max(1, Math.floor(room / widthOf('x', { size, isCode })));
  const family = isCode ? ' font-family="monospace"' : '';
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return (
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" ` +
    `text-anchor="${anchor}" fill="${fill}"${family}>${escapeXml(shown)}</text>`
  );
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
