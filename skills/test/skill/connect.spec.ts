import fc from 'fast-check';
import {
  connects,
  connectsInList,
  fitsType,
  PORT_TYPES,
  type PortType
} from '../../src/index';

describe('connects', () => {
  it.each<[PortType, PortType, boolean]>([
    ['integer', 'number', true],
    ['number', 'integer', false],
    ['number', 'string', false],
    ['array<number>', 'array', true],
    ['array', 'array<number>', true],
    ['array', 'object', false],
    ['scene', 'object', true],
    ['scene', 'mesh', false],
    ['mesh', 'scene', true],
    ['geometry', 'material', false],
    ['string', 'circuit', true],
    ['boolean', 'integer', false],
    ['table', 'array<number>', false]
  ])('an output of type %s into an input of type %s: %s', (output, input, fits) => {
    expect(connects(output, input)).toBe(fits);
  });

  it('lets every type into itself, and any into and out of each', () => {
    for (const type of PORT_TYPES) {
      expect(connects(type, type)).toBe(true);
      expect(connects(type, 'any')).toBe(true);
      expect(connects('any', type)).toBe(true);
    }
  });

  it('never refuses what each value of the output’s type would fit', () => {
    const samples: readonly (readonly [PortType, unknown])[] = [
      ['integer', 3],
      ['number', 2.5],
      ['string', 'x'],
      ['boolean', true],
      ['array<number>', [1]]
    ];
    const pair = fc.tuple(fc.constantFrom(...samples), fc.constantFrom(...PORT_TYPES));
    fc.assert(
      fc.property(pair, ([[output, value], input]) => {
        expect(connects(output, input)).toBe(fitsType(input, value));
      })
    );
  });
});

describe('connectsInList', () => {
  it.each<[PortType, string, PortType, boolean]>([
    ['mesh', 'meshes', 'array', true],
    ['geometry', 'all_geometries', 'array', true],
    ['number', 'numbers', 'array', true],
    ['mesh', 'heights', 'array', false],
    ['mesh', 'mesh', 'array', false],
    ['mesh', 'meshes', 'object', false],
    // As they are, since they can be the whole list.
    ['table', 'tables', 'array', false],
    ['any', 'anys', 'array', false]
  ])('an output of type %s into "%s" of type %s: %s', (output, name, type, fits) => {
    expect(connectsInList(output, { name, type })).toBe(fits);
  });
});
