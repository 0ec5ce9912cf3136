import * as fc from 'fast-check';

import { placeWords } from '../../src/guide/tour/place';

const VIEW = { width: 1280, height: 800 };
const WORDS = { width: 320, height: 160 };

describe('placeWords', () => {
  it('stands at the right of a panel at the left, and at its head', () => {
    const panel = { left: 33, top: 28, width: 250, height: 750 };
    expect(placeWords(panel, WORDS, VIEW)).toEqual({ left: 295, top: 76 });
  });

  it('stands at the left of a panel at the right', () => {
    const panel = { left: 900, top: 28, width: 347, height: 750 };
    expect(placeWords(panel, WORDS, VIEW).left).toBe(900 - 320 - 12);
  });

  it('never leaves a window that it fits into', () => {
    const size = fc.integer({ min: 0, max: 2000 });
    fc.assert(
      fc.property(size, size, size, size, (left, top, width, height) => {
        const target = { left, top, width, height };
        const place = placeWords(target, WORDS, VIEW);
        expect(place.left).toBeGreaterThanOrEqual(12);
        expect(place.top).toBeGreaterThanOrEqual(12);
        expect(place.left + WORDS.width).toBeLessThanOrEqual(VIEW.width);
        expect(place.top + WORDS.height).toBeLessThanOrEqual(VIEW.height);
      })
    );
  });
});
