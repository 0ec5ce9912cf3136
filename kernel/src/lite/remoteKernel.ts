import { PyodideRemoteKernel } from '@jupyterlite/pyodide-kernel/lib/worker';
import type { IPyodideWorkerKernel } from '@jupyterlite/pyodide-kernel/lib/tokens';
import type { DriveFS } from '@jupyterlite/services/lib/contents/drivefs';
import type { ILogPayload } from '@jupyterlab/logconsole';
import type { PyodideInterface } from 'pyodide';
import { cutWithContent } from './driveCuts';
import { fromPython } from './fromPython';
import { HostCalls } from './hostCalls';
import { epochNow } from './phases';
import { bootPython, type IPython } from './python';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type IBootConfig,
  type ToWorker
} from './protocol';
import { signalBuffer } from './signalBuffer';

/** What the page sends when a kernel takes the worker. */
export interface ISkillWorkerOptions extends IPyodideWorkerKernel.IOptions {
  /** Drives to show under `/volumes/<name>`. */
  readonly volumes: readonly string[];
}

/** The worker half of {@link SkillKernel}, free of any transport. */
export abstract class SkillRemoteKernel extends PyodideRemoteKernel {
  constructor(config: IBootConfig) {
    super();
    this._booted = this._boot(config);
    this._booted.catch(reason => {
      this._post({ type: 'failed', message: String(reason) });
    });
    globalThis.addEventListener('message', (event: MessageEvent<unknown>) => {
      const message = unwrapMessage<ToWorker>(event.data);
      if (message?.type === 'interrupts') {
        const interrupts = new Uint8Array(message.buffer);
        this._interrupts = interrupts;
        void this._booted.then(({ pyodide }) =>
          pyodide.setInterruptBuffer(signalBuffer(interrupts))
        );
      } else if (message?.type === 'interrupt') {
        void this._interrupt(message.parent);
      } else if (message?.type === 'reply' || message?.type === 'refusal') {
        this._calls.settle(message);
      } else if (message?.type === 'execute') {
        void this._answer(message);
      }
    });
  }

  /** Takes the skill index as JSON; Python reads it when a cell first needs it. */
  async setIndex(text: string): Promise<void> {
    const { boot } = await this._booted;
    boot.offer_index(text);
  }

  override async complete(content: unknown, parent: unknown): Promise<unknown> {
    const reply: unknown = await super.complete(content, parent);
    const { boot } = await this._booted;
    void boot.warm_completion();
    return reply;
  }

  /**
   * Runs a cell and then evaluates the request's expressions, which upstream leaves out;
   * a silent request without code does nothing else.
   */
  override async execute(content: ExecuteContent, parent: unknown): Promise<unknown> {
    const { code, silent, user_expressions: expressions } = content;
    this._parentId = (parent as IParent).header.msg_id;
    let reply: IReply = { status: 'ok', payload: [] };
    if (silent && code.trim() === '') {
      await this.setup(parent);
    } else {
      reply = (await super.execute(content, parent)) as IReply;
    }
    if (reply.status === 'ok') {
      reply.user_expressions = await this._evaluate(expressions);
    }
    this._tellMemory();
    this._calls.flush();
    return reply;
  }

  /**
   * This is heard only when Python waits or has ended. A byte that is still set was not
   * read by Python since the stop: whatever runs next must not find it.
   */
  private async _interrupt(parent: string): Promise<void> {
    const { boot } = await this._booted;
    const isRead = this._interrupts?.[0] === 0;
    this._interrupts?.fill(0);
    if (!isRead && parent === this._parentId) {
      boot.interrupt();
    }
    this._post({ type: 'interrupted' });
  }

  /** Most cells come without expressions; asking Python costs as much as a short one. */
  private async _evaluate(expressions: unknown = {}): Promise<unknown> {
    const text = JSON.stringify(expressions);
    if (text === '{}') {
      return {};
    }
    const { boot } = await this._booted;
    return JSON.parse(await boot.evaluate(text)) as unknown;
  }

