import type { LabIcon } from '@jupyterlab/ui-components';

import {
  circuitIcon,
  codeSkillIcon,
  dataIcon,
  guideIcon,
  otherIcon,
  plotIcon,
  quantumIcon,
  sceneIcon
} from '../icons';

/** How a category looks, the same on card, node and cell header. */
export interface ICategoryLook {
  readonly icon: LabIcon;
  /** Hue angle of OKLCH in degrees; lightness follows the theme. */
  readonly hue: number;
}

/** First match wins. Hues lie at least 35° apart, so that neighbours differ. */
const LOOKS: readonly (ICategoryLook & { readonly pattern: RegExp })[] = [
  { pattern: /quantum|qubit/, icon: quantumIcon, hue: 300 },
  { pattern: /spice|circuit|electronic|analog/, icon: circuitIcon, hue: 150 },
  { pattern: /three|3d|scene|graphic|geometry|render/, icon: sceneIcon, hue: 45 },
  { pattern: /plot|chart|visual/, icon: plotIcon, hue: 245 },
  { pattern: /data|export|file|table|io$/, icon: dataIcon, hue: 195 },
  { pattern: /cod|program|python|develop/, icon: codeSkillIcon, hue: 95 },
  { pattern: /notebook|guide|writ|doc/, icon: guideIcon, hue: 345 }
];

/** Icon and hue of a category; one that is not known keeps a hue of its own. */
export function categoryLook(category: string): ICategoryLook {
  const name = category.toLowerCase();
  const known = LOOKS.find(({ pattern }) => pattern.test(name));
  return known ?? { icon: otherIcon, hue: hueOf(name) };
}

/** A steady hue from a name (the djb2 hash). */
function hueOf(name: string): number {
  let hash = 5381;
  for (const letter of name) {
    hash = (hash * 33 + (letter.codePointAt(0) ?? 0)) % 360_000;
  }
  return hash % 360;
}
