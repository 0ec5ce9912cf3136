/** @jest-environment node */
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import type { IRemote, IRemoteStatus } from '../../src/remotes/remote';
import { Remotes } from '../../src/remotes/remotes';
import { Transfers } from '../../src/remotes/transfer/transfers';
import type { IVolumes } from '../../src/tokens';

const volumes = {
  volumes: [],
  changed: new Signal<object, void>({})
} as unknown as IVolumes;

describe('pushes and pulls', () => {
  let remotes: Remotes;
  let transfers: Transfers;
  let status: IRemoteStatus;
  const changed = (): Promise<void> =>
    new Promise(done => {
      const hear = (): void => {
        transfers.changed.disconnect(hear);
        done();
      };
      transfers.changed.connect(hear);
    });

  beforeEach(async () => {
    status = { head: null, ahead: 2, behind: 0 };
    remotes = new Remotes();
    transfers = new Transfers({ remotes, volumes, trans: nullTranslator.load('') });
    const remote = { kind: 'github', name: 'ana/volume', isReady: true };
    remotes.set('user', {
      ...remote,
      status: () => Promise.resolve(status)
    } as unknown as IRemote);
    await changed();
  });
  afterEach(() => transfers.dispose());

  it('show how a volume stands, and nothing where it is connected to none', () => {
    expect(transfers.view('user')).toEqual({
      ...{ kind: 'github', name: 'ana/volume', isReady: true, status },
      transfer: { kind: 'idle' }
    });
    expect(transfers.view('team-a')).toBeNull();
  });

  it('show how far they are, and read the standing anew after', async () => {
    const seen: unknown[] = [];
    const result = await transfers.run('user', 'push', ({ onProgress }) => {
      onProgress?.(1, 4);
      seen.push(transfers.view('user')?.transfer);
      status = { head: 'a', ahead: 0, behind: 0 };
      return Promise.resolve('done');
    });
    expect(result).toBe('done');
    const running = { kind: 'running', direction: 'push' };
    expect(seen).toEqual([{ ...running, done: 1, total: 4 }]);
    expect(transfers.view('user')).toMatchObject({
      status,
      transfer: { kind: 'idle' }
    });
  });

  it('are one at a time for a volume, and can be stopped', async () => {
    const run = transfers.run(
      'user',
      'pull',
      ({ signal }) =>
        new Promise((_, fail) =>
          signal?.addEventListener('abort', () => fail(new Error('stopped')))
        )
    );
    const second = transfers.run('user', 'push', () => Promise.resolve());
    await expect(second).rejects.toThrow('under way');
    transfers.cancel('user');
    await expect(run).rejects.toThrow('stopped');
    expect(transfers.view('user')?.transfer).toEqual({ kind: 'idle' });
  });

  it('wait for the network or for a time, until they are taken back', () => {
    transfers.wait('user', null);
    expect(transfers.due(0)).toEqual(['user']);
    transfers.wait('user', 1000);
    expect(transfers.view('user')?.transfer).toEqual({ kind: 'waiting', until: 1000 });
    expect(transfers.due(999)).toEqual([]);
    expect(transfers.due(1000)).toEqual(['user']);
    transfers.cancel('user');
    expect(transfers.due(1000)).toEqual([]);
  });

  it('wait no more when the volume is disconnected', () => {
    transfers.wait('user', null);
    remotes.set('user', null);
    expect(transfers.due(0)).toEqual([]);
    expect(transfers.view('user')).toBeNull();
  });
});
