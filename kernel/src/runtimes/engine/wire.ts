/**
 * Data as text, for engines that share no memory with their host: JSON's values, typed
 * arrays, `undefined`, NaN, -0 and big integers come back equal. Dates, maps and sets do not:
 * they become empty objects.
 */

import { decodeBase64, encodeBase64, isRecord } from '@llmos-lab/skills';
import { binaryName, binaryOf, isBinaryName } from '../typedArrays';

/** Marks what JSON has no form for; plain objects with this key are written as pairs. */
const MARK = '$llmos';

/** Writes data; throws a `TypeError` for what is none. */
export function encodeWire(value: unknown): string {
  return JSON.stringify(toWire(value));
}

/** Reads what {@link encodeWire} wrote. */
export function decodeWire(text: string): unknown {
  return fromWire(JSON.parse(text));
}

function toWire(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { [MARK]: 'number', of: Object.is(value, -0) ? '-0' : String(value) };
    case 'undefined':
      return { [MARK]: 'undefined' };
    case 'bigint':
      return { [MARK]: 'bigint', of: String(value) };
    case 'object':
      return value === null ? null : objectToWire(value);
    case 'function':
    case 'symbol':
      throw new TypeError(`A ${typeof value} cannot leave the skill.`);
  }
}

function objectToWire(value: object): unknown {
  if (Array.isArray(value)) {
    return value.map(toWire);
  }
  const name = binaryName(value);
  if (name) {
    return {
      [MARK]: name,
      of: encodeBase64(bytesOf(value as ArrayBuffer | ArrayBufferView))
    };
  }
  const pairs = Object.entries(value).map(
    ([key, item]) => [key, toWire(item)] as const
  );
  return MARK in value ? { [MARK]: 'object', of: pairs } : Object.fromEntries(pairs);
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(fromWire);
  }
  if (!isRecord(value)) {
    return value;
  }
  const kind = value[MARK];
  if (typeof kind === 'string') {
    return fromMark(kind, value['of']);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fromWire(item)])
  );
}

function fromMark(kind: string, of: unknown): unknown {
  if (kind === 'undefined') {
    return undefined;
  }
  if (kind === 'object' && Array.isArray(of)) {
    const pairs = of as readonly (readonly [string, unknown])[];
    return Object.fromEntries(pairs.map(([key, item]) => [key, fromWire(item)]));
  }
  const text = typeof of === 'string' ? of : '';
  if (kind === 'number' || kind === 'bigint') {
    return kind === 'number' ? Number(text) : BigInt(text);
  }
  if (isBinaryName(kind)) {
    return binaryOf(kind, decodeBase64(text).buffer as ArrayBuffer);
  }
  throw new TypeError(`Nothing is known of the data "${kind}".`);
}
