import '../browser';

import { Dialog, showDialog } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';

import { commitAsking } from '../../src/session/commit/askSecrets';
import type { ICommitOptions } from '../../src/volumes/committing';
import type { VolumeRepository } from '../../src/volumes/repository';

jest.mock('@jupyterlab/apputils', () => ({
  ...jest.requireActual<object>('@jupyterlab/apputils'),
  showDialog: jest.fn()
}));

describe('committing files of a volume', () => {
  const content = new TextEncoder().encode('API_TOKEN=correct-horse');

  beforeEach(() => jest.mocked(showDialog).mockClear());

  it.each([
    ['a file', [{ path: '.env', content }], 'All'],
    ['the message', [], `With ghp_${'aB3'.repeat(12)}`]
  ])('asks before a secret in %s is kept for good', async (_, changes, message) => {
    const commits = jest.fn(async ({ check, message }: ICommitOptions) => {
      await check?.(changes, message);
      return 'a'.repeat(40);
    });
    const store = { read: () => Promise.resolve(null) };
    const repository = { store, commit: commits } as unknown as VolumeRepository;
    const answer = (button: Dialog.IButton): void => {
      const given = { button, isChecked: null, value: null };
      jest.mocked(showDialog).mockResolvedValueOnce(given);
    };
    const author = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
    const trans = nullTranslator.load('llmos');
    const commit = (): Promise<string | null> =>
      commitAsking(repository, { message, author }, trans);
    answer(Dialog.cancelButton());
    expect(await commit()).toBeNull();
    expect(commits).toHaveBeenCalledTimes(1);
    answer(Dialog.warnButton());
    expect(await commit()).toBe('a'.repeat(40));
    expect(showDialog).toHaveBeenCalledTimes(2);
  });
});
