import { opensSite } from '../../src/guide/firstVisit';

/** What the site is asked for by an address. */
const asked = (search: string, hash = ''): boolean =>
  opensSite({ pathname: '/lab/index.html', search, hash });

describe('opensSite', () => {
  it.each(['', '?path=h2-vqe.ipynb', '?reset', '?reset&path=h2-vqe.ipynb'])(
    'is so for "%s"',
    search => {
      expect(asked(search)).toBe(true);
    }
  );

  it.each(['?path=mine.ipynb', '?fromURL=x', '?path=h2-vqe.ipynb&path=mine.ipynb'])(
    'is not so for "%s"',
    search => {
      expect(asked(search)).toBe(false);
    }
  );

  it('is not so for a notebook on a server', () => {
    const [search, hash] = ['?reset', ''];
    expect(opensSite({ pathname: '/lab', search, hash })).toBe(true);
    expect(opensSite({ pathname: '/lab/tree/a.ipynb', search, hash })).toBe(false);
    const pathname = '/user/ana/lab/workspaces/b/tree/a.ipynb';
    expect(opensSite({ pathname, search, hash })).toBe(false);
  });

  it('is not so for shared work', () => {
    expect(asked('', '#workflow=abc')).toBe(false);
    expect(asked('', '#')).toBe(true);
  });
});
