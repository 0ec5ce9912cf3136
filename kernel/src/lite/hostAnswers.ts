import type { Contents } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { IExecutableEntry, IRuntimeHost, ISkillEntry } from '@llmos-lab/kernel';
import { unwrapMessage, wrapMessage, type FromWorker, type ToWorker } from './protocol';

function isExecutable(entry: ISkillEntry): entry is IExecutableEntry {
  return entry.skill.kind === 'executable';
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
      void this._answer(message.id, signal => this._run(message, signal));
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
      const message = controller.signal.aborted
        ? 'The call was stopped.'
        : reason instanceof Error
          ? reason.message
          : String(reason);
      reply = { type: 'refusal', id, message };
    } finally {
      this._running.delete(controller);
    }
    if (!this._isDisposed) {
      this._options.worker.postMessage(wrapMessage(reply));
    }
  }

  private async _run(
    call: Extract<FromWorker, { type: 'call' }>,
    signal: AbortSignal
  ): Promise<unknown> {
    const { host } = this._options;
    const entry = host.skills.get(call.skill);
    if (!entry || !isExecutable(entry)) {
      throw new Error(`There is no skill "${call.skill}" that can run.`);
    }
    if (entry.version !== call.version) {
      throw new Error(
        `Skill "${call.skill}" was edited while the cell ran. Run the cell again.`
      );
    }
    return host.execute({ entry, inputs: call.inputs, signal });
  }

  /** Text as a string, binary files as bytes; only files of mounted volumes. */
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
