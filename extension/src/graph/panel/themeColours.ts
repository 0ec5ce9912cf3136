import type { CellStatus } from '@llmos-lab/skills';

import { categoryLook } from '../../skills/category';
import { pixelOf, type Pixel } from './pixel';
import type { IColours } from './svg';

/** The theme's colours, resolved, since a picture has no style sheet. */
export function themeColours(
  node: HTMLElement,
  categories: Iterable<string | null>
): IColours {
  const probe = node.appendChild(document.createElement('span'));
  // The style sheet has a category's colour for these.
  probe.className = 'llmos-GraphDrawer-skill';
  const resolved = (colour: string): string => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const ground = resolved('var(--jp-layout-color0)');
  const read = (colour: string): string => plain(resolved(colour), ground);
  const border = read('var(--jp-border-color1)');
  const hues = new Map<string | null, string>([[null, border]]);
  for (const name of categories) {
    if (name !== null) {
      probe.style.setProperty('--llmos-hue', String(categoryLook(name).hue));
      hues.set(name, read('var(--llmos-category-color)'));
    }
  }
  const warning = read('var(--jp-warn-color0)');
  const brand = read('var(--jp-brand-color1)');
  const success = read('var(--jp-success-color0)');
  const wanting = read('var(--llmos-error-text)');
  const hints: Partial<Record<CellStatus, string>> = {
    stale: warning,
    blocked: warning,
    waiting: brand,
    running: brand,
    done: success,
    cached: success,
    failed: wanting
  };
  const faint = read('var(--jp-ui-font-color2)');
  const colours = {
    background: read('var(--jp-layout-color1)'),
    node: read('var(--jp-layout-color0)'),
    border,
    text: read('var(--jp-ui-font-color0)'),
    faint,
    frame: read('var(--jp-layout-color2)'),
    warning,
    wanting,
    error: read('var(--jp-error-color1)'),
    status: (status: CellStatus) => hints[status] ?? faint,
    category: (name: string | null) => hues.get(name) ?? border
  };
  probe.remove();
  return colours;
}

/** A colour on its ground as every viewer of SVG knows it: OKLCH and mixed ones are not. */
function plain(colour: string, ground: string): string {
  const pixel = pixelOf(context => {
    for (const each of [ground, colour]) {
      context.fillStyle = each;
      context.fillRect(0, 0, 1, 1);
    }
  });
  return pixel ? hexOf(pixel) : colour;
}

function hexOf([red, green, blue]: Pixel): string {
  const digits = [red, green, blue].map(part => part.toString(16).padStart(2, '0'));
  return `#${digits.join('')}`;
}
