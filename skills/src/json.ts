/** Narrowing of values that come from outside, and one text for equal values. */
import type { JsonValue } from './skill/skill';

/** True for objects that are neither `null` nor arrays. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * JSON with sorted keys and no spaces: equal values give equal texts (RFC 8785, whose
 * number and string forms are those of `JSON.stringify`; keys sort by UTF-16 code units).
 */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) {
    return `[${(value as readonly JsonValue[]).map(canonicalJson).join(',')}]`;
  }
  if (isRecord(value)) {
    const record = value;
    const members = Object.keys(record)
      .sort()
      .map(key => `${JSON.stringify(key)}:${canonicalJson(record[key] ?? null)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}
