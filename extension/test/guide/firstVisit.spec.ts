import { opensSite } from '../../src/guide/firstVisit';

describe('opensSite', () => {
  it.each(['', '?path=h2-vqe.ipynb', '?reset', '?reset&path=h2-vqe.ipynb'])(
    'is so for "%s"',
    search => {
      expect(opensSite(search, '')).toBe(true);
    }
  );

  it.each(['?path=mine.ipynb', '?fromURL=x', '?path=h2-vqe.ipynb&path=mine.ipynb'])(
    'is not so for "%s"',
    search => {
      expect(opensSite(search, '')).toBe(false);
    }
  );

  it('is not so for shared work', () => {
    expect(opensSite('', '#workflow=abc')).toBe(false);
    expect(opensSite('', '#')).toBe(true);
  });
});
