/** Crockford's base 32: no I, L, O, U. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A ULID: 26 characters that sort by time (https://github.com/ulid/spec).
 *
 * @param now milliseconds since 1970
 * @param random 16 random bytes, each of which gives one of the last 16 characters
 */
export function formatUlid(now: number, random: Uint8Array): string {
  let time = '';
  for (let rest = Math.floor(now), place = 0; place < 10; place++) {
    time = (DIGITS[rest % 32] ?? '0') + time;
    rest = Math.floor(rest / 32);
  }
  const tail = [...random.slice(0, 16)].map(byte => DIGITS[byte % 32] ?? '0');
  return time + tail.join('').padEnd(16, '0');
}
