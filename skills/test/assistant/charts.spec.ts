import { readChart } from '../../src/assistant/charts';

const ENCODING = {
  x: { field: 'a', title: 'length (Å)' },
  y: { field: 'b' },
  color: { field: 'c' }
};

describe('readChart', () => {
  it('reads the numbers by series, with the titles of the axes', () => {
    const values = [
      { a: 1, b: 2, c: 'one' },
      { a: 1, b: 3, c: 'two' },
      { a: 'late', b: 4, c: 'one' },
      { a: 2, b: null, c: 'two' }
    ];
    const chart = {
      ...{ x: 'length (Å)', y: 'b' },
      series: [
        {
          name: 'one',
          points: [
            [1, 2],
            ['late', 4]
          ]
        },
        { name: 'two', points: [[1, 3]] }
      ]
    };
    expect(readChart({ data: { values }, encoding: ENCODING })).toEqual(chart);
    // As Altair writes them.
    const named = { data: { name: 'd' }, datasets: { d: values }, encoding: ENCODING };
    expect(readChart(named)).toEqual(chart);
  });

  it.each([
    undefined,
    null,
    'text',
    {},
    { data: { url: 'a.csv' }, encoding: ENCODING },
    { data: { values: [] }, layer: [] },
    { data: { values: [] }, encoding: { x: { field: 'a' }, y: { aggregate: 'count' } } }
  ])('has nothing of what is built otherwise: %j', spec => {
    expect(readChart(spec)).toBeNull();
  });
});
