import fc from 'fast-check';
import {
  formatValues,
  givenValues,
  parseSweepOption,
  rangeValues,
  readPython,
  readValue,
  readValues,
  type IPort,
  type ISweepRange,
  type SweepValues
} from '../../../src/index';

const port = (type: IPort['type'], more: Partial<IPort> = {}): IPort => ({
  ...{ name: 'x', type, required: false },
  ...more
});
const read = (type: IPort['type'], text: string, more: Partial<IPort> = {}) =>
  readValues('s', port(type, more), text);
const range = (type: IPort['type'], given: Partial<ISweepRange>) =>
  rangeValues('s', port(type), {
    ...{ from: 0, to: 1, count: 3, scale: 'linear' },
    ...given
  });
const texts = (found: SweepValues): readonly string[] =>
  found.ok ? found.values.map(({ text }) => text) : [found.reason];

describe('one value of an input', () => {
  it.each<[IPort['type'], string, string]>([
    ['number', '2', '2.0'],
    ['integer', '2.0', '2'],
    ['boolean', 'true', 'True'],
    ['string', 'h2, or lih', '"h2, or lih"'],
    ['string', "'h2'", '"h2"'],
    ['array', '[1, 2]', '[1, 2]'],
    ['any', '4k7', '"4k7"'],
    ['any', '1e3', '1e3'],
    ['integer', 'x', '"x" is no value for "x".'],
    ['integer', '1k', '"1k" is no value for "x".'],
    ['any', 'h2', '"h2" is no value for "x". Write a text in quotes.']
  ])('of type %s is read of %s', (type, text, expected) => {
    const found = readValue('s', port(type), text);
    expect('reason' in found ? found.reason : found.text).toBe(expected);
  });

  it('is what the input takes', () => {
    const found = readValue('s', port('number', { maximum: 3 }), '4');
    expect(found).toEqual({ reason: expect.stringContaining('at most 3') as string });
  });
});

