import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { checkInput, type IPort, type JsonValue } from '@llmos-lab/skills';

import { problemText, unknownText, wantedText } from '../../src/form/fieldText';

const trans = nullTranslator.load('llmos');
const problemOf = (port: IPort, value: JsonValue | undefined): string | undefined => {
  const problem = checkInput('a-skill', port, value);
  return problem ? problemText(port, problem, trans) : undefined;
};

describe('what a form says of a value', () => {
  it('names range and unit', () => {
    const bond: IPort = {
      ...{ name: 'bond_length', type: 'number', unit: 'Å' },
      ...{ minimum: 0.2, maximum: 3 }
    };
    expect(wantedText(bond, trans)).toBe('a number from 0.2 to 3 Å');
    expect(problemOf(bond, 5)).toBe('bond_length is 5. Give a number from 0.2 to 3 Å.');
    expect(problemOf(bond, 'ten')).toBe(
      'bond_length is string "ten". Give a number from 0.2 to 3 Å.'
    );
    expect(problemOf(bond, 1)).toBeUndefined();
  });

  it('names an argument that is no input, and the one that may be meant', () => {
    expect(unknownText('iteration', ['iterations', 'layers'], trans)).toBe(
      'iteration is no input of this skill. Did you mean iterations?'
    );
    expect(unknownText('colour', ['iterations'], trans)).toBe(
      'colour is no input of this skill. Take it out of the call.'
    );
  });

  it('lists what may be chosen', () => {
    const kind: IPort = { name: 'kind', type: 'string', enum: ['bell', 'ghz'] };
    expect(problemOf(kind, 'x')).toBe('kind is "x". Give one of "bell", "ghz".');
  });

  it('asks for what is missing, in words', () => {
    const trace: IPort = { name: 'trace', type: 'array<number>', required: true };
    expect(problemOf(trace, undefined)).toBe(
      'trace is missing. Give a list of numbers.'
    );
    const count: IPort = { name: 'n', type: 'integer', minimum: 1, required: true };
    expect(problemOf(count, undefined)).toBe(
      'n is missing. Give a whole number of at least 1.'
    );
  });
});
