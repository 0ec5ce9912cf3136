/** @jest-environment node */
import { expose, wrap, type Endpoint, type Remote } from 'comlink';

import { UNTRANSLATED } from '../../src/volumes/fileStore';
import { guardNet } from '../../src/net/guardNet';
import type { INetWorker } from '../../src/net/protocol';

describe('a worker that reaches servers', () => {
  let onError: () => void;
  const gone = jest.fn();
  const worker = {
    addEventListener: (_: string, hear: () => void) => {
      onError = hear;
    },
    terminate: () => undefined
  } as unknown as Worker;
  const guard = (close: () => Promise<void>): INetWorker =>
    guardNet({ close } as unknown as Remote<INetWorker>, worker, gone, UNTRANSLATED);

  beforeEach(() => gone.mockClear());

  it('fails what waits when it cannot start', async () => {
    const net = await Promise.resolve(guard(() => new Promise(() => undefined)));
    const waiting = net.close('a');
    onError();
    await expect(waiting).rejects.toThrow('Reload the page');
    await expect(net.close('b')).rejects.toThrow('Reload the page');
    expect(gone).toHaveBeenCalledTimes(1);
  });

  it('passes on what is asked and answered', async () => {
    const { port1, port2 } = new MessageChannel();
    const gitRefs = (name: string): object => ({ ok: true, data: name });
    expose({ gitRefs }, port1);
    const net = await Promise.resolve(
      guardNet(
        wrap<INetWorker>(port2 as unknown as Endpoint),
        worker,
        gone,
        UNTRANSLATED
      )
    );
    expect(await net.gitRefs('a', {})).toEqual({ ok: true, data: 'a' });
    port1.close();
    port2.close();
  });

  it('stays when it has answered before', async () => {
    const net = guard(() => Promise.resolve());
    await net.close('a');
    onError();
    await net.close('b');
    expect(gone).not.toHaveBeenCalled();
  });
});
