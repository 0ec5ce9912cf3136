/** A drawing in the page as a file or picture that needs no style sheet. */

import { svg } from './dom';

/** What a drawing takes from style sheets. */
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'opacity',
  'text-anchor'
] as const;

/** SVG text with the present colours, on the theme's background. */
export function svgText(drawing: SVGSVGElement): string {
  const { width, height } = sizeOf(drawing);
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const from = [drawing, ...drawing.querySelectorAll('*')];
  const to = [copy, ...copy.querySelectorAll('*')];
  from.forEach((one, at) => inlineStyles(one, to[at]));
  copy.removeAttribute('style');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const style = getComputedStyle(drawing);
  const fill = style.getPropertyValue('--jp-layout-color0').trim() || 'white';
  copy.prepend(svg('rect', { width, height, fill, stroke: 'none' }));
  return new XMLSerializer().serializeToString(copy);
}

function inlineStyles(from: Element, to: Element | undefined): void {
  const style = getComputedStyle(from);
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (value) {
      to?.setAttribute(name, value);
    }
  }
  to?.removeAttribute('class');
}

/** The drawing at its own size and the screen's resolution; rejects when it is unreadable. */
export async function svgPicture(drawing: SVGSVGElement): Promise<HTMLCanvasElement> {
  const { width, height } = sizeOf(drawing);
  const ratio = Math.min(Math.max(window.devicePixelRatio || 1, 1), 2);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(drawing))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function sizeOf(drawing: SVGSVGElement): { width: number; height: number } {
  return {
    width: Number(drawing.getAttribute('width')),
    height: Number(drawing.getAttribute('height'))
  };
}
