import * as fc from 'fast-check';
import { decodeWire, encodeWire } from '../../src/runtimes/engine/wire';

const scalar = fc.oneof(
  fc.constantFrom(undefined, null, true, NaN, Infinity, -Infinity, -0),
  fc.double(),
  fc.string(),
  fc.bigInt(),
  fc.float32Array(),
  fc.float64Array(),
  fc.int8Array(),
  fc.uint16Array(),
  fc.bigInt64Array()
);
const { data } = fc.letrec(tie => ({
  data: fc.oneof({ maxDepth: 4 }, scalar, tie('list'), tie('record')),
  list: fc.array(tie('data')),
  record: fc.dictionary(
    fc
      .oneof(fc.string(), fc.constantFrom('$llmos', 'of', 'length'))
      .filter(key => key !== '__proto__'),
    tie('data')
  )
}));

describe('data as text', () => {
  it('comes back equal, whatever JSON lacks', () => {
    fc.assert(
      fc.property(data, value => {
        expect(decodeWire(encodeWire(value))).toEqual(withPlainPrototype(value));
      })
    );
  });

  it('refuses what is no data', () => {
    expect(() => encodeWire({ f: () => 1 })).toThrow(
      'A function cannot leave the skill'
    );
  });
});

/** fast-check makes objects without a prototype too. */
function withPlainPrototype(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withPlainPrototype);
  }
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, withPlainPrototype(item)])
    );
  }
  return value;
}
