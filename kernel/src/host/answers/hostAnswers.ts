import { isRecord } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import type { IAnswers, IAnswersOptions, IRuntimeHost, IStagedCall } from '../tokens';
import { readRecord } from './callRecord';
import { isExecutable } from './entries';
import type {
  FromPython,
  IPythonPack,
  ISkillRequest,
  IStageAnswer,
  SkillAnswer,
  ToPython
} from './messages';
import { readCall, readPut, readStage } from './readMessages';

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

/** Python raises it as what a stop raises everywhere else. */
const STOPPED = {
  error: { name: 'KeyboardInterrupt', message: 'The call was stopped.' }
} as const;

/**
 * Answers what Python asks of the page: runs of other runtimes, file reads, results of
 * the cache; takes results, calls for the pool and reports of calls.
 */
export class HostAnswers implements IAnswers {
  constructor(
    private readonly _host: IRuntimeHost,
    private readonly _options: IAnswersOptions
  ) {
    this._listening = _options.port.listen(message => this._take(message));
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

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
    this._listening.dispose();
    this.abortAll();
  }

  /** Notebook code runs at the other end: it may send anything. */
  private _take(said: unknown): void {
    const message = isRecord(said) ? (said as FromPython) : undefined;
    if (message?.type === 'batch') {
      const parts: unknown = message.messages;
      for (const part of Array.isArray(parts) ? (parts as unknown[]) : []) {
        this._take(part);
      }
    } else if (message?.type === 'call') {
      const call = readCall(message);
      void this._answer(message.id, () => this._runStoppable(message.id, call));
    } else if (message?.type === 'cancel') {
      this._running.get(message.id)?.abort();
    } else if (message?.type === 'read') {
      void this._answer(message.id, () => this._read(message.path));
    } else if (message?.type === 'lookup') {
      void this._answer(message.id, () => this._lookUp(message.key));
    } else if (message?.type === 'stage') {
      void this._answer(message.id, () => this._stage(readStage(message)));
    } else if (message?.type === 'put') {
      const put = readPut(message);
      if (put) {
        this._host.cache.put(put.key, put.result);
      }
    } else if (message?.type === 'called') {
      const record = readRecord(message.parent, message.record);
      if (record) {
        this._host.report(record);
      }
    }
  }

  private async _answer(id: number, work: () => Promise<unknown>): Promise<void> {
    let reply: ToPython;
    try {
      reply = { type: 'reply', id, value: await work() };
    } catch (reason) {
      reply = { type: 'refusal', id, message: describe(reason).error.message };
    }
    if (!this._isDisposed) {
      this._options.port.post(reply);
    }
  }

  private async _runStoppable(
    id: number,
    request: ISkillRequest | undefined
  ): Promise<SkillAnswer> {
    const controller = new AbortController();
    this._running.set(id, controller);
    try {
      return await this._run(request, controller.signal);
    } finally {
      this._running.delete(id);
    }
  }

  /** Errors of skills are answers too: Python raises them as its own. */
  private async _run(
    request: ISkillRequest | undefined,
    signal: AbortSignal
  ): Promise<SkillAnswer> {
    const host = this._host;
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
      return signal.aborted ? STOPPED : describe(reason);
    }
  }

  /** A result, or the error that the pool has just met; only what Python has packed. */
  private async _lookUp(
    key: string
  ): Promise<(IPythonPack & { readonly kind: 'python' | 'failure' }) | null> {
    const { cache, pool } = this._host;
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
    const host = this._host;
    const { owner } = this._options;
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

  private readonly _listening: IDisposable;
  /** Calls under way, by the number of their question. */
  private readonly _running = new Map<number, AbortController>();
  private _isDisposed = false;
}
