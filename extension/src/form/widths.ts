import type { IPort } from '@llmos-lab/skills';
import type { CSSProperties } from 'react';

/** Letters of a label that are shown at most; its tooltip has all. */
const MOST_LETTERS = 18;

/** Widths that all labels and all units of a form have in common, so that fields align. */
export function fieldWidths(
  ports: readonly Pick<IPort, 'name' | 'unit'>[]
): CSSProperties {
  const longest = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map(({ length }) => length));
  const label = Math.min(longest(ports.map(({ name }) => name)), MOST_LETTERS);
  const unit = longest(ports.map(port => port.unit ?? ''));
  return {
    '--llmos-label-width': `${label}ch`,
    '--llmos-unit-width': `${unit}ch`
  } as CSSProperties;
}
