import { PromiseDelegate } from '@lumino/coreutils';
import type { WorkerPort } from './answerPort';
import { unwrapMessage, wrapMessage, type FromWorker, type ToWorker } from './protocol';

/** Milliseconds in which a worker answers whose Python waits or has ended. */
const ANSWER_MS = 800;

/** Milliseconds for a cell to end by its interrupt: calls into compiled code end first. */
const END_MS = 4000;

/** The worker, and the byte it shares with the page where the page is isolated. */
export interface IInterruptible {
  readonly worker: WorkerPort;
  readonly interrupts?: Uint8Array;
}

/**
 * What came of a stop. `unheard`: nothing reaches Python while it computes; `ignored`: it
 * was told, and goes on all the same.
 */
export type StopOutcome = 'idle' | 'ended' | 'unheard' | 'ignored';

/**
 * Stops the request that a worker answers. Python that waits hears a message. Python
 * that computes reads the shared byte between two instructions, as Pyodide's
 * `setInterruptBuffer` describes; without that byte nothing reaches it.
 */
export class Interrupts {
  constructor(private readonly _port: IInterruptible) {}

  /** Runs one request, so that a stop knows when it has ended. */
  async during<T>(request: string, work: () => Promise<T>): Promise<T> {
    const running = { request, ended: new PromiseDelegate<StopOutcome>() };
    this._running = running;
    try {
      return await work();
    } finally {
      if (this._running === running) {
        this._running = null;
      }
      running.ended.resolve('ended');
    }
  }

  async stop(): Promise<StopOutcome> {
    const running = this._running;
    if (!running) {
      return 'idle';
    }
    const { worker, interrupts } = this._port;
    const late = new PromiseDelegate<StopOutcome>();
    const giveUp = (outcome: StopOutcome, ms: number): ReturnType<typeof setTimeout> =>
      setTimeout(() => late.resolve(outcome), ms);
    let timer = interrupts ? giveUp('ignored', END_MS) : giveUp('unheard', ANSWER_MS);
    const onMessage = (event: Event): void => {
      const { data } = event as MessageEvent<unknown>;
      if (unwrapMessage<FromWorker>(data)?.type === 'interrupted') {
        clearTimeout(timer);
        timer = giveUp('ignored', END_MS);
      }
    };
    worker.addEventListener('message', onMessage);
    try {
      interrupts?.fill(2);
      const message: ToWorker = { type: 'interrupt', parent: running.request };
      worker.postMessage(wrapMessage(message));
      return await Promise.race([late.promise, running.ended.promise]);
    } finally {
      clearTimeout(timer);
      worker.removeEventListener('message', onMessage);
    }
  }

  private _running: {
    readonly request: string;
    readonly ended: PromiseDelegate<StopOutcome>;
  } | null = null;
}
