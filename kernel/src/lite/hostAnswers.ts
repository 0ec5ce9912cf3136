import type { Contents } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { IRuntimeHost } from '@llmos-lab/kernel';
import { isExecutable } from './entries';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type ISkillRequest,
  type SkillAnswer,
  type ToWorker
} from './protocol';

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
  readonly worker: AnswerPort;
  readonly host: IRuntimeHost;
  readonly contents: Pick<Contents.IManager, 'get'>;
}

/** Answers what Python asks of the page: runs of other runtimes, and file reads. */
export class HostAnswers implements IDisposable {
  constructor(private readonly _options: IHostAnswersOptions) {
    _options.worker.addEventListener('message', this._onMessage);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Stops all calls under way; Python gets an error for each. */
  abortAll(): void {
    this._running.forEach(controller => controller.abort());
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
    const message = unwrapMessage<FromWorker>((event as MessageEvent<unknown>).data);
    if (message?.type === 'call') {
      void this._answer(message.id, signal => this._run(message.request, signal));
    } else if (message?.type === 'read') {
      void this._answer(message.id, () => this._read(message.path));
    }
  };

  private async _answer(
    id: number,
    work: (signal: AbortSignal) => Promise<unknown>
  ): Promise<void> {
    const controller = new AbortController();
    this._running.add(controller);
    let reply: ToWorker;
    try {
      reply = { type: 'reply', id, value: await work(controller.signal) };
    } catch (reason) {
      reply = { type: 'refusal', id, message: describe(reason).error.message };
    } finally {
      this._running.delete(controller);
    }
    if (!this._isDisposed) {
      this._options.worker.postMessage(wrapMessage(reply));
    }
  }

  /** Errors of skills are answers too: Python raises them as its own. */
  private async _run(
    request: ISkillRequest,
    signal: AbortSignal
  ): Promise<SkillAnswer> {
    const { host } = this._options;
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
      const result = await host.execute({ entry, inputs: request.inputs, signal });
      const { outputs, bundle, logs } = result;
      return { outputs, bundle, stdout: logs.map(line => `${line}\n`).join('') };
    } catch (reason) {
      return describe(signal.aborted ? new Error('The call was stopped.') : reason);
    }
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
