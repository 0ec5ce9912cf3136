/**
 * Small things that `@llmos-lab/skills` has too: this worker may import no package that
 * labextensions share, types apart.
 */
import type { ITokenUsage, JsonValue } from '@llmos-lab/skills';

/** True for objects that are neither `null` nor arrays. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** No tokens. */
export const NO_USAGE: ITokenUsage = {
  ...{ input: 0, output: 0 },
  ...{ cacheRead: 0, cacheWrite: 0 }
};

/** Arguments of a call; what is no JSON becomes null, which the check of calls refuses. */
export function readInput(json: string): JsonValue {
  if (json.trim() === '') {
    return {};
  }
  try {
    return JSON.parse(json) as JsonValue;
  } catch {
    return null;
  }
}
