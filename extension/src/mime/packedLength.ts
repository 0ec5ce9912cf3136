import type { IPackedArray } from '@llmos-lab/skills';

/**
 * How many numbers a packed array holds at most, told by the length of its text: what
 * is too large is refused before it takes memory. A complex one counts once.
 */
export function packedLength({ dtype, base64 }: IPackedArray): number {
  const bits = Number(/\d+$/.exec(dtype)?.[0] ?? 8);
  return Math.floor((base64.length * 6) / bits);
}
