import '../browser';

import { drawSoon } from '../../src/assistant/panel/drawSoon';

describe('drawing with the next frames', () => {
  const frames: (() => void)[] = [];

  beforeEach(() => {
    jest.spyOn(globalThis, 'requestAnimationFrame').mockImplementation(run => {
      frames.push(() => run(0));
      return frames.length;
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('takes a few a frame, and leaves out what was taken back', () => {
    const drawn: number[] = [];
    const drops = [0, 1, 2, 3, 4, 5].map(at => drawSoon(() => void drawn.push(at)));
    drops[1]?.();
    frames.shift()?.();
    expect(drawn).toEqual([0, 2, 3, 4]);
    frames.shift()?.();
    expect(drawn).toEqual([0, 2, 3, 4, 5]);
    expect(frames).toEqual([]);
  });

  it('goes on after something that throws', () => {
    const drawn: string[] = [];
    drawSoon(() => {
      throw new Error('not attached');
    });
    drawSoon(() => void drawn.push('b'));
    expect(() => frames.shift()?.()).toThrow('not attached');
    frames.shift()?.();
    drawSoon(() => void drawn.push('c'));
    frames.shift()?.();
    expect(drawn).toEqual(['b', 'c']);
  });
});
