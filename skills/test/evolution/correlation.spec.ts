import * as fc from 'fast-check';
import { findCorrelations } from '../../src/evolution/correlation';

const observed = (values: readonly (number | string | undefined)[]) =>
  values.map(value =>
    value === undefined ? undefined : { type: 'any', value, weight: 1 }
  );

describe('findCorrelations', () => {
  it('tells of inputs that rise or fall together, each way', () => {
    const found = findCorrelations(
      new Map([
        ['a.x', observed([1, 2, 3, 4, 5])],
        ['a.y', observed([100, 90, 50, 20, 1])],
        ['b.text', observed(['p', 'q', 'r', 's', 't'])]
      ])
    );
    expect(found.get('a.x')).toEqual([{ with: 'a.y', rho: -1, n: 5 }]);
    expect(found.get('a.y')).toEqual([{ with: 'a.x', rho: -1, n: 5 }]);
    expect(found.size).toBe(2);
  });

  it('says nothing of four runs, of constants, and of runs that set only one', () => {
    const pairs = (x: (number | undefined)[], y: (number | undefined)[]) =>
      findCorrelations(
        new Map([
          ['x', observed(x)],
          ['y', observed(y)]
        ])
      ).size;
    expect(pairs([1, 2, 3, 4], [1, 2, 3, 4])).toBe(0);
    expect(pairs([1, 2, 3, 4, 5], [7, 7, 7, 7, 7])).toBe(0);
    expect(pairs([1, 2, 3, 4, 5], [1, 2, 3, 4, undefined])).toBe(0);
  });

  it('does not depend on the scale or the order of runs', () => {
    const pair = fc.tuple(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 })
    );
    fc.assert(
      fc.property(fc.array(pair, { minLength: 5, maxLength: 30 }), pairs => {
        const rho = (list: readonly (readonly [number, number])[]) =>
          findCorrelations(
            new Map([
              ['x', observed(list.map(([x]) => Math.log(x)))],
              ['y', observed(list.map(([, y]) => y ** 3))]
            ])
          ).get('x')?.[0]?.rho;
        expect(rho([...pairs].reverse())).toBe(rho(pairs));
      })
    );
  });
});
