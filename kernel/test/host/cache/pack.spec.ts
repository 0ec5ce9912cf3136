import fc from 'fast-check';
import { pack, sizeOf, unpack } from '../../../src/host/cache';

/** All that crosses from a runtime, numbers that JSON lacks among it. */
const data = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, undefined, NaN, -0, Infinity, -Infinity),
    fc.boolean(),
    fc.integer(),
    fc.double(),
    fc.bigInt(),
    fc.string({ unit: 'binary' }),
    fc.float64Array(),
    fc.float32Array(),
    fc.int8Array(),
    fc.uint8ClampedArray(),
    fc.int16Array(),
    fc.uint32Array(),
    fc.bigInt64Array(),
    fc.uint8Array().map(bytes => bytes.slice().buffer),
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(
        fc.string(),
        fc.constantFrom('$', '$$', '$bytes', '$number', '__proto__')
      ),
      tie('value'),
      { noNullPrototype: true }
    )
  )
})).value;

describe('packed data', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(data, value => {
        expect(unpack(pack(value))).toStrictEqual(value);
      })
    );
  });

  it('takes only the elements that a view shows', () => {
    const view = new Float64Array([1, 2, 3, 4]).subarray(1, 3);
    expect(pack(view).buffers[0]?.byteLength).toBe(16);
    expect(unpack(pack(view))).toEqual(new Float64Array([2, 3]));
  });

  it('is a copy', () => {
    const array = new Int32Array([1, 2]);
    const packed = pack({ array });
    array[0] = 9;
    expect(unpack(packed)).toEqual({ array: new Int32Array([1, 2]) });
    expect(unpack(packed)).not.toBe(unpack(packed));
  });

  it.each([
    ['a function', { f: () => 1 }],
    ['a date', [new Date(0)]],
    ['a map', new Map()],
    ['a symbol', Symbol('x')]
  ])('refuses %s', (_name, value) => {
    expect(() => pack(value)).toThrow(/is no data/);
  });

  it('refuses a text that it has not made', () => {
    expect(() =>
      unpack({ kind: 'data', text: '{"$code":"x"}', buffers: [] })
    ).toThrow();
    expect(() =>
      unpack({ kind: 'data', text: '{"$bytes":["Int8Array",3]}', buffers: [] })
    ).toThrow();
  });

  it('knows its size', () => {
    expect(sizeOf(pack(new Float64Array(1000)))).toBeGreaterThanOrEqual(8000);
  });
});