  /** A request's end is a message as all others: they reach the page in their order. */
  private async _answer({ id, content, parent, marks }: ExecuteMessage): Promise<void> {
    if (marks) {
      this._calls.mark(marks);
    }
    try {
      const reply = await this.execute(content as ExecuteContent, parent);
      this._post({ type: 'executed', id, reply });
    } catch (reason) {
      this._post({ type: 'broken', id, message: String(reason) });
    }
  }

  private _tellMemory(): void {
    const { byteLength } = (this._pyodide as unknown as IPrivateApi)._module.HEAPU8;
    if (byteLength !== this._toldMemory) {
      this._toldMemory = byteLength;
      this._post({ type: 'memory', bytes: byteLength });
    }
  }

  /** A page has taken the worker: what was logged before goes to it now. */
  override async initialize(options: ISkillWorkerOptions): Promise<void> {
    const early = this._early ?? [];
    this._early = null;
    early.forEach(payload => this._logMessage(payload));
    await super.initialize(options);
  }

  override formatResult(result: unknown): unknown {
    return result instanceof this._pyodide.ffi.PyProxy
      ? fromPython(result.toJs())
      : result;
  }

  /** Header of the request being answered. */
  protected parentHeader(): Readonly<Record<string, unknown>> {
    const kernel = this._kernel as { readonly _parent_header: unknown };
    const parent = this.formatResult(kernel._parent_header) as {
      readonly header?: Readonly<Record<string, unknown>>;
    };
    return parent.header ?? {};
  }

  protected override async initRuntime(): Promise<void> {
    this._pyodide = (await this._booted).pyodide;
    (this._pyodide as unknown as IPrivateApi)._api.on_fatal = error =>
      this._logMessage({
        type: 'text',
        level: 'critical',
        data: `Python has stopped for good: ${String(error)}. Restart the kernel.`
      });
  }

  /** Nothing: piplite and micropip are loaded by the first `%pip` or import. */
  protected override async initPackageManager(
    options: IPyodideWorkerKernel.IOptions
  ): Promise<void> {
    const { boot } = await this._booted;
    boot.configure_pip(options.pipliteUrls, options.disablePyPIFallback);
  }

  /** The shell is up since the boot; it only goes to the notebook's folder. */
  protected override async initKernel(
    options: IPyodideWorkerKernel.IOptions
  ): Promise<void> {
    const started = epochNow();
    const { boot, pyodide } = await this._booted;
    if (options.mountDrive && this._localPath) {
      this._enterFolder(pyodide);
    }
    boot.connect_host(
      (request: unknown) => this._calls.run(request),
      (path: string) => this._calls.read(path),
      this._calls.store(() => this._parentId)
    );
    this._phase('kernel-ready', started);
  }

  protected override initGlobals(): Promise<void> {
    const module = this._pyodide.pyimport('pyodide_kernel') as unknown as IKernelModule;
    this._kernel = module.kernel_instance;
    this._stdout_stream = module.stdout_stream;
    this._stderr_stream = module.stderr_stream;
    this._interpreter = module.kernel_instance.interpreter;
    module.kernel_instance.interpreter.send_comm = this.sendComm.bind(this);
    return Promise.resolve();
  }

  protected override initFilesystem(options: ISkillWorkerOptions): Promise<void> {
    if (!options.mountDrive) {
      return Promise.resolve();
    }
    this._driveFS = this._mount(options, this._driveName, '/drive');
    // Not so for volumes: they may refuse, which `open` tells better than `close`.
    cutWithContent(this._driveFS, data =>
      this._log({ type: 'text', level: 'warning', data })
    );
    for (const name of options.volumes) {
      this._mount(options, name, `/volumes/${name}`);
    }
    this._pyodide.FS.chdir('/drive');
    return Promise.resolve();
  }

