/** The kinds of typed arrays, by the names that JavaScript gives them. */
export const TYPED_ARRAYS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array
} as const;

/** What binary data is written down as. */
export type BinaryName = keyof typeof TYPED_ARRAYS | 'ArrayBuffer';
/** Any of the arrays. */
export type TypedArray = InstanceType<(typeof TYPED_ARRAYS)[keyof typeof TYPED_ARRAYS]>;

/** The kind of binary data that an object is, also of another realm; else undefined. */
export function binaryName(value: object): BinaryName | undefined {
  const name = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return isBinaryName(name) ? name : undefined;
}

/** Whether data is written down under this name. */
export function isBinaryName(name: string): name is BinaryName {
  return name === 'ArrayBuffer' || Object.hasOwn(TYPED_ARRAYS, name);
}

/** Binary data of a kind over all bytes of a buffer, which is not copied. */
export function binaryOf(
  name: BinaryName,
  buffer: ArrayBuffer
): ArrayBuffer | TypedArray {
  return name === 'ArrayBuffer' ? buffer : new TYPED_ARRAYS[name](buffer);
}
