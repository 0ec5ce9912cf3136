import fc from 'fast-check';
import {
  decodeBase64,
  encodeBase64,
  isPackedArray,
  packArray,
  packComplex,
  packJson,
  unpackArray,
  unpackJson
} from '../src';
import { encodeByTable } from '../src/mime';

describe('base64', () => {
  it('is what Node writes, and reads back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(encodeByTable(bytes)).toBe(text);
        expect([...decodeBase64(text)]).toEqual([...bytes]);
      })
    );
  });

  it('refuses other characters', () => {
    expect(() => decodeBase64('ab*=')).toThrow('Character 3 is not base64.');
    expect(() => decodeBase64('abc€')).toThrow('Character 4 is not base64.');
  });

  it('takes a foreign text in linear time, and long arrays at once', () => {
    expect(() => decodeBase64(`${'='.repeat(1e6)}A`)).toThrow('Character 1 is');
    const bytes = new Uint8Array(1e5).fill(7);
    expect(decodeBase64(encodeByTable(bytes))).toEqual(bytes);
  });
});

describe('packed arrays', () => {
  it.each([
    Int8Array.of(-1, 2),
    Uint8Array.of(1, 255),
    Int16Array.of(-300, 300),
    Uint16Array.of(1, 65535),
    Int32Array.of(-70000, 1),
    Uint32Array.of(1, 4e9),
    BigInt64Array.of(-1n, 2n ** 60n),
    BigUint64Array.of(2n ** 63n),
    Float32Array.of(0.5, -1e30),
    Float64Array.of(Math.PI, NaN, Infinity)
  ])('keep type and values: %p', array => {
    const packed = packArray(array);
    expect(packed.dtype).toBe(
      array.constructor.name.replace('Array', '').replace('Big', '').toLowerCase()
    );
    expect(unpackArray(packed)).toEqual(array);
    expect(isPackedArray(JSON.parse(JSON.stringify(packed)))).toBe(true);
  });

  it('hold a part of a longer buffer only', () => {
    const part = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(unpackArray(packArray(part))).toEqual(Float32Array.of(2, 3));
  });

  it('take clamped bytes as bytes, and refuse kinds without a type', () => {
    expect(packArray(Uint8ClampedArray.of(300)).dtype).toBe('uint8');
    expect(() => packArray(new DataView(new ArrayBuffer(2)))).toThrow(
      /DataView cannot/
    );
    const half = Object.defineProperty(Uint16Array.of(1), Symbol.toStringTag, {
      value: 'Float16Array'
    });
    expect(() => packJson({ half })).toThrow(/Float16Array cannot be packed/);
  });

  it('hold complex numbers as pairs', () => {
    const packed = packComplex([1, 2], [3, 4]);
    expect(packed.dtype).toBe('complex128');
    expect(unpackArray(packed)).toEqual(Float64Array.of(1, 3, 2, 4));
  });
});

describe('packed JSON', () => {
  it('comes back with its arrays as they were', () => {
    const value = { a: [1, 'x', null, true], b: { c: Float32Array.of(1, 2) } };
    const stored = JSON.parse(JSON.stringify(packJson(value))) as ReturnType<
      typeof packJson
    >;
    expect(unpackJson(stored)).toEqual(value);
  });

  it('leaves out what JSON cannot hold', () => {
    expect(packJson({ a: undefined, b: () => 1, c: NaN, d: 10n })).toEqual({
      c: null,
      d: null
    });
  });
});