  /** What the person has typed; without it the cell was stopped while it asked. */
  protected given(value: string | null | undefined): string {
    if (typeof value !== 'string') {
      // Raised in Python, it goes through the call of `input` as its own error.
      this._pyodide.runPython('raise KeyboardInterrupt("The cell was stopped.")');
    }
    return value ?? '';
  }

  /** The file system over Contents, by the transport's way of waiting for answers. */
  protected abstract createDriveFS(options: DriveFS.IOptions): DriveFS;

  private _mount(
    options: ISkillWorkerOptions,
    driveName: string,
    mountpoint: string
  ): DriveFS {
    const { FS, PATH, ERRNO_CODES } = this._pyodide as unknown as IEmscripten;
    const drive = this.createDriveFS({
      FS,
      PATH,
      ERRNO_CODES,
      baseUrl: options.baseUrl,
      driveName,
      mountpoint,
      browsingContextId: options.browsingContextId
    });
    FS.mkdirTree(mountpoint);
    FS.mount(drive, {}, mountpoint);
    return drive;
  }

  private async _boot(config: IBootConfig): Promise<IPython> {
    const python = await bootPython(config, {
      phase: (name, start) => this._phase(name, start),
      log: (level, text) => this._log({ type: 'text', level, data: text })
    });
    this._post({
      type: 'versions',
      python: python.pyodide.runPython(
        'import platform; platform.python_version()'
      ) as string,
      pyodide: python.pyodide.version
    });
    return python;
  }

  /** A folder that Python cannot see must not cost the kernel: it stays at the root. */
  private _enterFolder(pyodide: PyodideInterface): void {
    try {
      pyodide.FS.chdir(this._localPath);
    } catch {
      const data = `The folder ${this._localPath} is not in /drive; Python works there.`;
      this._log({ type: 'text', level: 'warning', data });
    }
  }

  private _log(payload: ILogPayload): void {
    if (this._early) {
      this._early.push(payload);
    } else {
      this._logMessage(payload);
    }
  }

  private _phase(
    name: Extract<FromWorker, { type: 'phase' }>['name'],
    start: number
  ): void {
    this._post({ type: 'phase', name, start, end: epochNow() });
  }

  protected _post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
    globalThis.postMessage(wrapMessage(message), { transfer });
  }

  declare protected _pyodide: PyodideInterface;
  /** Logged while no page listens; null once one does. */
  private _early: ILogPayload[] | null = [];
  private readonly _calls = new HostCalls((message, transfer) =>
    this._post(message, transfer)
  );
  /** `msg_id` of the execute request under way. */
  private _parentId = '';
  private _toldMemory = 0;
  private readonly _booted: Promise<IPython>;
  /** Shared with the page where it is isolated; 2 in it stops running Python. */
  private _interrupts: Uint8Array | undefined;
}

type ExecuteContent = Parameters<PyodideRemoteKernel['execute']>[0];

type ExecuteMessage = Extract<ToWorker, { readonly type: 'execute' }>;

interface IParent {
  readonly header: { readonly msg_id: string };
}

interface IReply {
  readonly status: string;
  readonly payload?: unknown;
  user_expressions?: unknown;
}

/** Pyodide's hook for faults that end the interpreter, and its memory; private upstream. */
interface IPrivateApi {
  readonly _module: { readonly HEAPU8: Uint8Array };
  readonly _api: { on_fatal: (error: unknown) => void };
}

/** Emscripten's file system parts, as DriveFS wants them. */
interface IEmscripten {
  readonly FS: DriveFS.IOptions['FS'] & {
    mkdirTree(path: string): void;
    mount(type: unknown, options: object, mountpoint: string): void;
  };
  readonly PATH: DriveFS.IOptions['PATH'];
  readonly ERRNO_CODES: unknown;
}

/** The module `pyodide_kernel`. */
interface IKernelModule {
  readonly kernel_instance: { readonly interpreter: { send_comm: unknown } };
  readonly stdout_stream: unknown;
  readonly stderr_stream: unknown;
}
