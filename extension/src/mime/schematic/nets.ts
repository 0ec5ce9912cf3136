/** The nodes of a circuit: which pins they join, how far from a source they are. */

import type { IPart } from './parts';

/** SPICE's name of the reference node. */
export const GROUND = '0';

/** What the layout needs to know of nodes before it places anything. */
export interface INets {
  /** Supplies: drawn as a flag at each pin instead of wires across the drawing. */
  readonly rails: ReadonlyMap<string, 'up' | 'down'>;
  /** Parts between a node and the nearest source; ground and rails have none. */
  readonly levels: ReadonlyMap<string, number>;
}

const RAIL = /^(a|d)?v(cc|dd|ee|ss|pp|bat|supply|pos|neg)\d*$|^v[+-]$/;
const NEGATIVE = /^v(ee|ss|neg)\d*$|^v-$/;
/** A constant source at so many other pins would draw wires all over. */
const CROWD = 5;

/** Looks through all parts once. */
export function netsOf(parts: readonly IPart[]): INets {
  const rails = railsOf(parts);
  return { rails, levels: levelsOf(parts, rails) };
}

function railsOf(parts: readonly IPart[]): ReadonlyMap<string, 'up' | 'down'> {
  const rails = new Map<string, 'up' | 'down'>();
  for (const { kind, wave, pins, value } of parts) {
    const [plus, minus] = pins;
    if (kind !== 'voltage' || wave !== 'dc' || minus?.node !== GROUND || !plus) {
      continue;
    }
    const { node } = plus;
    const joined = parts.flatMap(part => part.pins).filter(pin => pin.node === node);
    if (node !== GROUND && (RAIL.test(node) || joined.length > CROWD)) {
      const isNegative = NEGATIVE.test(node) || /^[-−]/.test(value);
      rails.set(node, isNegative ? 'down' : 'up');
    }
  }
  return rails;
}

/** Breadth first from the sources; islands without one start at their first part. */
function levelsOf(
  parts: readonly IPart[],
  rails: ReadonlyMap<string, unknown>
): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  const isOwn = (node: string): boolean => node !== GROUND && !rails.has(node);
  const spread = (from: readonly string[]): void => {
    let edge = from.filter(node => isOwn(node) && !levels.has(node));
    for (let level = 0; edge.length > 0; level++) {
      edge.forEach(node => levels.set(node, level));
      const next = parts
        .map(part => part.pins.map(pin => pin.node))
        .filter(nodes => nodes.some(node => edge.includes(node)))
        .flat();
      edge = [...new Set(next)].filter(node => isOwn(node) && !levels.has(node));
    }
  };
  const isSource = ({ kind }: IPart): boolean =>
    kind === 'voltage' || kind === 'current';
  spread(parts.filter(isSource).flatMap(part => part.pins.map(pin => pin.node)));
  for (const part of parts) {
    spread(part.pins.map(pin => pin.node).slice(0, 1));
  }
  return levels;
}
