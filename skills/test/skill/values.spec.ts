import {
  checkInputs,
  PORT_TYPES,
  typeOfValue,
  withDefaults,
  fitsType
} from '../../src/index';
import type { IPort, PortType } from '../../src/index';

const messages = (ports: readonly IPort[], values: Record<string, unknown>): string[] =>
  checkInputs('vqe', ports, values).map(problem => problem.message);

describe('checkInputs', () => {
  it('names skill, input, what was expected and what was given', () => {
    const ports: readonly IPort[] = [{ name: 'iterations', type: 'integer' }];
    expect(checkInputs('quantum-vqe', ports, { iterations: 'ten' })).toEqual([
      {
        code: 'wrong-type',
        skill: 'quantum-vqe',
        input: 'iterations',
        expected: 'integer',
        given: 'string "ten"',
        message:
          'Skill "quantum-vqe", input "iterations": expected integer, given string "ten".'
      }
    ]);
  });

  it('reports every input that is missing, out of range or none of the choices', () => {
    const ports: readonly IPort[] = [
      { name: 'h', type: 'object', required: true },
      { name: 'n', type: 'integer', minimum: 1, maximum: 9 },
      { name: 'x', type: 'number', minimum: 0 },
      { name: 'kind', type: 'string', enum: ['line', 'bar'] }
    ];
    expect(messages(ports, { n: 10, x: -0.5, kind: 'pie' })).toEqual([
      'Skill "vqe", input "h": expected object, given nothing.',
      'Skill "vqe", input "n": expected at most 9, given integer 10.',
      'Skill "vqe", input "x": expected at least 0, given number -0.5.',
      'Skill "vqe", input "kind": expected "line" or "bar", given string "pie".'
    ]);
  });

  it('refuses NaN where a range is set', () => {
    const ports: readonly IPort[] = [{ name: 'x', type: 'number', minimum: 0 }];
    expect(messages(ports, { x: NaN })).toHaveLength(1);
  });

  it('suggests the input that was meant', () => {
    const ports: readonly IPort[] = [{ name: 'iterations', type: 'integer' }];
    expect(messages(ports, { iteratons: 3 })).toEqual([
      'Skill "vqe" has no input "iteratons": it takes one of iterations. Did you mean "iterations"?'
    ]);
    expect(messages([], { toString: 1 })).toHaveLength(1);
  });

  it('takes null for an optional input without default only', () => {
    expect(messages([{ name: 'x', type: 'number' }], { x: null })).toEqual([]);
    expect(
      messages([{ name: 'x', type: 'number', default: 1 }], { x: null })
    ).toHaveLength(1);
    expect(messages([{ name: 'x', type: 'any', required: true }], { x: null })).toEqual(
      []
    );
  });

  it('does not take values from a prototype', () => {
    expect(
      messages([{ name: 'toString', type: 'any', required: true }], {})
    ).toHaveLength(1);
  });
});

describe('fitsType', () => {
  const samples: readonly (readonly [unknown, readonly PortType[]])[] = [
    [1, ['number', 'integer', 'any']],
    [1.5, ['number', 'any']],
    [10n, ['number', 'integer', 'any']],
    ['a', ['string', 'image', 'circuit', 'any']],
    [true, ['boolean', 'any']],
    [
      [1, 2],
      ['array', 'array<number>', 'table', 'any']
    ],
    [['a'], ['array', 'table', 'any']],
    [new Float64Array(2), ['array', 'array<number>', 'table', 'any']],
    [
      { a: 1 },
      [
        'object',
        'image',
        'geometry',
        'material',
        'mesh',
        'scene',
        'circuit',
        'table',
        'any'
      ]
    ],
    [undefined, []],
    [null, ['any']]
  ];

  it.each(samples)('knows the ports for %p', (value, types) => {
    expect(PORT_TYPES.filter(type => fitsType(type, value)).sort()).toEqual(
      [...types].sort()
    );
  });
});

describe('typeOfValue', () => {
  it.each([
    [3, 'integer'],
    [3.5, 'number'],
    ['', 'string'],
    [[], 'array'],
    [{}, 'object'],
    [null, 'null'],
    [undefined, 'undefined']
  ])('%p is %s', (value, type) => {
    expect(typeOfValue(value)).toBe(type);
  });
});

describe('withDefaults', () => {
  it('fills in what was not given', () => {
    const ports: readonly IPort[] = [
      { name: 'a', type: 'integer', default: 1 },
      { name: 'b', type: 'integer', default: 2 },
      { name: 'c', type: 'integer' }
    ];
    expect(withDefaults(ports, { b: 5 })).toEqual({ a: 1, b: 5 });
  });
});
