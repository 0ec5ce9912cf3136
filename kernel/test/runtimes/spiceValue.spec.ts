import fc from 'fast-check';
import { formatSpiceValue, parseSpiceValue } from '../../src/runtimes/spiceValue';

describe('parseSpiceValue', () => {
  it.each([
    ['4k7', 4700],
    ['10u', 1e-5],
    ['10uF', 1e-5],
    ['2.2meg', 2.2e6],
    ['2.2MEG', 2.2e6],
    ['2meg2', 2.2e6],
    ['4R7', 4.7],
    ['0r5', 0.5],
    ['1e3k', 1e6],
    ['-3.3', -3.3],
    ['.5', 0.5],
    ['5.', 5],
    ['10M', 0.01],
    ['100nF', 1e-7],
    ['4µ7', 4.7e-6],
    ['1mil', 25.4e-6],
    ['10V', 10],
    ['1t', 1e12],
    ['2a', 2e-18]
  ])('reads %s', (text, value) => {
    expect(parseSpiceValue(text)).toBeCloseTo(
      value,
      20 - Math.ceil(Math.log10(Math.abs(value)))
    );
  });

  it.each(['', 'k', 'abc', '1..2', '4k7k', '1 k', '2M2', '--1', 'r1'])(
    'refuses %p',
    text => {
      expect(parseSpiceValue(text)).toBeNull();
    }
  );
});

describe('formatSpiceValue', () => {
  it.each([
    [4700, '4.7k'],
    [1e-5, '10u'],
    [2.2e6, '2.2meg'],
    [100, '100'],
    [0, '0'],
    [-0.047, '-47m'],
    [1e-20, '1e-20'],
    [1.5e16, '1.5e16'],
    [123456789, '123.456789meg']
  ])('writes %p as %s', (value, text) => {
    expect(formatSpiceValue(value)).toBe(text);
  });

  it('reads back exactly, for every finite number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        const back = parseSpiceValue(formatSpiceValue(value));
        return back === value || (value === 0 && back === 0);
      }),
      { numRuns: 5000 }
    );
  });

  it('refuses what a netlist cannot hold', () => {
    expect(() => formatSpiceValue(NaN)).toThrow(/no value that a netlist can hold/);
    expect(() => formatSpiceValue(Infinity)).toThrow(RangeError);
  });
});
