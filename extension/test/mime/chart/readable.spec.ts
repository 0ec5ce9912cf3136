/** @jest-environment node */

import { compile, type TopLevelSpec } from 'vega-lite';

import { readable } from '../../../src/mime/chart/readable';

/** What Vega is told of the labels of the axes, by the channel. */
function labels(config: object): Record<string, { overlap: unknown; apart: unknown }> {
  const spec = {
    data: { values: [{ a: 'one', b: 1 }] },
    mark: 'bar',
    encoding: {
      x: { field: 'a', type: 'nominal' },
      y: { field: 'b', type: 'quantitative' }
    },
    config
  };
  const { axes = [], config: inner = {} } = compile(
    readable(spec) as TopLevelSpec
  ).spec;
  const { axis, axisX, axisY, axisBottom, axisLeft } = inner;
  // Vega itself knows what holds for all axes, for one side and for one channel.
  const general = {
    x: { ...axis, ...axisBottom, ...axisX },
    y: { ...axis, ...axisLeft, ...axisY }
  };
  return Object.fromEntries(
    axes
      .filter(({ grid }) => grid !== true)
      .map(own => {
        const all = { ...general[own.scale === 'x' ? 'x' : 'y'], ...own };
        return [own.scale, { overlap: all.labelOverlap, apart: all.labelSeparation }];
      })
  );
}

describe('readable', () => {
  it('leaves out labels that would run together', () => {
    expect(labels({ view: { stroke: null } })).toEqual({
      x: { overlap: true, apart: 2 },
      y: { overlap: true, apart: 8 }
    });
  });

  it.each(['axis', 'axisX', 'axisBottom', 'axisDiscrete', 'axisBand', 'axisXDiscrete'])(
    'leaves to a chart what it says in %s',
    key => {
      const config = {
        [key]: { labelOverlap: false, labelSeparation: 5, grid: false }
      };
      expect(labels(config).x).toEqual({ overlap: false, apart: 5 });
      expect(config[key]).toEqual({
        labelOverlap: false,
        labelSeparation: 5,
        grid: false
      });
    }
  );

  it.each(['axisX', 'axisBottom', 'axisXDiscrete'])(
    'keeps its own for the axis of which %s says nothing',
    key => {
      const config = { [key]: { labelOverlap: false, labelSeparation: 5 } };
      expect(labels(config).y).toEqual({ overlap: true, apart: 8 });
    }
  );

  it('adds what a chart does not say', () => {
    expect(labels({ axis: { labelOverlap: false } }).x).toEqual({
      overlap: false,
      apart: 2
    });
  });

  it('leaves alone what is no chart', () => {
    expect(readable('text')).toBe('text');
  });
});
