import type { IRuntimeHost } from '@llmos-lab/kernel';
import { HostAnswers } from '../../src/lite/hostAnswers';
import { HostCalls } from '../../src/lite/hostCalls';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type ToWorker
} from '../../src/lite/protocol';

const ENTRY = { version: 'sha256:1', skill: { id: 'cube', kind: 'executable' } };

/** Both halves of the border, joined in one process. */
function connect(execute: IRuntimeHost['execute']): {
  calls: HostCalls;
  answers: HostAnswers;
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
    execute
  };
  const answers = new HostAnswers({
    owner: 'kernel-1',
    worker: port,
    host: host as unknown as IRuntimeHost,
    contents: { get: () => Promise.reject(new Error('no such file')) }
  });
  return { calls, answers };
}

const REQUEST = { id: 'cube', version: 'sha256:1', inputs: { size: 2 } };

describe('calls across the border', () => {
  it('bring outputs and prints back', async () => {
    const { calls } = connect(call =>
      Promise.resolve({ outputs: { ...call.inputs }, bundle: {}, logs: ['one', 'two'] })
    );
    await expect(calls.run(REQUEST)).resolves.toMatchObject({
      outputs: { size: 2 },
      stdout: 'one\ntwo\n'
    });
  });

  it('bring a runtime error back as data', async () => {
    const { calls } = connect(() => Promise.reject(new TypeError('no such shape')));
    await expect(calls.run(REQUEST)).resolves.toMatchObject({
      error: { name: 'TypeError', message: 'no such shape' }
    });
  });

  it('refuse a skill that was edited meanwhile', async () => {
    const { calls } = connect(() => Promise.reject(new Error('never runs')));
    await expect(calls.run({ ...REQUEST, version: 'sha256:0' })).resolves.toMatchObject(
      {
        error: {
          message: expect.stringContaining('edited while the cell ran') as string
        }
      }
    );
  });

  it('refuse an unknown skill', async () => {
    const { calls } = connect(() => Promise.reject(new Error('never runs')));
    await expect(calls.run({ ...REQUEST, id: 'ball' })).resolves.toMatchObject({
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
    const answer = calls.run(REQUEST);
    answers.abortAll();
    await expect(answer).resolves.toMatchObject({
      error: { message: 'The call was stopped.' }
    });
  });

  it('reject a file that cannot be read', async () => {
    const { calls } = connect(() => Promise.reject(new Error('never runs')));
    await expect(calls.read('user:x')).rejects.toThrow('no such file');
  });
});
