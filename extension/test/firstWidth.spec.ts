import './browser';

import { widenedTo } from '../src/firstWidth';

const WISHED = { least: 380, greatest: 640, share: 0.36 };

describe('widenedTo', () => {
  it('gives the panel about a third at the cost of the notebook', () => {
    expect(widenedTo([250, 714, 250], 2, WISHED)).toEqual([250, 527, 437]);
  });

  it('is not greater than a graph needs in a wide window', () => {
    expect(widenedTo([250, 1354, 250], 2, WISHED)).toEqual([250, 964, 640]);
  });

  it('gives what is read line by line its least width', () => {
    const wished = { least: 340, greatest: 480, share: 0.28 };
    expect(widenedTo([250, 714, 240], 2, wished)).toEqual([250, 614, 340]);
  });

  it('leaves a panel that has room, and a notebook that has little', () => {
    expect(widenedTo([250, 500, 464], 2, WISHED)).toBeNull();
    expect(widenedTo([250, 400, 250], 2, WISHED)).toBeNull();
  });
});
