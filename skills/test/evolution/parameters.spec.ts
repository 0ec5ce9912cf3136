import * as fc from 'fast-check';
import { learnParameter } from '../../src/evolution/parameters';
import { quantile } from '../../src/evolution/quantile';
import type { JsonValue } from '../../src/skill/skill';

const learn = (values: readonly JsonValue[], type = 'number') =>
  learnParameter(values.map(value => ({ type, value, weight: 1 })));

describe('learnParameter', () => {
  it('takes a value that never varied as constant', () => {
    expect(learn(['cobyla', 'cobyla', 'cobyla'], 'string')).toMatchObject({
      kind: 'constant',
      default: 'cobyla'
    });
  });

  it('takes the commonest choice', () => {
    expect(learn(['a', 'b', 'a', 'a'], 'string')).toMatchObject({
      kind: 'learned',
      default: 'a',
      counts: [
        ['a', 3],
        ['b', 1]
      ]
    });
  });

  it('tells the range of integers in whole numbers', () => {
    const weighed = [100, 150, 120, 130, 110].map((value, days) => ({
      ...{ type: 'integer', value, weight: 0.5 ** (days / 30) }
    }));
    expect(learn([100, 150, 120, 130, 110], 'integer')).toMatchObject({
      ...{ default: 120, low: 110, high: 130, n: 5 }
    });
    expect(learn([100, 103, 120, 150], 'integer')).toMatchObject({
      ...{ default: 112, low: 102, high: 128 }
    });
    expect(learnParameter(weighed)).toMatchObject({ low: 110, high: 130 });
    expect(learn([100, 103, 120, 150])).toMatchObject({ low: 102.25, high: 127.5 });
    expect(learn([1, 5, 250, 900, 40], 'integer')).toMatchObject({
      ...{ kind: 'free', low: 5, high: 250 }
    });
  });

  it('learns no rounding errors of its own', () => {
    expect(learn([0.7, 0.735, 0.8, 0.9])).toMatchObject({
      ...{ default: 0.7675, low: 0.72625, high: 0.825 }
    });
  });

  it('shrugs off outliers', () => {
    expect(learn([10, 11, 10.5, 9.5, 10, 900])).toMatchObject({
      kind: 'learned',
      default: 10.25
    });
  });

  it('is not drawn to the side on which most outliers lie', () => {
    const near = Array.from({ length: 80 }, (_, i) => 100 + (i % 9) - 4);
    const far = Array.from({ length: 20 }, (_, i) => 200 + 40 * i);
    expect(learn([...near, ...far])).toMatchObject({ default: 100 });
  });

  it('works on a log scale when values span decades', () => {
    expect(
      learn([1e-6, 0.9e-2, 1e-2, 1.1e-2, 1e-2, 1.2e-2, 0.8e-2, 1, 10])
    ).toMatchObject({
      kind: 'learned',
      scale: 'log'
    });
  });

  it('gives no default where values are spread widely', () => {
    expect(learn([1, 500, 250, 900, 40])).toMatchObject({
      kind: 'free',
      reason: 'wide-spread'
    });
  });

  it.each([
    ['sk-ant-REDACTED', 'secret'],
    [['ghp', 'abcdefghijklmnopqrst1234'].join('_'), 'secret'],
    [['glpat', 'abcdefghij0123456789'].join('-'), 'secret'],
    [['AIza', 'Sy0123456789abcdefghijklmnopqrs'].join(''), 'secret'],
    [['hf', 'abcdefghij0123456789'].join('_'), 'secret'],
    [['xoxb', '1234567890', 'abc'].join('-'), 'secret'],
    ['https://ana:hunter2@example.org/x', 'secret'],
    ['/home/ana/data.csv', 'path'],
    ['C:\\data\\x.csv', 'path'],
    ['../results/run.csv', 'path'],
    ['https://example.org/x', 'path']
  ])('refuses %s as a default, even when it never varies', (value, reason) => {
    expect(learn([value, value, value], 'string')).toMatchObject({
      kind: 'free',
      default: null,
      reason
    });
  });

  it.each<[JsonValue, string]>([
    [['a', '/home/ana/data.csv'], 'path'],
    [{ files: [{ at: '../x.csv' }] }, 'path'],
    [{ '/home/ana/data.csv': 1 }, 'path'],
    [['/home/ana/data.csv', { key: 'sk-ant-REDACTED' }], 'secret'],
    [{ 'sk-ant-REDACTED': true }, 'secret']
  ])('refuses %j as a default for what stands in it', (value, reason) => {
    const free = { kind: 'free', default: null, reason };
    expect(learn([value, value, value], 'object')).toMatchObject(free);
  });

  it('takes lists and objects that hold neither', () => {
    const value = { layers: [4, 'relu', null, true] };
    expect(learn([value, value, value], 'object')).toMatchObject({
      kind: 'constant',
      default: value
    });
  });

  it('leaves an input free when traces kept only its hash', () => {
    const observation = { type: 'object', weight: 1 };
    expect(learnParameter([observation, observation])).toMatchObject({
      kind: 'free',
      reason: 'not-kept'
    });
  });
});

describe('quantile', () => {
  it('lies between the smallest and the largest value, and rises with the share', () => {
    const weighted = fc.record({
      value: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      weight: fc.double({ min: 0.01, max: 10, noNaN: true })
    });
    fc.assert(
      fc.property(
        fc.array(weighted, { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          const all = values.map(({ value }) => value);
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          expect(quantile(values, low)).toBeGreaterThanOrEqual(Math.min(...all) - 1e-6);
          expect(quantile(values, high)).toBeLessThanOrEqual(Math.max(...all) + 1e-6);
          expect(quantile(values, low)).toBeLessThanOrEqual(
            quantile(values, high) + 1e-6
          );
        }
      )
    );
  });

  it('is the usual median and quartiles for equal weights', () => {
    const values = [100, 110, 120, 130, 150].map(value => ({ value, weight: 1 }));
    expect([0, 0.25, 0.5, 0.75, 1].map(share => quantile(values, share))).toEqual([
      100, 110, 120, 130, 150
    ]);
  });

  it('counts a value of double weight twice in the middle', () => {
    const values = [1, 2, 3].map(value => ({ value, weight: value === 3 ? 4 : 1 }));
    expect(quantile(values, 0.5)).toBeGreaterThan(2);
  });
});
