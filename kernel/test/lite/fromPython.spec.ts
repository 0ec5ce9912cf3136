import { fromPython } from '../../src/lite/fromPython';

describe('fromPython', () => {
  it('keeps None as null, in dicts and lists of any depth', () => {
    const legend = new Map<string, unknown>([
      ['title', undefined],
      ['values', [1, undefined, new Map([['sort', undefined]])]]
    ]);
    expect(fromPython(legend)).toEqual({
      title: null,
      values: [1, null, { sort: null }]
    });
  });

  it('leaves everything else as it is', () => {
    const bytes = new Uint8Array([1, 2]);
    expect(fromPython(bytes)).toBe(bytes);
    expect(fromPython(['', 0, false, null])).toEqual(['', 0, false, null]);
  });
});
