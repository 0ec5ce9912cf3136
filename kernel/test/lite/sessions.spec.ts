import type { Kernel, Session } from '@jupyterlab/services';
import { PageSessionManager, findByPath } from '../../src/lite/sessions';

const SESSIONS = ['a/n.ipynb', 'b/n.ipynb'].map((path, index): Session.IModel => ({
  ...{ id: String(index), name: 'n.ipynb', type: 'notebook' },
  ...{ path, kernel: { id: `k${index}`, name: 'python-llmos' } }
}));

describe('findByPath', () => {
  it('tells notebooks of one name in two folders apart', () => {
    expect(findByPath(SESSIONS, 'b/n.ipynb')?.kernel?.id).toBe('k1');
    expect(findByPath(SESSIONS, 'c/n.ipynb')).toBeUndefined();
  });
});

describe('PageSessionManager', () => {
  beforeAll(() => void jest.useFakeTimers());
  afterAll(() => void jest.useRealTimers());

  it('knows what runs without waiting for a frame of the page', async () => {
    const sessions: Session.IModel[] = [];
    const manager = new PageSessionManager({
      kernelManager: { isActive: false } as Kernel.IManager,
      sessionAPIClient: {
        listRunning: () => Promise.resolve([...sessions])
      } as unknown as Session.ISessionAPIClient
    });
    const changes = jest.fn();
    manager.runningChanged.connect(changes);
    sessions.push(...SESSIONS);
    await manager.refreshRunning(); // No timer and no frame comes while they are faked.
    expect([...manager.running()]).toEqual(SESSIONS);
    expect(changes).toHaveBeenCalledTimes(1);
    manager.ready.catch(() => undefined); // Its poll has never begun.
    manager.dispose();
  });
});
