/** A quantum result as one picture: circuit, outcomes, Bloch spheres. */

import { pngOf } from '../dom';
import { svgPicture } from '../svgFile';
import type { IQuantumModel } from './model';
import { outcomesOf } from './outcomes';

/** Bars that fit a picture; the most likely outcomes. */
const MAX_BARS = 24;
const [ROW, LABEL, BAR, MARGIN] = [20, 110, 240, 12];

/** PNG in base64 of what `node` shows, in its colours; null where it has nothing to draw. */
export async function quantumPng(
  node: HTMLElement,
  model: IQuantumModel
): Promise<string | null> {
  const pictures = async (selector: string): Promise<readonly HTMLCanvasElement[]> =>
    Promise.all([...node.querySelectorAll<SVGSVGElement>(selector)].map(svgPicture));
  const ratio = Math.min(Math.max(window.devicePixelRatio || 1, 1), 2);
  const bars = barsOf(node, model, ratio);
  const rows = [
    await pictures('.llmos-Quantum-circuit'),
    ...(bars ? [[bars]] : []),
    await pictures('.llmos-Quantum-bloch')
  ].filter(row => row.length > 0);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (rows.length === 0 || !context) {
    return null;
  }
  const heightOf = (row: readonly HTMLCanvasElement[]): number =>
    Math.max(...row.map(picture => picture.height));
  const head = model.title ? 26 * ratio : 0;
  canvas.width = Math.max(
    ...rows.map(row => row.reduce((sum, picture) => sum + picture.width, 0))
  );
  canvas.height = rows.reduce((sum, row) => sum + heightOf(row), head);
  const style = getComputedStyle(node);
  context.fillStyle = style.getPropertyValue('--jp-layout-color0').trim() || 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = style.color;
  context.font = `600 ${13 * ratio}px ${style.fontFamily}`;
  context.fillText(model.title, MARGIN * ratio, 17 * ratio);
  let y = head;
  for (const row of rows) {
    let x = 0;
    for (const picture of row) {
      context.drawImage(picture, x, y);
      x += picture.width;
    }
    y += heightOf(row);
  }
  return pngOf(canvas);
}

/** The most likely outcomes as bars; null where there are none. */
function barsOf(
  node: HTMLElement,
  model: IQuantumModel,
  ratio: number
): HTMLCanvasElement | null {
  const all = outcomesOf(model).rows;
  const kept = new Set([...all].sort((a, b) => b.share - a.share).slice(0, MAX_BARS));
  const rows = all.filter(row => kept.has(row));
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (rows.length === 0 || !context) {
    return null;
  }
  canvas.width = (LABEL + BAR + 90) * ratio;
  canvas.height = (rows.length * ROW + 2 * MARGIN) * ratio;
  context.scale(ratio, ratio);
  const style = getComputedStyle(node);
  context.font = `12px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  rows.forEach(({ bits, share }, at) => {
    const y = MARGIN + at * ROW + ROW / 2;
    const width = Math.max(1, Math.min(share, 1) * BAR);
    context.fillStyle = style.color;
    context.fillText(`|${bits}⟩`, MARGIN, y, LABEL - MARGIN - 6);
    context.fillText(`${(share * 100).toFixed(1)} %`, LABEL + width + 8, y);
    context.fillStyle = style.getPropertyValue('--jp-brand-color1').trim() || 'gray';
    context.fillRect(LABEL, y - 5, width, 10);
  });
  return canvas;
}
