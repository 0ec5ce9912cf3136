import '../browser';

import { restoreSession } from '../../src/history/restore';
import type { ISessionContext } from '../../src/session/context';
import type { VolumeSessions } from '../../src/session/store/volumeSessions';

describe('restoreSession', () => {
  it('first commits what is there with its outputs, and stops when that fails', async () => {
    const execute = jest.fn(() => Promise.resolve(undefined));
    const read = jest.fn();
    const context = {
      app: { commands: { execute } },
      trans: { __: (text: string) => text },
      sessions: { find: () => ({ session: { id: 's-1', name: 'H2' } }) },
      outputs: () => 'clear'
    } as unknown as ISessionContext;
    const volume = {
      volume: { name: 'user', repository: { store: { read, head: read } } },
      refresh: () => Promise.resolve()
    } as unknown as VolumeSessions;
    await restoreSession(
      context,
      { volume, commit: 'a'.repeat(40), ask: false },
      's-1'
    );
    expect(execute).toHaveBeenCalledWith(
      'llmos:commit-session',
      expect.objectContaining({ id: 's-1', ask: false, outputs: 'keep' })
    );
    expect(read).not.toHaveBeenCalled();
  });
});
