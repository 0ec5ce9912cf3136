import { HostAnswers } from '../../../src/host/answers/hostAnswers';
import type { IRuntimeHost } from '../../../src/host/tokens';
import { answerPort } from '../../../src/lite/answerPort';
import { HostCalls } from '../../../src/lite/hostCalls';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type ToWorker
} from '../../../src/lite/protocol';

const ENTRY = { version: 'sha256:1', skill: { id: 'cube', kind: 'executable' } };

/** Both halves of the border, joined in one process. */
function connect(
  execute: IRuntimeHost['execute'],
  more: object = {}
): {
  calls: HostCalls;
  answers: HostAnswers;
  say(message: object): void;
} {
  const port = new EventTarget() as EventTarget & { postMessage(data: unknown): void };
  const calls = new HostCalls((message: FromWorker) => {
    port.dispatchEvent(new MessageEvent('message', { data: wrapMessage(message) }));
  });
  port.postMessage = data => {
    const message = unwrapMessage<ToWorker>(data);
    if (message?.type === 'reply' || message?.type === 'refusal') {
      calls.settle(message);
    }
  };
  const host = {
    skills: { get: (id: string) => (id === 'cube' ? ENTRY : undefined) },
    execute,
    ...more
  };
  const answers = new HostAnswers(host as unknown as IRuntimeHost, {
    owner: 'kernel-1',
    port: answerPort(port),
    contents: { get: () => Promise.reject(new Error('no such file')) }
  });
  const say = (message: object): void => {
    port.dispatchEvent(new MessageEvent('message', { data: { llmos: message } }));
  };
  return { calls, answers, say };
}

const REQUEST = { id: 'cube', version: 'sha256:1', inputs: { size: 2 } };

describe('calls across the border', () => {
  it('bring outputs and prints back', async () => {
    const { calls } = connect(call =>
      Promise.resolve({ outputs: { ...call.inputs }, bundle: {}, logs: ['one', 'two'] })
    );
    await expect(calls.run(REQUEST).answer).resolves.toMatchObject({
      outputs: { size: 2 },
      stdout: 'one\ntwo\n'
    });
  });

  it('bring a runtime error back as data', async () => {
    const { calls } = connect(() => Promise.reject(new TypeError('no such shape')));
    await expect(calls.run(REQUEST).answer).resolves.toMatchObject({
      error: { name: 'TypeError', message: 'no such shape' }
    });
  });

  it('refuse a skill that was edited meanwhile', async () => {
    const { calls } = connect(() => Promise.reject(new Error('never runs')));
    await expect(
      calls.run({ ...REQUEST, version: 'sha256:0' }).answer
    ).resolves.toMatchObject({
      error: {
        message: expect.stringContaining('edited while the cell ran') as string
      }
    });
  });

  it('refuse an unknown skill', async () => {
    const { calls } = connect(() => Promise.reject(new Error('never runs')));
    await expect(calls.run({ ...REQUEST, id: 'ball' }).answer).resolves.toMatchObject({
      error: { message: expect.stringContaining('"ball"') as string }
    });
  });

  it('end when they are stopped', async () => {
    const { calls, answers } = connect(
      call =>
        new Promise((_resolve, reject) => {
          call.signal.addEventListener('abort', () => reject(new Error('aborted')));
        })
    );
    const { answer } = calls.run(REQUEST);
    answers.abortAll();
    await expect(answer).resolves.toMatchObject({
      error: { name: 'KeyboardInterrupt', message: 'The call was stopped.' }
    });
  });

  it('end by themselves when Python no longer waits', () => {
    const signals: AbortSignal[] = [];
    const { calls, say } = connect(call => {
      signals.push(call.signal);
      return new Promise(() => undefined);
    });
    calls.run(REQUEST);
    const { cancel } = calls.run(REQUEST);
    say({ type: 'cancel', id: 7 });
    cancel();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
  });

  it('reject a file that cannot be read', async () => {
    const { calls } = connect(() => Promise.reject(new Error('never runs')));
    await expect(calls.read('user:x')).rejects.toThrow('no such file');
  });
});

