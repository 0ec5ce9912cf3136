import { formatUlid } from '@llmos-lab/skills';

/** A new ULID; `now` in milliseconds since 1970. */
export function newUlid(now = Date.now()): string {
  return formatUlid(now, crypto.getRandomValues(new Uint8Array(16)));
}
