import { mapMode } from '../../src/graph/panel/mapMode';

describe('mapMode', () => {
  it('is as a person chose', () => {
    expect(mapMode(true, 300, 2)).toBe('always');
    expect(mapMode(false, 900, 100)).toBe('none');
  });

  it('has no map where it would only cover nodes, in narrow panels and small graphs', () => {
    expect(mapMode(null, 900, 100)).toBe('auto');
    expect(mapMode(null, 500, 100)).toBe('none');
    expect(mapMode(null, 900, 5)).toBe('none');
  });
});
