import type { IRuntimeHost, IStagedCall } from '@llmos-lab/kernel';
import { KeyMarks } from '../../src/host/cache/keyMarks';
import { MarkFeed } from '../../src/lite/markFeed';
import { PythonPoolWorker } from '../../src/lite/poolWorker';
import {
  unwrapMessage,
  type IBootConfig,
  type ToWorker
} from '../../src/lite/protocol';

type Run = Extract<ToWorker, { readonly type: 'run' }>;

/** The other half of the border, in this process: it keeps what it is asked. */
class FakeWorker extends EventTarget {
  readonly runs: Run[] = [];
  isTerminated = false;

  postMessage(data: unknown): void {
    const message = unwrapMessage<ToWorker>(data);
    if (message?.type === 'run') {
      this.runs.push(message);
    }
  }

  say(message: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: { llmos: message } }));
  }

  /** Ends the latest run. */
  end(outcome: object): void {
    const id = this.runs.at(-1)?.id ?? 0;
    const facts = { ms: 7, memory: 9 };
    this.say({ type: 'outcome', id, outcome: { buffers: [], ...outcome }, ...facts });
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

const CALL: IStagedCall = {
  ...{ key: 'sha256:00', owner: 'k', skill: 'fit', version: 'sha256:1' },
  type: 'python-wasm',
  inputs: { form: 'packed', packed: { kind: 'python', text: '{}', buffers: [] } }
};

/** A mark's key: its first digits tell keys apart. */
const keyOf = (digit: string): string => `sha256:${digit.repeat(64)}`;

function setUp() {
  const marks = new KeyMarks();
  const skills = {
    revision: 1,
    forPython: () => '[]',
    settled: () => Promise.resolve()
  };
  const cache = { marks: () => Promise.resolve(marks) };
  const answer = () => ({ dispose: () => undefined });
  const worker = new FakeWorker();
  const pool = new PythonPoolWorker({
    boot: {} as IBootConfig,
    host: { skills, cache, answer } as unknown as IRuntimeHost,
    contents: { get: () => Promise.reject(new Error('no such file')) },
    start: () => worker as unknown as Worker
  });
  return { marks, skills, worker, pool };
}

/** Lets the worker get what it is sent. */
const sent = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

describe('PythonPoolWorker', () => {
  it('sends the skills when they have changed, and the marks that are new', async () => {
    const { marks, skills, worker, pool } = setUp();
    marks.add(keyOf('a'));
    for (const text of ['one', 'two']) {
      const result = pool.run(CALL);
      await sent();
      worker.end({ text });
      await expect(result).resolves.toMatchObject({ kind: 'python', text });
      marks.add(keyOf('b'));
    }
    skills.revision = 2;
    marks.clear();
    void pool.run(CALL);
    await sent();
    expect(worker.runs.map(({ index }) => index !== undefined)).toEqual([
      true,
      false,
      true
    ]);
    expect(worker.runs.map(run => run.marks)).toEqual([
      { added: ['a'.repeat(16)], anew: false },
      { added: ['b'.repeat(16)], anew: false },
      { added: [], anew: true }
    ]);
    expect(pool.memory).toBe(9);
    worker.end({ text: '' });
    pool.dispose();
  });

  it('tells how long its start took once its first call has ended, and that call', async () => {
    const { worker, pool } = setUp();
    const result = pool.run(CALL);
    worker.say({ type: 'loading', text: null });
    await sent();
    worker.say({ type: 'loading', text: 'numpy' });
    worker.say({ type: 'loading', text: null });
    expect(pool.startMs).toBeUndefined();
    worker.end({ text: '' });
    await result;
    expect(pool.startMs).toBeGreaterThan(0);
    expect(pool.last).toEqual({ key: CALL.key, ms: 7 });
    pool.dispose();
  });

  it('says why a result cannot be kept, and raises what the skill raised', async () => {
    const { worker, pool } = setUp();
    const unkept = pool.run(CALL);
    await sent();
    worker.end({ why: 'It is a socket.', holds: 'call' });
    await expect(unkept).resolves.toEqual({
      ...{ kind: 'unkept', why: 'It is a socket.', holds: 'call' }
    });
    const failed = pool.run(CALL);
    const raised = expect(failed).rejects.toMatchObject({
      ...{ name: 'ValueError', message: 'no', packed: { text: 'packed' } }
    });
    await sent();
    worker.end({ text: 'packed', name: 'ValueError', message: 'no' });
    await raised;
    expect(pool.isAlive).toBe(true);
    pool.dispose();
  });

  it('rejects what runs, and what comes, once its script has failed', async () => {
    const { worker, pool } = setUp();
    const running = pool.run(CALL);
    const stopped = expect(running).rejects.toThrow('out of memory');
    await sent();
    worker.say({ type: 'failed', message: 'out of memory' });
    await stopped;
    expect(pool.isAlive).toBe(false);
    await expect(pool.run(CALL)).rejects.toThrow('a fresh worker starts');
    pool.dispose();
  });

  it('rejects what runs when it is ended, and takes that twice', async () => {
    const { worker, pool } = setUp();
    const running = pool.run(CALL);
    const stopped = expect(running).rejects.toThrow('it was ended');
    await sent();
    pool.dispose();
    pool.dispose();
    await stopped;
    expect(worker.isTerminated).toBe(true);
    worker.end({ text: 'late' });
    expect(pool.isDisposed).toBe(true);
  });
});

describe('MarkFeed', () => {
  it('gives each mark once, and all anew after the cache was cleared', async () => {
    const marks = new KeyMarks();
    const feed = new MarkFeed({ marks: () => Promise.resolve(marks) });
    expect(await feed.next()).toBeUndefined();
    marks.add(keyOf('1'));
    marks.add(keyOf('2'));
    expect(await feed.next()).toEqual({
      added: ['1'.repeat(16), '2'.repeat(16)],
      anew: false
    });
    expect(await feed.next()).toBeUndefined();
    marks.clear();
    marks.add(keyOf('3'));
    expect(await feed.next()).toEqual({ added: ['3'.repeat(16)], anew: true });
    expect(await feed.next()).toBeUndefined();
  });
});
