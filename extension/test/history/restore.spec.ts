import '../browser';

import { restoreSession } from '../../src/history/restore';
import type { ISessionContext } from '../../src/session/context';
import type { VolumeSessions } from '../../src/session/store/volumeSessions';

describe('restoreSession', () => {
  const path = 'sessions/s-1/session.json';
  /** A volume whose only commit has the session; what is asked of it is told. */
  function setUp(isThere: boolean) {
    const execute = jest.fn(() => Promise.resolve(undefined));
    const apply = jest.fn(() => Promise.resolve('c'.repeat(40)));
    const store = {
      head: () => Promise.resolve('a'.repeat(40)),
      list: (folder: string) =>
        Promise.resolve(folder === 'sessions/s-1' ? [{ path, kind: 'file' }] : []),
      read: () => Promise.resolve(new Uint8Array())
    };
    const found = isThere ? { session: { id: 's-1', name: 'H2' } } : undefined;
    const context = {
      app: { commands: { execute } },
      trans: { __: (text: string) => text },
      sessions: { find: () => found },
      documents: { registry: { preferredWidgetFactories: () => [] } },
      author: () => ({ name: 'Ana', email: '', time: 0 }),
      outputs: () => 'clear'
    } as unknown as ISessionContext;
    const volume = {
      volume: { name: 'user', repository: { store, apply } },
      refresh: () => Promise.resolve()
    } as unknown as VolumeSessions;
    const restore = (): Promise<string | null> =>
      restoreSession(context, { volume, commit: 'a'.repeat(40), ask: false }, 's-1');
    return { restore, execute, apply };
  }

  it('first commits what is there with its outputs, and stops when that fails', async () => {
    const { restore, execute, apply } = setUp(true);
    await restore();
    expect(execute).toHaveBeenCalledWith(
      'llmos:commit-session',
      // Only what was restored is told, not that it was committed before.
      expect.objectContaining({ id: 's-1', ask: false, outputs: 'keep', quiet: true })
    );
    expect(apply).not.toHaveBeenCalled();
  });

  it('commits the notebook of a deleted session too before it is replaced', async () => {
    const { restore, execute, apply } = setUp(false);
    await restore();
    expect(apply).toHaveBeenCalledTimes(1);
    expect(execute).toHaveBeenCalledTimes(1);
    const [applied = 0] = apply.mock.invocationCallOrder;
    expect(execute.mock.invocationCallOrder[0]).toBeGreaterThan(applied);
  });
});
