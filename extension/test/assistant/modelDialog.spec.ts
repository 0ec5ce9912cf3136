import '../browser';

import { keepKey } from '../../src/assistant/panel/modelDialog';
import type { IKeepChoice } from '../../src/secrets/KeepFields';
import type { ISecretStore, SecretState } from '../../src/secrets/tokens';

/** What happens to a key: how it is held, what was typed, what was chosen. */
async function keep(
  state: SecretState,
  typed: string,
  choice: IKeepChoice
): Promise<readonly unknown[]> {
  const done: unknown[] = [];
  const secrets = {
    state: () => Promise.resolve(state),
    get: () => (state === 'tab' || state === 'open' ? 'old' : undefined),
    keep: (_name: string, secret: string, passphrase?: string) => {
      done.push(['keep', secret, passphrase]);
      return Promise.resolve();
    },
    forget: () => {
      done.push(['forget']);
      return Promise.resolve();
    }
  } as unknown as ISecretStore;
  await keepKey(secrets, 'model:x', typed, choice);
  return done;
}

describe('where a key is kept', () => {
  it('is this tab, or the browser under a passphrase', async () => {
    expect(await keep('absent', 'new', { place: 'tab' })).toEqual([
      ['keep', 'new', undefined]
    ]);
    const passphrase = 'some words long';
    expect(await keep('tab', 'new', { place: 'kept', passphrase })).toEqual([
      ['keep', 'new', passphrase]
    ]);
  });

  it('is nowhere when it is typed each time: what was held is forgotten', async () => {
    expect(await keep('absent', 'new', { place: 'typed' })).toEqual([]);
    expect(await keep('tab', 'new', { place: 'typed' })).toEqual([['forget']]);
    expect(await keep('locked', '', { place: 'typed' })).toEqual([['forget']]);
  });

  it('changes for the key that is held, and only then', async () => {
    const passphrase = 'some words long';
    expect(await keep('tab', '', { place: 'kept', passphrase })).toEqual([
      ['keep', 'old', passphrase]
    ]);
    expect(await keep('open', '', { place: 'tab' })).toEqual([
      ['keep', 'old', undefined]
    ]);
    expect(await keep('open', '', { place: 'kept' })).toEqual([]);
    expect(await keep('locked', '', { place: 'tab' })).toEqual([]);
    expect(await keep('absent', '', { place: 'tab' })).toEqual([]);
  });
});
