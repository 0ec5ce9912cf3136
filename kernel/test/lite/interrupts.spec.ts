import { Interrupts, type StopOutcome } from '../../src/lite/interrupts';
import { unwrapMessage, wrapMessage, type ToWorker } from '../../src/lite/protocol';
import { signalBuffer } from '../../src/lite/signalBuffer';

/** A worker that answers stops or, as one that computes, does not. */
function fakeWorker(answers: boolean): {
  worker: EventTarget & { postMessage(data: unknown): void };
  stopped: string[];
} {
  const stopped: string[] = [];
  const worker = new EventTarget() as EventTarget & {
    postMessage(data: unknown): void;
  };
  worker.postMessage = data => {
    const message = unwrapMessage<ToWorker>(data);
    if (message?.type === 'interrupt') {
      stopped.push(message.parent);
      if (answers) {
        const answer = wrapMessage({ type: 'interrupted' });
        worker.dispatchEvent(new MessageEvent('message', { data: answer }));
      }
    }
  };
  return { worker, stopped };
}

/** A request that runs until it is told to end. */
function begin(interrupts: Interrupts): { end(): void; ended: Promise<void> } {
  let end = (): void => undefined;
  const work = new Promise<void>(resolve => {
    end = resolve;
  });
  return { end, ended: interrupts.during('request-1', () => work) };
}

describe('a stop', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('does nothing when nothing runs, so that no later cell is stopped', async () => {
    const { worker, stopped } = fakeWorker(true);
    const shared = new Uint8Array(1);
    const interrupts = new Interrupts({ worker, interrupts: shared });
    await expect(interrupts.stop()).resolves.toBe('idle');
    expect(stopped).toEqual([]);
    expect(shared[0]).toBe(0);
  });

  it('names the request that is to stop, and is heard by Python that waits', async () => {
    const { worker, stopped } = fakeWorker(true);
    const interrupts = new Interrupts({ worker });
    const { end, ended } = begin(interrupts);
    const outcome = interrupts.stop();
    expect(stopped).toEqual(['request-1']);
    end();
    await expect(outcome).resolves.toBe('ended');
    await ended;
    await expect(interrupts.stop()).resolves.toBe('idle');
  });

  it('sets the shared byte, and is heard when the request ends', async () => {
    const shared = new Uint8Array(1);
    const { worker } = fakeWorker(false);
    const interrupts = new Interrupts({ worker, interrupts: shared });
    const { end, ended } = begin(interrupts);
    const outcome = interrupts.stop();
    expect(shared[0]).toBe(2);
    end();
    await expect(outcome).resolves.toBe('ended');
    await ended;
  });

  it.each([
    { isolated: false, answers: false, ms: 1000, told: 'unheard' },
    { isolated: false, answers: true, ms: 5000, told: 'ignored' },
    { isolated: true, answers: false, ms: 5000, told: 'ignored' }
  ])('gives up where code goes on: $isolated, $answers', async given => {
    const { worker } = fakeWorker(given.answers);
    const shared = given.isolated ? { interrupts: new Uint8Array(1) } : {};
    const interrupts = new Interrupts({ worker, ...shared });
    const { end, ended } = begin(interrupts);
    const outcomes: StopOutcome[] = [];
    void interrupts.stop().then(outcome => outcomes.push(outcome));
    await jest.advanceTimersByTimeAsync(given.ms);
    expect(outcomes).toEqual([given.told]);
    end();
    await ended;
  });
});

describe("Pyodide's signal buffer", () => {
  it('keeps a stop that is written between reading and clearing', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(1));
    const signals = signalBuffer(shared);
    expect(signals[0]).toBe(0);
    shared[0] = 2;
    signals[0] = 0;
    expect(signals[0]).toBe(2);
    signals[0] = 0;
    expect(signals[0]).toBe(0);
  });
});
