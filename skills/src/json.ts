/** Narrowing of values that come from outside. */

/** True for objects that are neither `null` nor arrays. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
