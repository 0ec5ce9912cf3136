import { ExecuteRequests } from '../../src/lite/executeRequests';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type ToWorker
} from '../../src/lite/protocol';

/** A worker whose answers the test gives. */
class FakeWorker extends EventTarget {
  readonly sent: ToWorker[] = [];

  postMessage(data: unknown): void {
    const message = unwrapMessage<ToWorker>(data);
    if (message) {
      this.sent.push(message);
    }
  }

  answer(message: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data: wrapMessage(message) }));
  }
}

const request = (code: string) => ({ content: { code }, parent: { header: {} } });

describe('ExecuteRequests', () => {
  it('gives each request its own reply, with the marks in the same message', async () => {
    const worker = new FakeWorker();
    const requests = new ExecuteRequests(worker);
    const marks = { added: ['a'], anew: false };
    const first = requests.run({ ...request('x'), marks });
    const second = requests.run(request('y'));
    expect(worker.sent).toMatchObject([
      { type: 'execute', id: 0, content: { code: 'x' }, marks },
      { type: 'execute', id: 1, content: { code: 'y' } }
    ]);
    worker.answer({ type: 'executed', id: 1, reply: 'of y' });
    worker.answer({ type: 'executed', id: 0, reply: 'of x' });
    await expect(first).resolves.toBe('of x');
    await expect(second).resolves.toBe('of y');
  });

  it('passes on why there is no reply', async () => {
    const worker = new FakeWorker();
    const reply = new ExecuteRequests(worker).run(request('x'));
    worker.answer({ type: 'broken', id: 0, message: 'Python has stopped' });
    await expect(reply).rejects.toThrow('Python has stopped');
  });

  it('takes each end once, and none that it did not ask for', async () => {
    const worker = new FakeWorker();
    const requests = new ExecuteRequests(worker);
    const reply = requests.run(request('x'));
    worker.answer({ type: 'executed', id: 7, reply: 'of nobody' });
    worker.answer({ type: 'executed', id: 0, reply: 'first' });
    worker.answer({ type: 'executed', id: 0, reply: 'second' });
    await expect(reply).resolves.toBe('first');
  });
});
