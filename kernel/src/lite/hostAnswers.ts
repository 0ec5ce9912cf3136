import type { Contents } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { IRuntimeHost, IStagedCall } from '@llmos-lab/kernel';
import { readRecord } from './callRecord';
import { isExecutable } from './entries';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type IPythonPack,
  type ISkillRequest,
  type IStageAnswer,
  type SkillAnswer,
  type ToWorker
} from './protocol';
import { readCall, readPut, readStage } from './workerMessages';

/** An error as data: its name and message, and where a runtime says so, its place. */
function describe(reason: unknown): Extract<SkillAnswer, { error: unknown }> {
  if (!(reason instanceof Error)) {
    return { error: { name: 'Error', message: String(reason) } };
  }
  const { line, traceback, logs } = reason as Partial<
    Record<'line' | 'traceback' | 'logs', unknown>
  >;
  return {
    error: {
      name: reason.name,
      message: reason.message,
      ...(typeof line === 'number' && { line }),
      ...(typeof traceback === 'string' && { traceback })
    },
    ...(Array.isArray(logs) && { stdout: logs.map(text => `${text}\n`).join('') })
  };
}

/** The part of a worker that answering needs. */
export type AnswerPort = Pick<
  Worker,
  'postMessage' | 'addEventListener' | 'removeEventListener'
>;

/** Whose questions are answered, and from what. */
export interface IHostAnswersOptions {
  /** Id of the kernel, or of the pool's worker. */
  readonly owner: string;
  readonly worker: AnswerPort;
  readonly host: IRuntimeHost;
  readonly contents: Pick<Contents.IManager, 'get'>;
}

/**
 * Answers what Python asks of the page: runs of other runtimes, file reads, results of
 * the cache; takes results, calls for the pool and reports of calls.
 */
export class HostAnswers implements IDisposable {
  constructor(private readonly _options: IHostAnswersOptions) {
    _options.worker.addEventListener('message', this._onMessage);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Stops all calls under way; Python gets an error for each. False if there are none. */
  abortAll(): boolean {
    const isBusy = this._running.size > 0;
    this._running.forEach(controller => controller.abort());
    return isBusy;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._options.worker.removeEventListener('message', this._onMessage);
    this.abortAll();
  }

  private readonly _onMessage = (event: Event): void => {
    this._take(unwrapMessage<FromWorker>((event as MessageEvent<unknown>).data));
  };

  private _take(message: FromWorker | undefined): void {
    if (message?.type === 'batch') {
      // Notebook code runs in the worker: it may send anything.
      const parts: unknown = message.messages;
      for (const part of Array.isArray(parts) ? (parts as FromWorker[]) : []) {
        this._take(part);
      }
    } else if (message?.type === 'call') {
      void this._answer(message.id, () => this._runStoppable(readCall(message)));
    } else if (message?.type === 'read') {
      void this._answer(message.id, () => this._read(message.path));
    } else if (message?.type === 'lookup') {
      void this._answer(message.id, () => this._lookUp(message.key));
    } else if (message?.type === 'stage') {
      void this._answer(message.id, () => this._stage(readStage(message)));
    } else if (message?.type === 'put') {
      const put = readPut(message);
      if (put) {
        this._options.host.cache.put(put.key, put.result);
      }
    } else if (message?.type === 'called') {
      const record = readRecord(message.parent, message.record);
      if (record) {
        this._options.host.report(record);
      }
    }
  }

  private async _answer(id: number, work: () => Promise<unknown>): Promise<void> {
    let reply: ToWorker;
    try {
      reply = { type: 'reply', id, value: await work() };
    } catch (reason) {
      reply = { type: 'refusal', id, message: describe(reason).error.message };
    }
    if (!this._isDisposed) {
      this._options.worker.postMessage(wrapMessage(reply));
    }
  }

  private async _runStoppable(
    request: ISkillRequest | undefined
  ): Promise<SkillAnswer> {
    const controller = new AbortController();
    this._running.add(controller);
    try {
      return await this._run(request, controller.signal);
    } finally {
      this._running.delete(controller);
    }
  }

  /** Errors of skills are answers too: Python raises them as its own. */
  private async _run(
    request: ISkillRequest | undefined,
    signal: AbortSignal
  ): Promise<SkillAnswer> {
    const { host } = this._options;
    if (!request) {
      return describe(new Error('This is no call of a skill.'));
    }
    const entry = host.skills.get(request.id);
    if (!entry || !isExecutable(entry)) {
      return describe(new Error(`There is no skill "${request.id}" that can run.`));
    }
    if (entry.version !== request.version) {
      return describe(
        new Error(
          `Skill "${request.id}" was edited while the cell ran. Run the cell again.`
        )
      );
    }
    try {
      const { inputs, key } = request;
      const result = await host.execute({ entry, inputs, signal, ...(key && { key }) });
      const { outputs, bundle, logs, cached } = result;
      const stdout = logs.map(line => `${line}\n`).join('');
      return { outputs, bundle, stdout, ...(cached && { cached }) };
    } catch (reason) {
      return describe(signal.aborted ? new Error('The call was stopped.') : reason);
    }
  }

  /** A result, or the error that the pool has just met; only what Python has packed. */
  private async _lookUp(
    key: string
  ): Promise<(IPythonPack & { readonly kind: 'python' | 'failure' }) | null> {
    const { cache, pool } = this._options.host;
    const failed = pool.takeFailure(key)?.packed;
    if (failed) {
      return { kind: 'failure', text: failed.text, buffers: failed.buffers };
    }
    const found = await cache.get(key);
    return found?.kind === 'python'
      ? { kind: 'python', text: found.text, buffers: found.buffers }
      : null;
  }

  private async _stage(
    call: Omit<IStagedCall, 'owner'> | undefined
  ): Promise<IStageAnswer> {
    const { host, owner } = this._options;
    if (!call) {
      return { cached: false, why: 'This is no call of a skill.' };
    }
    if (await host.cache.has(call.key)) {
      return { cached: true };
    }
    const why = host.pool.whyUnkept(call);
    if (why !== undefined) {
      return { cached: false, why };
    }
    host.pool.stage({ ...call, owner });
    return { cached: false };
  }

  /** Text as a string, binary files as bytes. Python's own file system has them too. */
  private async _read(path: string): Promise<string | Uint8Array> {
    const model = await this._options.contents.get(path, { content: true });
    if (model.type === 'directory') {
      throw new Error(`${path} is a folder, not a file.`);
    }
    const content: unknown = model.content;
    if (typeof content !== 'string') {
      return JSON.stringify(content);
    }
    return model.format === 'base64'
      ? Uint8Array.from(atob(content), char => char.charCodeAt(0))
      : content;
  }

  private readonly _running = new Set<AbortController>();
  private _isDisposed = false;
}
