import '../browser';

import { editInput, readForm, readTyped, smallestEdit } from '../../src/form/fields';
import { contextOf, entryOf, libraryOf, VQE } from '../skills/fixtures';

const MIXED = entryOf('mixed', {
  inputs: [
    { name: 'a', type: 'number', default: 1, maximum: 10 },
    { name: 'b', type: 'string', default: 'x', enum: ['x', 'y'] },
    { name: 'c', type: 'boolean', default: false }
  ]
});
const { library } = libraryOf(VQE, MIXED, contextOf('talk'), entryOf('bare'));
const find = library.get.bind(library);

describe('readForm', () => {
  it('tells values, expressions and defaults apart', () => {
    const form = readForm(
      'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)',
      find
    );
    expect(form).toMatchObject({
      entry: VQE,
      target: 'v',
      fields: [
        { given: { source: 'h.hamiltonian' }, problem: undefined },
        { given: undefined, problem: undefined }
      ]
    });
  });

  it('reads positional arguments', () => {
    const form = readForm('await skill("mixed")(2, "y")', find);
    expect(form?.fields.map(field => field.given)).toEqual([
      { value: 2 },
      { value: 'y' },
      undefined
    ]);
  });

  it('says what is wrong with a value, and what is missing', () => {
    const form = readForm('m = await skill("mixed")(a=11, b="z")', find);
    expect(form?.fields.map(field => field.problem)).toEqual([
      expect.objectContaining({ code: 'above-maximum', given: 'integer 11' }),
      expect.objectContaining({ code: 'not-in-enum' }),
      undefined
    ]);
    const missing = readForm('v = await skill("quantum-vqe")()', find);
    expect(missing?.fields[0]?.problem).toMatchObject({
      code: 'missing-input',
      input: 'hamiltonian'
    });
  });

  it('names arguments that are no inputs', () => {
    const form = readForm('m = await skill("mixed")(2, aa=1, b="y")', find);
    expect(form?.unknown).toEqual(['aa']);
    expect(readForm('m = await skill("bare")(x=1)', find)?.unknown).toEqual(['x']);
    expect(readForm('m = await skill("mixed")(a=2)', find)?.unknown).toEqual([]);
  });

  it('names a skill that takes no inputs', () => {
    const form = readForm('m = await skill("bare")()\nx = m.x', find);
    expect(form).toMatchObject({ fields: [], target: 'm' });
  });

  it.each([
    'x = 1',
    'a = await skill("mixed")()\nb = await skill("mixed")()',
    'm = await skill("unknown")()',
    'm = await skill("talk")()',
    'm = await skill("mixed")(**options)',
    'm = await skill("mixed")('
  ])('shows none for %j', source => {
    expect(readForm(source, find)).toBeUndefined();
  });
});

describe('editInput', () => {
  const source = '# scan\nm = await skill("mixed")(a=2,  b="y")  # keep\nprint(m)';

  it('rewrites one argument and nothing else', () => {
    expect(editInput(source, find, 'a', '2.5')).toBe(source.replace('a=2', 'a=2.5'));
    expect(editInput(source, find, 'c', 'True')).toBe(
      source.replace('b="y"', 'b="y", c=True')
    );
    expect(editInput(source, find, 'b', undefined)).toBe(
      source.replace('a=2,  b="y"', 'a=2')
    );
  });

  it('refuses what is no expression', () => {
    expect(editInput(source, find, 'a', '2 +')).toBeUndefined();
    expect(editInput(source, find, 'a', '1), evil(')).toBeUndefined();
    expect(editInput('x = 1', find, 'a', '1')).toBeUndefined();
  });
});

describe('smallestEdit', () => {
  it('gives the part that differs', () => {
    expect(smallestEdit('f(a=12)', 'f(a=152)')).toEqual({
      start: 5,
      end: 5,
      text: '5'
    });
    expect(smallestEdit('aaa', 'aa')).toEqual({ start: 2, end: 3, text: '' });
    expect(smallestEdit('same', 'same')).toBeUndefined();
  });
});

describe('readTyped', () => {
  it('takes text as it stands for strings, and Python for the rest', () => {
    expect(readTyped({ name: 's', type: 'string' }, 'h.x')).toEqual({ value: 'h.x' });
    expect(readTyped({ name: 'o', type: 'object' }, ' {"a": [1]} ')).toEqual({
      value: { a: [1] }
    });
    expect(readTyped({ name: 'o', type: 'any' }, 'h.x')).toEqual({ source: 'h.x' });
    expect(readTyped({ name: 'n', type: 'number' }, ' ')).toBeUndefined();
  });
});
