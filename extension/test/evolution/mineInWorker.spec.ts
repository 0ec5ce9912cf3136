import type { IMined, IMineTask } from '@llmos-lab/skills';

import { MineWorkers } from '../../src/evolution/mineInWorker';

const TASK: IMineTask = {
  ...{ traces: [], library: [], taken: [], known: [], ids: [], commits: [] },
  ...{ date: '', minCount: 3, minSuccess: 0.7, halfLife: 0 }
};
const MINED = {
  ...{ traces: 0, unread: 0, patterns: [], proposals: [], setAside: [] },
  failing: []
};

/** A worker that answers when its test says so. */
class FakeWorker {
  constructor() {
    FakeWorker.all.push(this);
  }

  onerror: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  tasks = 0;
  isEnded = false;

  postMessage(): void {
    this.tasks += 1;
  }

  terminate(): void {
    this.isEnded = true;
  }

  static readonly all: FakeWorker[] = [];
}

let miner: MineWorkers;
const last = (): FakeWorker | undefined => FakeWorker.all.at(-1);
const start = (
  volume: string,
  signal = new AbortController().signal
): Promise<IMined> => miner.mine(TASK, signal, volume);
const mine = async (volume: string): Promise<void> => {
  const mined = start(volume);
  FakeWorker.all.forEach(worker => worker.onmessage?.({ data: MINED }));
  await mined;
};

describe('mining in a worker', () => {
  beforeAll(() => Object.assign(globalThis, { Worker: FakeWorker }));
  beforeEach(() => (miner = new MineWorkers()));
  afterEach(() => miner.dispose());

  it('goes on in the worker that has the history of the volume', async () => {
    await mine('a');
    const first = last();
    await mine('a');
    expect(last()).toBe(first);
    expect(first).toMatchObject({ tasks: 2, isEnded: false });
    await mine('b');
    expect(last()).not.toBe(first);
  });

  it('ends what is aborted or fails, and begins anew', async () => {
    const controller = new AbortController();
    const aborted = start('c', controller.signal);
    const worker = last();
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    expect(worker?.isEnded).toBe(true);
    const failed = start('c');
    expect(last()).not.toBe(worker);
    last()?.onmessage?.({ data: { failed: 'Out of memory.' } });
    await expect(failed).rejects.toThrow('Out of memory.');
    expect(last()?.isEnded).toBe(true);
  });

  it('keeps no more than a few', async () => {
    for (const volume of ['d', 'e', 'f', 'g']) {
      await mine(volume);
    }
    expect(FakeWorker.all.filter(({ isEnded }) => !isEnded)).toHaveLength(2);
  });

  it('ends what waits with its volume, and all with itself', async () => {
    await mine('a');
    const a = last();
    await mine('b');
    const b = last();
    miner.end('a');
    expect([a?.isEnded, b?.isEnded]).toEqual([true, false]);
    const late = start('c');
    miner.dispose();
    expect(b?.isEnded).toBe(true);
    last()?.onmessage?.({ data: MINED });
    await late;
    expect(last()?.isEnded).toBe(true);
  });

  it('does without a worker that broke while it waited', async () => {
    await mine('a');
    const broken = last();
    broken?.onerror?.();
    expect(broken?.isEnded).toBe(true);
    await mine('a');
    expect(last()).not.toBe(broken);
  });
});
