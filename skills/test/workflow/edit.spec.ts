import fc from 'fast-check';
import {
  analyseCell,
  parseCell,
  removeArgument,
  setArgument,
  skillCalls,
  toCell,
  type IExecutableSkill,
  type ISkillCall,
  type JsonValue
} from '../../src/index';

function callOf(source: string): ISkillCall {
  const [call] = skillCalls(analyseCell(source));
  if (!call) {
    throw new Error(`no skill call in ${source}`);
  }
  return call;
}
const set = (source: string, name: string, value: string, inputs?: string[]) =>
  setArgument(source, callOf(source), name, value, inputs);
const remove = (source: string, name: string, inputs?: string[]) =>
  removeArgument(source, callOf(source), name, inputs);

describe('setArgument', () => {
  it('rewrites the value alone', () => {
    expect(set('v = await skill("a")(x = 1 ,  y=f(2))  # note', 'x', 'h.x')).toBe(
      'v = await skill("a")(x = h.x ,  y=f(2))  # note'
    );
    expect(set('v = await skill("a")(x=(1))', 'x', '2')).toBe(
      'v = await skill("a")(x=2)'
    );
  });

  it('adds an argument in the manner of the call', () => {
    expect(set('await skill("a")()', 'x', '1')).toBe('await skill("a")(x=1)');
    expect(set('await skill("a")(y=2)', 'x', '1')).toBe('await skill("a")(y=2, x=1)');
    expect(set('await skill("a")(\n    y=2,\n)', 'x', '1')).toBe(
      'await skill("a")(\n    y=2,\n    x=1,\n)'
    );
    expect(set('await skill("a")(\n    y=2\n)', 'x', '1')).toBe(
      'await skill("a")(\n    y=2,\n    x=1\n)'
    );
  });

  it('finds arguments given by position', () => {
    expect(set('await skill("a")(1, 2)', 'y', '3', ['x', 'y'])).toBe(
      'await skill("a")(1, 3)'
    );
  });

  it('puts brackets round a tuple', () => {
    expect(set('await skill("a")()', 'x', '1, 2')).toBe('await skill("a")(x=(1, 2))');
  });

  it.each([
    '',
    '1 +',
    '(',
    'x = 1',
    '1, y=2',
    '*a',
    'f(',
    '"',
    '1 # note',
    'pass',
    ')('
  ])('refuses %j', value => {
    expect(set('await skill("a")(x=1)', 'x', value)).toBeNull();
  });

  it('refuses a name that is none', () => {
    expect(set('await skill("a")()', 'x y', '1')).toBeNull();
  });
});

describe('removeArgument', () => {
  it.each([
    ['await skill("a")(x=1)', 'x', 'await skill("a")()'],
    ['await skill("a")(x=1, y=2)', 'x', 'await skill("a")(y=2)'],
    ['await skill("a")(x=1, y=2)', 'y', 'await skill("a")(x=1)'],
    ['await skill("a")(x=1, y=2, z=3)', 'y', 'await skill("a")(x=1, z=3)'],
    ['await skill("a")(\n    x=1,\n    y=2,\n)', 'x', 'await skill("a")(\n    y=2,\n)'],
    ['await skill("a")(\n    x=1,\n    y=2,\n)', 'y', 'await skill("a")(\n    x=1,\n)'],
    ['await skill("a")(\n    x=1,\n)', 'x', 'await skill("a")()'],
    ['await skill("a")(x=1)', 'other', 'await skill("a")(x=1)']
  ])('takes out of %j the input %s', (source, name, result) => {
    expect(remove(source, name)).toBe(result);
  });

  it('refuses to shift positional arguments', () => {
    expect(remove('await skill("a")(1, 2)', 'x', ['x', 'y'])).toBeNull();
    expect(remove('await skill("a")(1, 2)', 'y', ['x', 'y'])).toBe(
      'await skill("a")(1)'
    );
  });
});

const skill: IExecutableSkill = {
  kind: 'executable',
  id: 'quantum-vqe',
  name: 'Test',
  description: 'A test.',
  category: 'test',
  keywords: [],
  aliases: [],
  body: '',
  type: 'python-wasm',
  mode: 'browser-wasm',
  pure: true,
  inputs: ['x', 'y', 'z'].map(name => ({ name, type: 'any' })),
  outputs: [],
  code: '',
  codeLine: 1
};
const value = fc.jsonValue() as fc.Arbitrary<JsonValue>;

describe('parseCell', () => {
  it('reads back what toCell writes', () => {
    const argument = fc.oneof(
      value.map(json => ({ value: json })),
      fc
        .constantFrom('h.x', 'f(1, 2)', '[i for i in r]', 'a if b else c')
        .map(source => ({
          source
        }))
    );
    const values = fc.dictionary(fc.constantFrom('x', 'y', 'z'), argument);
    fc.assert(
      fc.property(values, given => {
        const cell = parseCell(toCell(skill, 'vqe', given));
        expect(cell).toMatchObject({ skill: 'quantum-vqe', target: 'vqe' });
        expect(cell?.values).toEqual({ ...given });
      })
    );
  });

  it('reads a cell beside other statements, with positional arguments', () => {
    const source = 'from llmos import skill\nh = await skill("a")("H2", y=d)\nh.x';
    expect(parseCell(source, ['x', 'y'])).toMatchObject({
      skill: 'a',
      target: 'h',
      values: { x: { value: 'H2' }, y: { source: 'd' } }
    });
  });

  it.each([
    'x = 1',
    'a = await skill("a")(); b = await skill("b")()',
    'for i in r:\n    await skill("a")()',
    'await skill("a")(**inputs)',
    'await skill("a")('
  ])('leaves %s to the text editor', source => {
    expect(parseCell(source)).toBeNull();
  });

  it('sees each input that setArgument sets', () => {
    const start = 'vqe = await skill("quantum-vqe")(x=1)';
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.integer())),
        edits => {
          let source = start;
          const wanted: Record<string, { value: number }> = { x: { value: 1 } };
          for (const [name, number] of edits) {
            if (number % 3 === 0) {
              source = remove(source, name) ?? '';
              delete wanted[name];
            } else {
              source = set(source, name, String(number)) ?? '';
              wanted[name] = { value: number };
            }
          }
          expect(parseCell(source)?.values).toEqual(wanted);
        }
      )
    );
  });
});
