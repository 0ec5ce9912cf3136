/** MIME types of rich outputs, and the JSON that stands under each. Data only, never code. */

import type { JsonValue } from './skill/skill';

/** A Three.js scene with its animation clips: an `ISceneBundle`. */
export const SCENE_MIME = 'application/vnd.llmos.scene.v1+json';
/** A netlist with what ngspice computed for it: an `ICircuitBundle`. */
export const CIRCUIT_MIME = 'application/vnd.llmos.circuit.v1+json';
/** A quantum circuit or state. */
export const QUANTUM_MIME = 'application/vnd.llmos.quantum.v1+json';
/** A chart of Vega-Lite, as the plotting skills and Altair send it. */
export const CHART_MIME = 'application/vnd.vegalite.v5+json';

/** Element types of packed arrays; `complex128` is pairs of real and imaginary part. */
export const PACKED_TYPES = [
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float32',
  'float64',
  'complex128'
] as const;

/** Element types as numpy names them; `complex128` takes two doubles a number. */
export type PackedType = (typeof PACKED_TYPES)[number];

/** Numbers inside a bundle: their little-endian bytes as base64. */
export interface IPackedArray {
  readonly dtype: PackedType;
  readonly base64: string;
}

/** JSON in which number arrays may stand packed. */
export type PackedJson =
  | null
  | boolean
  | number
  | string
  | IPackedArray
  | readonly PackedJson[]
  | { readonly [key: string]: PackedJson | undefined };

/** How a skill set its renderer up, where that shows. */
export interface ISceneView {
  /** Clear colour as `#rrggbb`; null or absent when the theme's background shall show. */
  readonly background?: string | null;
  /** Seconds that one turn of the animation takes; 0 when nothing moves. */
  readonly duration: number;
  readonly shadows: boolean;
}

/** What a Three.js skill shows. */
export interface ISceneBundle {
  readonly v: 1;
  /**
   * Three.js's JSON object format (4.x), as `THREE.ObjectLoader.parse` reads it once
   * packed arrays are unpacked; animation clips stand in its `animations`.
   */
  readonly scene: { readonly [key: string]: PackedJson };
  /** The camera in the same format; null or absent when the scene shall be fitted. */
  readonly camera?: { readonly [key: string]: PackedJson } | null;
  readonly view: ISceneView;
}

/** Analyses whose results a circuit bundle can hold. */
export const ANALYSES = ['op', 'dc', 'ac', 'tran', 'noise'] as const;

/** A SPICE analysis by the name of its netlist command. */
export type Analysis = (typeof ANALYSES)[number];

/** What an ngspice skill shows. */
export interface ICircuitBundle {
  readonly v: 1;
  readonly title: string;
  /** The netlist as it ran: inputs filled in, files included. */
  readonly netlist: string;
  readonly analysis: Analysis;
  /** Name of the independent vector; null or absent for an operating point. */
  readonly axis?: string | null;
  /** By name, in ngspice's order, the axis first; AC values are `complex128`. */
  readonly vectors: { readonly [name: string]: IPackedArray };
  /** `s`, `Hz`, `V`, `A` and the like, by name. */
  readonly units: { readonly [name: string]: string };
  /** Operating point in volts and amperes by vector name, when it could be had. */
  readonly op: { readonly [name: string]: number };
  readonly log: string;
}

