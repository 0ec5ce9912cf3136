import type { Kernel } from '@jupyterlab/services';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import type { IPythonPort } from '../../../src/host/answers/messages';
import { serveKernel } from '../../../src/host/ordinary/servedKernel';
import type { IRuntimeHost } from '../../../src/host/tokens';

interface IReply {
  readonly status: string;
  readonly user_expressions?: object;
}

const ATTACHED: IReply = {
  status: 'ok',
  user_expressions: { llmos: { status: 'ok' } }
};
const MISSING: IReply = {
  status: 'ok',
  user_expressions: { llmos: { status: 'error' } }
};
const ABORTED: IReply = { status: 'aborted' };

/** A kernel connection that keeps what it is asked, and the comms that are made. */
class FakeKernel {
  readonly id = 'kernel-1';
  readonly requests: { expression: string; answer: PromiseDelegate<object> }[] = [];
  readonly comms: { target: string; opened: object[]; isDisposed: boolean }[] = [];
  readonly disposed = new Signal<this, void>(this);
  readonly statusChanged = new Signal<this, Kernel.Status>(this);
  status: Kernel.Status = 'idle';
  handleComms = true;
  isDisposed = false;
  supportsSubshells = true;
  readonly subshell = new PromiseDelegate<void>();

  constructor(readonly implementation = 'ipython') {}

  get info(): Promise<object> {
    return Promise.resolve({ implementation: this.implementation });
  }

  requestExecute(content: { user_expressions: { llmos: string } }): object {
    const answer = new PromiseDelegate<object>();
    this.requests.push({ expression: content.user_expressions.llmos, answer });
    return { done: answer.promise.then(reply => ({ content: reply })) };
  }

  createComm(target: string): object {
    const comm = {
      ...{ target, opened: [] as object[], isDisposed: false },
      subshellStarted: this.subshell.promise,
      open: (data: object) => comm.opened.push(data),
      close: () => comm.dispose(),
      dispose: () => {
        comm.isDisposed = true;
      }
    };
    this.comms.push(comm);
    return comm;
  }

  become(status: Kernel.Status): void {
    this.status = status;
    this.statusChanged.emit(status);
  }
}

/** Lets everything happen that is due. */
const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

async function serve(kernel = new FakeKernel()) {
  const changed = new Signal<object, void>({});
  let revision = 1;
  const ports: IPythonPort[] = [];
  const ended: IPythonPort[] = [];
  const host = {
    skills: {
      changed,
      settled: () => Promise.resolve(),
      forPython: () => `"${revision}"`
    },
    answer: ({ port }: { port: IPythonPort }) => {
      ports.push(port);
      return { dispose: () => ended.push(port) };
    }
  };
  const service = serveKernel({
    kernel: kernel as unknown as Kernel.IKernelConnection,
    host: host as unknown as IRuntimeHost,
    contents: { get: () => Promise.reject(new Error('no such file')) }
  });
  await settle();
  const answer = async (reply: IReply): Promise<void> => {
    kernel.requests.at(-1)?.answer.resolve(reply);
    await settle();
  };
  const edit = async (): Promise<void> => {
    revision += 1;
    changed.emit();
    await settle();
  };
  return { kernel, service, ports, ended, answer, edit };
}

describe('serveKernel', () => {
  it('tells Python of the skills, then opens a comm on a thread of its own', async () => {
    const { kernel, service, ports, answer } = await serve();
    await service.told;
    expect(kernel.requests[0]?.expression).toMatch(
      /^__import__\("llmos\._jupyter", fromlist=\["attach"\]\)\.attach\(["'].+["'], ['"].*1.*['"]\)$/
    );
    await answer(ATTACHED);
    expect(kernel.comms[0]).toMatchObject({ target: 'llmos.runtime', opened: [] });
    expect(service.state).toBe('starting');
    kernel.subshell.resolve();
    await settle();
    expect(service.state).toBe('served');
    expect(ports).toHaveLength(1);
    expect(kernel.comms[0]?.opened).toEqual([{ page: expect.any(String) as string }]);
  });

  it('tells of skills that have changed, by the same comm', async () => {
    const { kernel, ports, answer, edit } = await serve();
    kernel.subshell.resolve();
    await answer(ATTACHED);
    await edit();
    expect(kernel.requests[1]?.expression).toContain('2');
    await answer(ATTACHED);
    expect([kernel.comms.length, ports.length]).toEqual([1, 1]);
  });

  it('leaves other kernels alone', async () => {
    const { kernel, service } = await serve(new FakeKernel('xeus-python'));
    await service.told;
    expect(service.state).toBe('other');
    expect(kernel.requests).toEqual([]);
  });

  it('says where the package is missing, and tries again after a restart', async () => {
    const { kernel, service, answer } = await serve();
    await answer(MISSING);
    expect(service.state).toBe('missing');
    kernel.subshell.resolve();
    kernel.become('restarting');
    await settle();
    expect(kernel.requests).toHaveLength(2);
    await answer(ATTACHED);
    expect(service.state).toBe('served');
  });

  it('tells Python again when a cell before has failed', async () => {
    const { kernel, service, answer } = await serve();
    kernel.subshell.resolve();
    kernel.status = 'busy';
    await answer(ABORTED);
    expect(kernel.requests).toHaveLength(1);
    kernel.become('idle');
    await settle();
    await answer(ATTACHED);
    expect(service.state).toBe('served');
  });

  it('opens another comm for the Python that a restart brings', async () => {
    const { kernel, service, ports, ended, answer } = await serve();
    kernel.subshell.resolve();
    await answer(ATTACHED);
    kernel.become('autorestarting');
    await settle();
    expect(ended).toEqual([ports[0]]);
    await answer(ATTACHED);
    expect([kernel.comms.length, ports.length, service.state]).toEqual([
      2,
      2,
      'served'
    ]);
  });

  it('says where another connection has the comms', async () => {
    const kernel = new FakeKernel();
    kernel.handleComms = false;
    const { service, answer } = await serve(kernel);
    await answer(ATTACHED);
    expect(service.state).toBe('alone');
    expect(kernel.comms).toEqual([]);
  });

  it('ends with its kernel, whatever it waits for', async () => {
    const { kernel, service, ended, answer } = await serve();
    kernel.subshell.resolve();
    await answer(ATTACHED);
    kernel.disposed.emit();
    expect(service.isDisposed).toBe(true);
    expect(ended).toHaveLength(1);
    expect(kernel.comms[0]?.isDisposed).toBe(true);
    service.dispose();
    const waiting = await serve();
    waiting.service.dispose();
    await waiting.answer(ATTACHED);
    expect(waiting.kernel.comms).toEqual([]);
  });
});
