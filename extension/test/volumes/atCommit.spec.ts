import fc from 'fast-check';

import { pathAtCommit, readAtCommit } from '../../src/volumes/atCommit';

describe('the path of a file as it was in a commit', () => {
  it('says which file of which commit it is', () => {
    const name = fc.string({ minLength: 1 }).filter(text => !text.includes('/'));
    const path = fc.array(name).map(parts => parts.join('/'));
    fc.assert(
      fc.property(fc.record({ volume: name, commit: name, path }), at => {
        expect(readAtCommit(pathAtCommit(at))).toEqual(at);
      })
    );
  });

  it('is of the drive of the history alone, and may lack parts', () => {
    expect(readAtCommit('history:user')).toEqual({
      ...{ volume: 'user', commit: '', path: '' }
    });
    for (const path of ['shared:1/a.ipynb', 'user:history/a/b', 'a.ipynb', '']) {
      expect(readAtCommit(path)).toBeNull();
    }
  });
});