describe('the values of a sweep', () => {
  it('are read as the command line reads them', () => {
    expect(texts(read('number', '0:1:5'))).toEqual([
      '0.0',
      '0.25',
      '0.5',
      '0.75',
      '1.0'
    ]);
    expect(texts(read('number', '1:0:3'))).toEqual(['1.0', '0.5', '0.0']);
    expect(texts(read('number', '2:2:1'))).toEqual(['2.0']);
    expect(texts(read('integer', '1:3:5'))).toEqual(['1', '2', '3']);
    expect(texts(read('number', '1,2.5, 3'))).toEqual(['1.0', '2.5', '3.0']);
    expect(texts(read('string', 'a,b'))).toEqual(['"a"', '"b"']);
    expect(texts(read('any', '[1, [2, 3], "a, b"]'))).toEqual([
      '1',
      '[2, 3]',
      '"a, b"'
    ]);
    expect(texts(read('any', '1k, 2.2meg, -.5u'))).toEqual([
      '"1k"',
      '"2.2meg"',
      '"-.5u"'
    ]);
    expect(texts(read('boolean', 'true, False'))).toEqual(['True', 'False']);
    expect(texts(read('number', '0.4:1.4:6'))).toEqual([
      '0.4',
      '0.6',
      '0.8',
      '1.0',
      '1.2',
      '1.4'
    ]);
    expect(texts(read('number', '-0.1:0.2:4'))).toEqual(['-0.1', '0.0', '0.1', '0.2']);
    const long = read('number', '0.4:2.5:24');
    expect(long.ok && [long.values.length, long.values[0]?.value]).toEqual([24, 0.4]);
    expect(long.ok && long.values[1]?.value).toBe(0.4 + (2.5 - 0.4) * (1 / 23));
    expect(long.ok && long.values[23]?.value).toBe(2.5);
  });

  it('are refused with a reason where the input does not take them', () => {
    for (const wrong of [
      '0:1:0',
      '0:inf:3',
      'a:b:c',
      '0:1:9999999',
      '',
      '[1, 2',
      'x'
    ]) {
      expect(read('number', wrong).ok).toBe(false);
    }
    expect(texts(read('number', '1, 200', { maximum: 100 }))).toEqual([
      'Skill "s", input "x": expected at most 100, given integer 200.'
    ]);
    for (const forgotten of ['0.4:2.5', '0.4:2.5:', '0:1:2:3']) {
      expect(read('number', forgotten).ok).toBe(false);
    }
    expect(texts(read('number', '0.4:2.5'))[0]).toContain('Write A:B:N');
    expect(texts(read('any', '[1, "a:b"]'))).toEqual(['1', '"a:b"']);
    expect(texts(read('string', 'a, c', { enum: ['a', 'b'] }))[0]).toContain('"a"');
    expect(texts(read('integer', '1.5'))[0]).toContain('expected integer');
    expect(texts(range('string', {}))[0]).toContain('one by one');
    expect(texts(range('number', { scale: 'log' }))[0]).toContain('same sign');
  });

  it('round integers as Python does, and give none twice', () => {
    expect(texts(range('integer', { from: 0, to: 5, count: 11 }))).toEqual([
      ...['0', '1', '2', '3', '4', '5']
    ]);
    expect(texts(range('integer', { from: 0.5, to: 3.5, count: 4 }))).toEqual([
      ...['0', '2', '4']
    ]);
    expect(texts(read('number', '1, 1.0, 1'))).toEqual(['1.0']);
  });

  it('stand in even ratios on a log scale', () => {
    const found = range('number', { from: 1, to: 1000, count: 4, scale: 'log' });
    const values = found.ok ? found.values.map(({ value }) => Number(value)) : [];
    expect(values[0]).toBe(1);
    expect(values[3]).toBe(1000);
    expect(values[1]).toBe(10);
    expect(values[2]).toBe(100);
  });

  it('come as data from commands', () => {
    expect(texts(givenValues('s', port('number'), [1, 2.5]))).toEqual(['1.0', '2.5']);
    expect(texts(givenValues('s', port('string'), ['a,b']))).toEqual(['"a,b"']);
    expect(givenValues('s', port('integer'), ['a']).ok).toBe(false);
  });

  it('reach both ends of any range, and what is shown is read back', () => {
    const ends = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(ends, ends, fc.integer({ min: 1, max: 60 }), (from, to, count) => {
        const found = range('number', { from, to, count });
        if (!found.ok) {
          throw new Error(found.reason);
        }
        const { values } = found;
        expect(values[0]?.value).toBe(from);
        if (from !== to && count > 1) {
          expect(values.at(-1)?.value).toBe(to);
        }
        expect(values.every(({ text }) => /[.e]/.test(text))).toBe(true);
        expect(values.map(({ text }) => readPython(text))).toEqual(
          values.map(({ value }) => value)
        );
        expect(read('number', formatValues(values))).toEqual(found);
      })
    );
  });

  it('are shown and read back for texts and for anything', () => {
    const json = fc.jsonValue({ maxDepth: 2 }).filter(value => value !== null);
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 5 }), given => {
        const found = givenValues('s', port('any'), given as never[]);
        expect(found.ok && read('any', formatValues(found.values))).toEqual(found);
      })
    );
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), given => {
        const found = givenValues('s', port('string'), given);
        expect(found.ok && read('string', formatValues(found.values))).toEqual(found);
      })
    );
  });
});

describe('the notation of the command line', () => {
  it('is read', () => {
    const option = { cell: 'h', input: 'bond_length', values: '0.4:2.5:24' };
    expect(parseSweepOption('h.bond_length=0.4:2.5:24')).toEqual(option);
    expect(parseSweepOption('h.x')).toBeNull();
    expect(parseSweepOption('=3')).toBeNull();
  });
});
