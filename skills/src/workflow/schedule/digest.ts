/**
 * A short text that stands for a longer one: 106 bits by cyrb53 with two seeds
 * (https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js). It tells edits
 * apart without waiting, as `crypto.subtle` would; it guards against no attacker, and
 * nothing that it names leaves the machine.
 */
export function digest(text: string): string {
  return half(text, 0x1d) + half(text, 0x5ca1ab1e);
}

function half(text: string, seed: number): string {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507);
  high ^= Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507);
  low ^= Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36).padStart(11, '0');
}
