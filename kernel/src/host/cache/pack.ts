/**
 * Data of JavaScript as JSON text and bytes, and back, without any loss. What JSON lacks
 * stands as an object with one key that begins with `$`; keys of the data that begin so
 * get a second `$`.
 *
 * | value                               | in the text                              |
 * | ----------------------------------- | ---------------------------------------- |
 * | NaN, Infinity, -Infinity, -0        | `{"$number": "-0"}`                      |
 * | bigint                              | `{"$bigint": "12"}`                      |
 * | undefined                           | `{"$undefined": true}`                   |
 * | typed array, ArrayBuffer            | `{"$bytes": ["Float64Array", index]}`    |
 */
import { isRecord } from '@llmos-lab/skills';
import {
  binaryName,
  binaryOf,
  type BinaryName,
  type TypedArray
} from '../../runtimes/typedArrays';
import type { IPacked } from '../tokens';

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm (a frame, a worker's answer) have an Object of their own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Packs data; arrays are copied.
 *
 * @throws TypeError for what is no data: functions, class instances, symbols.
 * @example unpack(pack({ y: new Float32Array([1]) })) // { y: Float32Array [1] }
 */
export function pack(value: unknown): IPacked {
  const buffers: ArrayBuffer[] = [];

  const bytes = (name: BinaryName, data: object): unknown => {
    const copy =
      name === 'ArrayBuffer'
        ? (data as ArrayBuffer).slice(0)
        : (data as TypedArray).slice().buffer;
    return { $bytes: [name, buffers.push(copy) - 1] };
  };

  const take = (item: unknown): unknown => {
    switch (typeof item) {
      case 'string':
      case 'boolean':
        return item;
      case 'number':
        return Number.isFinite(item) && !Object.is(item, -0)
          ? item
          : { $number: Object.is(item, -0) ? '-0' : String(item) };
      case 'bigint':
        return { $bigint: String(item) };
      case 'undefined':
        return { $undefined: true };
      case 'object':
        return item === null ? null : takeObject(item);
      case 'function':
      case 'symbol':
        throw new TypeError(`A ${typeof item} is no data and cannot be kept.`);
    }
  };

  const takeObject = (item: object): unknown => {
    if (Array.isArray(item)) {
      return Array.from(item, take);
    }
    const name = binaryName(item);
    if (name) {
      return bytes(name, item);
    }
    if (!isPlain(item)) {
      throw new TypeError(`A ${item.constructor.name} is no data and cannot be kept.`);
    }
    return Object.fromEntries(
      Object.entries(item).map(([key, inner]) => [
        key.startsWith('$') ? `$${key}` : key,
        take(inner)
      ])
    );
  };

  return { kind: 'data', text: JSON.stringify(take(value)), buffers };
}

/**
 * The data that {@link pack} took; arrays are fresh copies.
 *
 * @throws Error when the text was not made by `pack`.
 */
export function unpack(packed: IPacked): unknown {
  const give = (item: unknown): unknown => {
    if (Array.isArray(item)) {
      return item.map(give);
    }
    if (!isRecord(item)) {
      return item;
    }
    const entries = Object.entries(item);
    const [first] = entries;
    if (entries.length === 1 && first && /^\$[^$]/.test(first[0])) {
      return special(first[0], first[1], packed.buffers);
    }
    return Object.fromEntries(
      entries.map(([key, inner]) => [
        key.startsWith('$$') ? key.slice(1) : key,
        give(inner)
      ])
    );
  };
  return give(JSON.parse(packed.text));
}

function special(
  tag: string,
  value: unknown,
  buffers: readonly ArrayBuffer[]
): unknown {
  switch (tag) {
    case '$number':
      return Number(value);
    case '$bigint':
      return BigInt(String(value));
    case '$undefined':
      return undefined;
    case '$bytes': {
      const [name, index] = value as [BinaryName, number];
      const buffer = buffers[index]?.slice(0);
      if (buffer) {
        return binaryOf(name, buffer);
      }
    }
  }
  throw new Error(`A packed value holds an unknown part, ${tag}.`);
}

/** Bytes that data takes about, without a copy of it; what is no data counts little. */
export function sizeOfData(value: unknown): number {
  const above = new Set<object>();
  const measure = (item: unknown): number => {
    if (typeof item === 'string') {
      return 2 * item.length;
    }
    if (typeof item !== 'object' || item === null || above.has(item)) {
      return 8;
    }
    if (binaryName(item)) {
      return (item as ArrayBuffer | TypedArray).byteLength;
    }
    above.add(item);
    let bytes = 16;
    for (const [key, inner] of Object.entries(item)) {
      bytes += 2 * key.length + measure(inner);
    }
    above.delete(item);
    return bytes;
  };
  return measure(value);
}

/** Bytes that a packed value takes; text counts as UTF-16, as browsers keep it. */
export function sizeOf({ text, buffers }: IPacked): number {
  return buffers.reduce((sum, buffer) => sum + buffer.byteLength, 2 * text.length);
}
