/** @jest-environment node */
import { nullTranslator } from '@jupyterlab/translation';

import { isSealed, openSecret, sealSecret } from '../../src/secrets/seal';

// Deriving keys is slow on purpose, and a busy machine makes it slower.
jest.setTimeout(60_000);

const trans = nullTranslator.load('');
const PHRASE = 'four plain words hére';

describe('a sealed secret', () => {
  it('opens with its passphrase, also in another Unicode form', async () => {
    const sealed = await sealSecret('a', 'sécret', PHRASE, trans);
    expect(isSealed(sealed)).toBe(true);
    expect(await openSecret('a', sealed, PHRASE.normalize('NFD'), trans)).toBe(
      'sécret'
    );
  });

  it('differs each time', async () => {
    const [one, two] = [
      await sealSecret('a', 'same', PHRASE, trans),
      await sealSecret('a', 'same', PHRASE, trans)
    ];
    expect(one.salt).not.toEqual(two.salt);
    expect(one.iv).not.toEqual(two.iv);
    expect(one.sealed).not.toEqual(two.sealed);
  });

  it('opens neither under another name nor with a byte changed', async () => {
    const sealed = await sealSecret('a', 'secret', PHRASE, trans);
    const wrong = { code: 'wrong-passphrase' };
    await expect(openSecret('b', sealed, PHRASE, trans)).rejects.toMatchObject(wrong);
    const bytes = Uint8Array.from(sealed.sealed, (byte, at) =>
      at === 0 ? ~byte : byte
    );
    const damaged = { ...sealed, sealed: bytes };
    await expect(openSecret('a', damaged, PHRASE, trans)).rejects.toMatchObject(wrong);
  });

  it.each([null, 'text', {}, { v: 2 }, { v: 1, iterations: 1e12 }])(
    'is not %j',
    value => {
      expect(isSealed(value)).toBe(false);
    }
  );
});