/** Whether `value` is a packed array. */
export function isPackedArray(value: unknown): value is IPackedArray {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { dtype, base64 } = value as Partial<IPackedArray>;
  return typeof base64 === 'string' && PACKED_TYPES.some(type => type === dtype);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const CODES = Uint8Array.from(ALPHABET, char => char.charCodeAt(0));
const PADDING = '='.charCodeAt(0);
/** The six bits of each character code, 255 for what is no digit. */
const DIGITS = new Uint8Array(128).fill(255);
CODES.forEach((code, digit) => {
  DIGITS[code] = digit;
});
/** Characters that are made into text at once: an argument each, which have a limit. */
const CHUNK = 8192;

/** Bytes as standard base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const native = (bytes as { readonly toBase64?: () => string }).toBase64;
  return typeof native === 'function' ? native.call(bytes) : encodeByTable(bytes);
}

/** What {@link encodeBase64} does in engines without ES2026's `toBase64`. */
export function encodeByTable(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let at = 0, to = 0; at < bytes.length; at += 3, to += 4) {
    const three =
      ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    codes[to] = CODES[three >> 18] ?? 0;
    codes[to + 1] = CODES[(three >> 12) & 63] ?? 0;
    codes[to + 2] = CODES[(three >> 6) & 63] ?? 0;
    codes[to + 3] = CODES[three & 63] ?? 0;
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  codes.fill(PADDING, codes.length - missing);
  const parts: string[] = [];
  for (let at = 0; at < codes.length; at += CHUNK) {
    parts.push(String.fromCharCode(...codes.subarray(at, at + CHUNK)));
  }
  return parts.join('');
}

/** Bytes of standard base64; throws a `RangeError` on any other character. */
export function decodeBase64(text: string): Uint8Array {
  const padded = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const length = text.length - padded;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = 0; index < length; index++) {
    const value = DIGITS[text.charCodeAt(index)] ?? 255;
    if (value === 255) {
      throw new RangeError(`Character ${index + 1} is not base64.`);
    }
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
  }
  return bytes;
}

const ARRAYS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  complex128: Float64Array
} as const;

/** A typed array, as `unpackArray` gives it. */
export type NumberArray = InstanceType<(typeof ARRAYS)[PackedType]>;

/** Packs a typed array; clamped bytes become `uint8`. Throws a `TypeError` for others. */
export function packArray(array: ArrayBufferView): IPackedArray {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  return { dtype: dtypeOf(array), base64: encodeBase64(bytes) };
}

/** By name, not by class: arrays may come from another realm. */
function dtypeOf(array: ArrayBufferView): PackedType {
  const name = Object.prototype.toString.call(array).slice(8, -1);
  const found = PACKED_TYPES.find(type => ARRAYS[type].name === name);
  if (!found && name !== 'Uint8ClampedArray') {
    throw new TypeError(
      `Arrays of the type ${name} cannot be packed; use Float32Array.`
    );
  }
  return found ?? 'uint8';
}

/** Packs complex numbers given as real and imaginary parts of one length. */
export function packComplex(
  re: ArrayLike<number>,
  im: ArrayLike<number>
): IPackedArray {
  const pairs = new Float64Array(re.length * 2);
  for (let index = 0; index < re.length; index++) {
    pairs[2 * index] = re[index] ?? 0;
    pairs[2 * index + 1] = im[index] ?? 0;
  }
  return { ...packArray(pairs), dtype: 'complex128' };
}

/** The typed array of a packed one; for `complex128` the pairs, one after another. */
export function unpackArray(packed: IPackedArray): NumberArray {
  const bytes = decodeBase64(packed.base64);
  const type = ARRAYS[packed.dtype];
  const length = Math.floor(bytes.byteLength / type.BYTES_PER_ELEMENT);
  return new type(bytes.buffer as ArrayBuffer, 0, length);
}

/** JSON-ready copy of `value`: typed arrays packed, `undefined` and functions left out. */
export function packJson(value: unknown): PackedJson {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return packArray(value);
  }
  if (Array.isArray(value)) {
    return value.map(packJson);
  }
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).filter(
      ([, item]) => item !== undefined && typeof item !== 'function'
    );
    return Object.fromEntries(kept.map(([key, item]) => [key, packJson(item)]));
  }
  return typeof value === 'string' || typeof value === 'boolean'
    ? value
    : typeof value === 'number' && Number.isFinite(value)
      ? value
      : null;
}

/** The reverse of `packJson`: packed arrays become typed arrays again. */
export function unpackJson(value: PackedJson | JsonValue | undefined): unknown {
  if (isPackedArray(value)) {
    return unpackArray(value);
  }
  if (Array.isArray(value)) {
    return value.map(item => unpackJson(item as PackedJson));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value) as [string, PackedJson][];
    return Object.fromEntries(entries.map(([key, item]) => [key, unpackJson(item)]));
  }
  return value;
}
