import '../browser';

import { widenedTo } from '../../src/graph/panel/firstWidth';

describe('widenedTo', () => {
  it('gives the panel about a third at the cost of the notebook', () => {
    expect(widenedTo([250, 714, 250], 2)).toEqual([250, 527, 437]);
  });

  it('is not greater than a graph needs in a wide window', () => {
    expect(widenedTo([250, 1354, 250], 2)).toEqual([250, 964, 640]);
  });

  it('leaves a panel that has room, and a notebook that has little', () => {
    expect(widenedTo([250, 500, 464], 2)).toBeNull();
    expect(widenedTo([250, 400, 250], 2)).toBeNull();
  });
});
