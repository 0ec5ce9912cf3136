import { PromiseDelegate } from '@lumino/coreutils';
import type { WorkerPort } from './answerPort';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type IMarks,
  type ToWorker
} from './protocol';

/** What a worker is to run. */
export interface IExecuteRequest {
  readonly content: unknown;
  /** The message that asks for it. */
  readonly parent: unknown;
  /** Marks of keys that the worker lacks. */
  readonly marks?: IMarks;
}

/**
 * Execute requests of a kernel to its worker, one message each way. The transports' own
 * calls take two each way where memory is shared, and make the worker wait for the page.
 */
export class ExecuteRequests {
  constructor(private readonly _worker: WorkerPort) {
    _worker.addEventListener('message', this._onMessage);
  }

  dispose(): void {
    this._worker.removeEventListener('message', this._onMessage);
    this._open.clear();
  }

  /**
   * The reply to a request; rejects when the worker says that it could not answer it, and
   * stays open when this is disposed of first.
   */
  run(request: IExecuteRequest): Promise<unknown> {
    const id = this._next++;
    const reply = new PromiseDelegate<unknown>();
    this._open.set(id, reply);
    const message: ToWorker = { type: 'execute', id, ...request };
    this._worker.postMessage(wrapMessage(message));
    return reply.promise;
  }

  private readonly _onMessage = (event: Event): void => {
    const { data } = event as MessageEvent<unknown>;
    const message = unwrapMessage<FromWorker>(data);
    if (message?.type === 'executed') {
      this._take(message.id)?.resolve(message.reply);
    } else if (message?.type === 'broken') {
      this._take(message.id)?.reject(new Error(message.message));
    }
  };

  private _take(id: number): PromiseDelegate<unknown> | undefined {
    const reply = this._open.get(id);
    this._open.delete(id);
    return reply;
  }

  private readonly _open = new Map<number, PromiseDelegate<unknown>>();
  private _next = 0;
}
