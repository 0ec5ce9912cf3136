import '../browser';

import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import type { IRemote } from '../../src/remotes/remote';
import { Remotes } from '../../src/remotes/remotes';
import type { ITransferContext } from '../../src/remotes/transfer/context';
import { RemoteError } from '../../src/remotes/remoteError';
import { push } from '../../src/remotes/transfer/push';
import { followQueue } from '../../src/remotes/transfer/pushQueue';
import { Transfers } from '../../src/remotes/transfer/transfers';
import type { IVolumes } from '../../src/tokens';

const volumes = {
  volumes: [{ name: 'user' }],
  changed: new Signal<object, void>({})
} as unknown as IVolumes;

describe('a push that waits', () => {
  const kept: Record<string, unknown> = {};
  const state = {
    fetch: (key: string) => Promise.resolve(kept[key] as never),
    save: (key: string, value: unknown) => {
      kept[key] = value;
      return Promise.resolve();
    }
  };
  let isOnline: boolean;
  let isReady: boolean;
  let pushed: jest.Mock;
  let signIn: jest.Mock;

  /** As a page that was just opened. */
  const open = async () => {
    const remotes = new Remotes();
    const trans = nullTranslator.load('llmos');
    const transfers = new Transfers({ remotes, volumes, trans });
    const context = {
      ...{ remotes, transfers, volumes, trans, isOnline: () => isOnline }
    } as unknown as ITransferContext;
    await followQueue(context, state);
    remotes.set('user', {
      ...{ kind: 'github', name: 'ana/volume', push: pushed, signIn },
      get isReady() {
        return isReady;
      },
      status: () => Promise.resolve({ head: null, ahead: 1, behind: 0 })
    } as unknown as IRemote);
    return { remotes, transfers, context };
  };
  const settled = (): Promise<void> => new Promise(done => setTimeout(done, 50));

  beforeEach(() => {
    [isOnline, isReady] = [false, true];
    pushed = jest.fn(() => Promise.resolve({ kind: 'up-to-date' }));
    signIn = jest.fn();
    Object.keys(kept).forEach(key => delete kept[key]);
    Notification.manager.dismiss();
  });

  it('waits on in the next page, and goes when the network is there', async () => {
    const first = await open();
    first.transfers.wait('user', null);
    await settled();
    first.transfers.dispose();
    // That page is gone, and no more told of what follows.
    first.transfers.cancel('user');
    isOnline = true;
    const { transfers } = await open();
    await settled();
    expect(pushed).toHaveBeenCalledTimes(1);
    expect(transfers.view('user')?.transfer).toEqual({ kind: 'idle' });
    transfers.dispose();
    const last = await open();
    await settled();
    expect(pushed).toHaveBeenCalledTimes(1);
    last.transfers.dispose();
  });

  it('goes on as the one commit that the person agreed to, in the next page too', async () => {
    isOnline = true;
    const limited = new RemoteError('rate-limited', 'Wait.', Date.now() - 60_000);
    const offline = new RemoteError('unreachable', 'Gone.');
    pushed
      .mockRejectedValueOnce(limited)
      .mockImplementationOnce(() => {
        isOnline = false;
        return Promise.reject(offline);
      })
      .mockResolvedValue({ kind: 'pushed', oid: 'a', commits: 120 });
    const first = await open();
    expect(await push(first.context, 'user', { asOne: true })).toBeNull();
    await settled();
    // The time of the server is over, and the network goes while it is sent again.
    expect(pushed.mock.calls).toMatchObject([[{ asOne: true }], [{ asOne: true }]]);
    first.transfers.dispose();
    first.transfers.cancel('user');
    isOnline = true;
    const { transfers } = await open();
    await settled();
    expect(pushed).toHaveBeenCalledTimes(3);
    expect(pushed).toHaveBeenLastCalledWith(expect.objectContaining({ asOne: true }));
    expect(transfers.view('user')?.transfer).toEqual({ kind: 'idle' });
    transfers.dispose();
  });

  it('tells no more what the try before came to', async () => {
    isOnline = true;
    pushed.mockRejectedValueOnce(new RemoteError('refused', 'Not now.'));
    const { transfers, context } = await open();
    const told = (): readonly string[] =>
      Notification.manager.notifications.map(({ message }) => message);
    await push(context, 'user');
    expect(told()).toEqual(['Push: Not now.']);
    await push(context, 'user');
    expect(told()).toEqual(['ana/volume has everything already.']);
    transfers.dispose();
  });

  it('of an older page goes on too', async () => {
    kept['@llmos-lab/extension:waiting-pushes'] = { user: null };
    isOnline = true;
    const { transfers } = await open();
    await settled();
    expect(pushed).toHaveBeenCalledWith(expect.objectContaining({ asOne: false }));
    transfers.dispose();
  });

  it('asks nobody for a passphrase by itself, but says that it waits', async () => {
    [isOnline, isReady] = [true, false];
    const { transfers, remotes } = await open();
    transfers.wait('user', null);
    await settled();
    remotes.touch('user');
    globalThis.dispatchEvent(new Event('online'));
    await settled();
    expect(pushed).not.toHaveBeenCalled();
    expect(signIn).not.toHaveBeenCalled();
    const told = Notification.manager.notifications.map(({ message }) => message);
    expect(told.filter(text => text.includes('waits to be pushed'))).toHaveLength(1);
    isReady = true;
    remotes.touch('user');
    await settled();
    expect(pushed).toHaveBeenCalledTimes(1);
    transfers.dispose();
  });
});
