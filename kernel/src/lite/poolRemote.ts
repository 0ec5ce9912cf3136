import { HostCalls, ownBuffer } from './hostCalls';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type IBootConfig,
  type PoolOutcome,
  type ToWorker
} from './protocol';
import { bootPython, type IPython } from './python';

type RunMessage = Extract<ToWorker, { readonly type: 'run' }>;

/** The worker half of {@link PythonPoolWorker}: Python as in a kernel, but no notebook. */
export class PoolRemote {
  constructor(config: IBootConfig) {
    this._python = bootPython(config, {
      phase: () => undefined,
      log: () => undefined
    });
  }

  /** Boots, and answers the page from then on. */
  listen(): void {
    globalThis.addEventListener('message', (event: MessageEvent<unknown>) => {
      const message = unwrapMessage<ToWorker>(event.data);
      if (message?.type === 'run') {
        void this._guarded(() => this._run(message));
      } else if (message?.type === 'reply' || message?.type === 'refusal') {
        this._calls.settle(message);
      }
    });
    void this._guarded(() => this._connect());
  }

  private async _connect(): Promise<void> {
    const { pyodide, boot } = await this._python;
    (pyodide as unknown as IPyodideInternals)._api.on_fatal = error =>
      this._post({ type: 'failed', message: String(error) });
    boot.connect_host(
      (request: unknown) => this._calls.run(request),
      (path: string) => this._calls.read(path),
      this._calls.store(null)
    );
    this._post({ type: 'loading', text: null });
  }

  private async _run(message: RunMessage): Promise<void> {
    const { id, skill, version, inputs, entry, index, marks } = message;
    this._readyAt = performance.now();
    this._calls.mark(marks);
    const { pyodide, boot } = await this._python;
    if (index !== undefined) {
      boot.offer_index(index);
    }
    const given =
      entry === undefined
        ? await boot.run_call(skill, version, inputs.text, inputs.buffers)
        : await boot.replay_call(entry, inputs.text);
    const { buffers: views } = given as {
      readonly buffers: readonly Uint8Array<ArrayBuffer>[];
    };
    const buffers = views.map(ownBuffer);
    const outcome = { ...(given as PoolOutcome), buffers };
    const ms = performance.now() - this._readyAt;
    this._calls.flush();
    const memory = (pyodide as unknown as IPyodideInternals)._module.HEAP8.length;
    this._post({ type: 'outcome', id, outcome, ms, memory }, buffers);
  }

  /** What fails here is no skill's fault: the page replaces the worker. */
  private async _guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      this._post({ type: 'failed', message: String(reason) });
    }
  }

  private _post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
    if (message.type === 'loading') {
      this._readyAt = performance.now();
    }
    globalThis.postMessage(wrapMessage(message), { transfer });
  }

  /** When the call began, or what it needs was loaded. */
  private _readyAt = performance.now();
  private readonly _calls = new HostCalls((message, transfer) =>
    this._post(message, transfer)
  );
  private readonly _python: Promise<IPython>;
}

/** Parts of Pyodide that are private upstream. */
interface IPyodideInternals {
  readonly _api: { on_fatal: (error: unknown) => void };
  readonly _module: { readonly HEAP8: Int8Array };
}
