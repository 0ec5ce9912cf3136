import type { IPreview } from '../graphModel/preview';
import { hasDarkGround } from './pixel';

/** Turns hues by half a circle and keeps how light colours are, as CSS defines it. */
const HALF_TURN = [
  [-0.574, 1.43, 0.144],
  [0.426, 0.43, 0.144],
  [0.426, 1.43, -0.856]
] as const;

/** How much brighter thin lines are made on a dark ground, as in the style sheet. */
const BRIGHTER = 2;

/** The same of pictures that become light: makes a ground of dark grey white. */
const OPENED = 1.1;

/** Whether a colour such as `#111111` is a dark ground. */
function isDark(colour: string): boolean {
  return partsOf(colour).reduce((sum, part) => sum + part, 0) < 1.5;
}

/** Red, green and blue of a colour such as `#111111`, each from 0 to 1. */
function partsOf(colour: string): number[] {
  return [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16) / 255 || 0);
}

/** Whether a picture was drawn for the other ground than this one. */
export async function isForOtherGround(
  preview: IPreview,
  ground: string
): Promise<boolean> {
  if (preview.kind !== 'image' || !preview.isLineArt) {
    return false;
  }
  const image = new Image();
  image.src = preview.src;
  try {
    await image.decode();
  } catch {
    return false; // What cannot be drawn stays as it is, and the rest of the graph too.
  }
  return hasDarkGround(image) !== isDark(ground);
}

/** The filter of an SVG that turns pictures for the other ground, as the canvas does. */
export function turningFilter(id: string, ground: string): string {
  // Inverted and turned, and, on a dark ground, brighter and mixed with it.
  const rows = partsOf(ground).map((part, at) => {
    const [most, scale] = isDark(ground)
      ? [part + (1 - part) * BRIGHTER, (1 - part) * BRIGHTER]
      : [OPENED, OPENED];
    const factors = (HALF_TURN[at] ?? []).map(factor => (-scale * factor).toFixed(4));
    return `${factors.join(' ')} 0 ${most.toFixed(4)}`;
  });
  return (
    `<filter id="${id}" x="0" y="0" width="1" height="1" ` +
    `color-interpolation-filters="sRGB"><feColorMatrix type="matrix" ` +
    `values="${rows.join(' ')} 0 0 0 1 0"/></filter>`
  );
}
