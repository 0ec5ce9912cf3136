import '../browser';

import { readLicences } from '../../src/guide/licences';

describe('readLicences', () => {
  it('reads the list that the site ships, sorted by name', () => {
    const list = [
      { name: 'numpy', version: '2.0.2', licence: 'BSD-3-Clause', kind: 'python' },
      { name: 'LLMos Lab', version: '0.1.0', licence: 'Apache-2.0', text: 'Apache…' }
    ];
    expect(readLicences(list)).toEqual([
      {
        name: 'LLMos Lab',
        version: '0.1.0',
        licence: 'Apache-2.0',
        homepage: undefined,
        text: 'Apache…'
      },
      {
        name: 'numpy',
        version: '2.0.2',
        licence: 'BSD-3-Clause',
        homepage: undefined,
        text: undefined
      }
    ]);
  });

  it('leaves out what it cannot read', () => {
    expect(
      readLicences({ packages: [{ version: '1' }, 3, null, { name: 'a' }] })
    ).toEqual([
      { name: 'a', version: '', licence: '', homepage: undefined, text: undefined }
    ]);
    expect(readLicences('text')).toEqual([]);
  });
});
