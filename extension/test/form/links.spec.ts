import '../browser';

import { linkedName, sourceIndex } from '../../src/form/links';

const code = (source: string) => ({ type: 'code', source });

describe('linkedName', () => {
  it.each([
    ['h', 'h'],
    ['h.hamiltonian', 'h'],
    ['curve["x"][0].real', 'curve'],
    [' größe ', 'größe']
  ])('finds the variable of %j', (expression, name) => {
    expect(linkedName(expression)).toBe(name);
  });

  it.each(['2 * n', 'f(x)', 'h.run()', '"text"', 'x[f(1)]', '1'])(
    'takes %j for a computation',
    expression => {
      expect(linkedName(expression)).toBeUndefined();
    }
  );
});

describe('sourceIndex', () => {
  const cells = [
    code('h = 1'),
    { type: 'markdown', source: 'h = 2' },
    code('h = 3\nk = h'),
    code('use(h)'),
    code('h = 4')
  ];

  it('is the nearest cell above that binds the name', () => {
    expect(sourceIndex(cells, 3, 'h')).toBe(2);
    expect(sourceIndex(cells, 2, 'h')).toBe(0);
  });

  it('is none for names from below or nowhere', () => {
    expect(sourceIndex(cells, 0, 'h')).toBe(-1);
    expect(sourceIndex(cells, 4, 'z')).toBe(-1);
  });
});