describe('messages that a notebook has made up', () => {
  const never = (): Promise<never> => Promise.reject(new Error('never runs'));
  const buffers = [new ArrayBuffer(1)];

  it('put only what is of Python into the cache', () => {
    const put = jest.fn();
    const { say } = connect(never, { cache: { put } });
    const result = { kind: 'data', text: '{}', buffers, more: 1 };
    say({ type: 'put', key: 'k', result });
    expect(put.mock.calls).toEqual([['k', { kind: 'python', text: '{}', buffers }]]);
    [
      { key: 1, result },
      { key: 'k' },
      { key: 'k', result: { ...result, text: 1 } },
      { key: 'k', result: { ...result, buffers: ['x'] } }
    ].forEach(more => say({ type: 'put', ...more }));
    say({ type: 'batch', messages: 1 });
    expect(put).toHaveBeenCalledTimes(1);
  });

  it('stage only calls of known types with inputs of either form', async () => {
    const stage = jest.fn();
    const { calls } = connect(never, {
      cache: { has: () => Promise.resolve(false) },
      pool: { stage, whyUnkept: () => undefined }
    });
    const call = { key: 'k', skill: 's', version: 'v' };
    type Request = Parameters<ReturnType<HostCalls['store']>['stage']>[0];
    const ask = (request: object): Promise<unknown> =>
      calls.store(null).stage(request as Request);
    await ask({ ...call, type: 'qiskit', text: '{}', buffers: [], extra: 1 });
    await ask({ ...call, type: 'javascript', inputs: { kind: 'python', buffers: [] } });
    expect(stage.mock.calls).toEqual([
      [
        {
          ...call,
          type: 'qiskit',
          owner: 'kernel-1',
          inputs: {
            form: 'packed',
            packed: { kind: 'python', text: '{}', buffers: [] }
          }
        }
      ],
      [
        {
          ...call,
          type: 'javascript',
          owner: 'kernel-1',
          inputs: { form: 'plain', values: { kind: 'python', buffers: [] } }
        }
      ]
    ]);
    for (const wrong of [{ type: 'fortran' }, { type: 'qiskit', skill: 1 }]) {
      await expect(ask({ ...call, ...wrong })).resolves.toMatchObject({
        cached: false,
        why: expect.stringContaining('no call') as string
      });
    }
    expect(stage).toHaveBeenCalledTimes(2);
  });

  it('run nothing that is no call', async () => {
    const { calls } = connect(never);
    await expect(calls.run({ ...REQUEST, inputs: 1 }).answer).resolves.toMatchObject({
      error: { message: 'This is no call of a skill.' }
    });
  });

  it('tell records of known fields only', () => {
    const report = jest.fn();
    const { say } = connect(never, { report });
    const value = { type: 'number', value: 1 };
    const record = {
      skill: 's',
      version: 'v',
      key: null,
      status: 'failed',
      ms: 1,
      cached: false,
      inputs: { x: value },
      outputs: {},
      error: { name: 'E', message: 'm' }
    };
    const tell = (more: object): void =>
      say({
        type: 'called',
        parent: 'p',
        record: JSON.stringify({ ...record, ...more })
      });
    tell({ extra: 1, inputs: { x: { ...value, extra: 1 } } });
    expect(report.mock.calls).toEqual([[{ ...record, parent: 'p' }]]);
    tell({ inputs: { x: 1 } });
    tell({ inputs: { x: { type: 1 } } });
    tell({ outputs: { x: { ...value, shape: ['a'] } } });
    tell({ error: 'E' });
    say({ type: 'called', parent: 1, record: JSON.stringify(record) });
    say({ type: 'called', parent: 'p', record: 1 });
    expect(report).toHaveBeenCalledTimes(1);
  });
});
