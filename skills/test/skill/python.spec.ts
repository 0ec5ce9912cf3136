import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import {
  formatArgument,
  formatPython,
  readPython,
  type JsonValue
} from '../../src/index';

const json = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<JsonValue>;

describe('formatPython', () => {
  it.each<[JsonValue, string]>([
    [null, 'None'],
    [true, 'True'],
    [[1, -2.5, false], '[1, -2.5, False]'],
    [{ a: 'x\n"y"' }, '{"a": "x\\n\\"y\\""}'],
    [1e21, '1e+21'],
    [-0, '-0.0']
  ])('writes %j as %s', (value, source) => {
    expect(formatPython(value)).toBe(source);
  });

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(json, value => {
        expect(readPython(formatPython(value))).toEqual(value);
      }),
      { numRuns: 500 }
    );
  });

  it('means the same to Python itself', () => {
    const values = fc.sample(json, { numRuns: 300, seed: 7 });
    const script =
      'import sys, json, ast\n' +
      'for line in sys.stdin.buffer.read().decode().split("\\0"):\n' +
      '    source, text = json.loads(line)\n' +
      '    assert ast.literal_eval(source) == json.loads(text), source\n' +
      'print("same")';
    const input = values
      .map(value => JSON.stringify([formatPython(value), JSON.stringify(value)]))
      .join('\0');
    expect(execFileSync('python3', ['-c', script], { input }).toString()).toBe(
      'same\n'
    );
  });
});

describe('formatArgument', () => {
  it('keeps the lines of a text', () => {
    expect(formatArgument('RC\nR1 a b 1k\n.end\n')).toBe('"""RC\nR1 a b 1k\n.end\n"""');
    expect(formatArgument('one')).toBe('"one"');
    expect(formatArgument(['a\nb'])).toBe('["a\\nb"]');
  });

  it('reads back as the same text, and to Python itself too', () => {
    const letters = fc.constantFrom(
      '\n',
      '"',
      "'",
      '\\',
      'a',
      'é',
      '\r',
      '\t',
      '\u2028'
    );
    const texts = fc.array(letters, { maxLength: 12 }).map(each => each.join(''));
    fc.assert(
      fc.property(texts, text => {
        expect(readPython(formatArgument(text))).toBe(text);
      }),
      { numRuns: 2000 }
    );
    const pairs = fc
      .sample(texts, { numRuns: 300, seed: 7 })
      .map(text => [formatArgument(text), text]);
    const script =
      'import ast, json, sys\n' +
      'for source, text in json.load(sys.stdin):\n' +
      '    assert ast.literal_eval(source) == text, source';
    execFileSync('python3', ['-c', script], { input: JSON.stringify(pairs) });
  });
});

describe('readPython', () => {
  it.each<[string, JsonValue]>([
    ["'it\\'s'", "it's"],
    ['"""a\nb"""', 'a\nb'],
    ['(1, 2,)', [1, 2]],
    ['(3)', 3],
    ['(3,)', [3]],
    ['()', []],
    ['{"a": [1, 2], "b": None}', { a: [1, 2], b: null }],
    ['[1, # one\n 2]', [1, 2]],
    ['1_000', 1000],
    ['0x1F', 31],
    ['.5', 0.5],
    ['5.', 5],
    ['1e-3', 0.001],
    ['"\\x41\\u00e9\\U0001f600"', 'Aé😀'],
    ['-0', 0],
    ['"\\d"', '\\d']
  ])('reads %s', (source, value) => {
    expect(readPython(source)).toEqual(value);
  });

  it.each([
    'h.x',
    'f(1)',
    '1 + 2',
    'x',
    '',
    '012',
    '{1: 2}',
    '{1, 2}',
    '"a" "b"',
    'f"{x}"',
    'r"x"',
    '1j',
    'True or False',
    '"no end',
    '[1 2]',
    '"\\101"'
  ])('leaves %s to Python', source => {
    expect(readPython(source)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), source => {
        readPython(source);
      })
    );
    expect(readPython('['.repeat(100_000))).toBeUndefined();
  });
});
