import type { FromFrame, ISandboxCall, ToFrame } from '../../src/host/sandboxTypes';

/** A worker whose answers the test writes. */
class FakeWorker {
  static all: FakeWorker[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  readonly heard: { kind: string; call?: ISandboxCall }[] = [];
  /** Whether it answers pings. */
  lives = true;
  ended = false;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(message: { kind: string }): void {
    this.heard.push(message);
    if (message.kind === 'ping' && this.lives) {
      this.say({ kind: 'pong' });
    }
  }

  say(data: object): void {
    this.onmessage?.({ data });
  }

  terminate(): void {
    this.ended = true;
  }

  get call(): ISandboxCall | undefined {
    return this.heard.filter(({ call }) => call).at(-1)?.call;
  }
}

const LIMITS = { seconds: 30, memoryBytes: 1e9, outputBytes: 1e6, logLines: 3 };

function call(id: number, key: string, runtime = 'javascript'): ISandboxCall {
  const more = { skill: {}, inputs: {}, files: {}, limits: LIMITS };
  return { id, key, runtime, ...more } as unknown as ISandboxCall;
}

describe('the frame of the sandbox', () => {
  let port: { onmessage(event: { data: ToFrame }): void };
  let said: FromFrame[] = [];
  const send = (data: ToFrame): void => port.onmessage({ data });
  const started = (): FakeWorker[] => FakeWorker.all.filter(worker => !worker.ended);
  const workerOf = (id: number): FakeWorker | undefined =>
    FakeWorker.all.find(worker => worker.call?.id === id);
  const done = (id: number, more: object = {}): void =>
    workerOf(id)?.say({
      kind: 'done',
      id,
      outcome: { outputs: { y: 1 }, bundle: {}, logs: [], ...more }
    });
  const last = (): FromFrame | undefined => said.at(-1);

  beforeAll(async () => {
    const window = new EventTarget();
    Object.assign(window, { parent: window });
    Object.defineProperty(globalThis, 'navigator', {
      value: { hardwareConcurrency: 2 },
      configurable: true
    });
    Object.assign(globalThis, { window, Worker: FakeWorker });
    await import('../../src/host/sandboxFrame');
  });

  beforeEach(async () => {
    jest.useFakeTimers();
    FakeWorker.all = [];
    said = [];
    jest.resetModules();
    await import('../../src/host/sandboxFrame');
    const end = {
      postMessage: (message: FromFrame) => said.push(message)
    } as unknown as typeof port;
    const { window } = globalThis as unknown as { window: EventTarget };
    const event = Object.assign(new Event('message'), { ports: [end], source: window });
    window.dispatchEvent(event);
    port = end;
    send({ kind: 'load', runtime: 'javascript', code: '' });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('uses the worker of a skill again', () => {
    send({ kind: 'run', call: call(1, 'a') });
    done(1);
    expect(last()).toMatchObject({ kind: 'done', id: 1 });
    const worker = workerOf(1);
    send({ kind: 'run', call: call(2, 'a') });
    expect(workerOf(2)).toBe(worker);
  });

  it('passes on known fields only, within bounds', () => {
    send({ kind: 'run', call: call(1, 'a') });
    done(1, { logs: ['x'.repeat(1e6)], more: 'x'.repeat(1e6) });
    expect(last()).toEqual({
      kind: 'done',
      id: 1,
      outcome: { outputs: { y: 1 }, bundle: {}, logs: [] }
    });
    send({ kind: 'run', call: call(2, 'a') });
    const long = 'x'.repeat(1e6);
    workerOf(2)?.say({
      kind: 'failed',
      id: 2,
      failure: { code: 'stopped', name: long, message: long, excerpt: long, more: long }
    });
    expect(last()).toMatchObject({ failure: { code: 'skill-error', logs: [] } });
    expect(JSON.stringify(last()).length).toBeLessThan(25_000);
  });

  it('counts printed lines itself', () => {
    send({ kind: 'run', call: call(1, 'a') });
    for (let line = 0; line < 9; line++) {
      workerOf(1)?.say({ kind: 'log', id: 1, line: String(line) });
    }
    const lines = said.flatMap(m => (m.kind === 'log' ? [m.line] : []));
    expect(lines).toEqual(['0', '1', '2', '… further output is not shown.']);
  });

  it('tells an error in a timer from want of memory', () => {
    send({ kind: 'run', call: call(1, 'a') });
    const preventDefault = (): void => undefined;
    workerOf(1)?.onerror?.({ preventDefault, message: 'Uncaught TypeError: no x' });
    expect(last()).toMatchObject({
      failure: { code: 'skill-error', name: 'TypeError', message: 'no x' }
    });
    send({ kind: 'run', call: call(2, 'a') });
    workerOf(2)?.onerror?.({ preventDefault, message: '' });
    expect(last()).toMatchObject({
      failure: { code: 'out-of-memory', name: 'MemoryError' }
    });
  });

  it('ends a worker that does not answer after its call, and waits for no such', () => {
    send({ kind: 'run', call: call(1, 'a') });
    const worker = workerOf(1) as FakeWorker;
    worker.lives = false;
    done(1);
    send({ kind: 'run', call: call(2, 'a') });
    expect(workerOf(2)).toBeUndefined();
    jest.advanceTimersByTime(1100);
    expect(worker.ended).toBe(true);
    expect(workerOf(2)).toBeDefined();
  });

  it('ends a worker that has rested for a minute', () => {
    send({ kind: 'run', call: call(1, 'a') });
    done(1);
    jest.advanceTimersByTime(59_000);
    expect(workerOf(1)?.ended).toBe(false);
    jest.advanceTimersByTime(3000);
    expect(workerOf(1)?.ended).toBe(true);
    expect(started().map(worker => worker.call)).toEqual([undefined]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives the seat of an unused worker to another runtime', () => {
    send({ kind: 'load', runtime: 'threejs', code: '' });
    expect(started()).toHaveLength(2);
    send({ kind: 'run', call: call(1, 'a') });
    send({ kind: 'run', call: call(2, 'b') });
    expect(workerOf(1)).toBeDefined();
    expect(workerOf(2)).toBeDefined();
    expect(started()).toHaveLength(2);
  });

  it('lets a call pass others that wait for a worker', () => {
    send({ kind: 'run', call: call(1, 'a') });
    send({ kind: 'run', call: call(2, 'b') });
    const worker = workerOf(2) as FakeWorker;
    worker.lives = false;
    done(2);
    send({ kind: 'run', call: call(3, 'b') });
    done(1);
    send({ kind: 'run', call: call(4, 'a') });
    expect(workerOf(3)).toBeUndefined();
    expect(workerOf(4)).toBeDefined();
  });
});
