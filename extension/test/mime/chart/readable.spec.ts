import '../../browser';

import { readable } from '../../../src/mime/chart/readable';

describe('readable', () => {
  it('leaves out labels that would run together, where the chart says nothing else', () => {
    const own = { labelOverlap: false };
    const spec = {
      mark: 'bar',
      config: { view: { stroke: null }, axisDiscrete: own }
    };
    expect(readable(spec)).toEqual({
      mark: 'bar',
      config: {
        view: { stroke: null },
        axisQuantitative: { labelSeparation: 8 },
        axisDiscrete: { labelOverlap: false, labelSeparation: 2 }
      }
    });
    expect(readable({ mark: 'bar' })).toMatchObject({
      config: { axisDiscrete: { labelOverlap: true } }
    });
    expect(spec.config.axisDiscrete).toBe(own);
  });

  it('leaves alone what is no chart', () => {
    expect(readable('text')).toBe('text');
  });
});
