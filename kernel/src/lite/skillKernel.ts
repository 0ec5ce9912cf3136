import type { KernelMessage } from '@jupyterlab/services';
import { PageConfig } from '@jupyterlab/coreutils';
import { PyodideKernel } from '@jupyterlite/pyodide-kernel/lib/kernel';
import type { IPyodideWorkerKernel } from '@jupyterlite/pyodide-kernel/lib/tokens';
import type { IAnswers, IRuntimeHost } from '@llmos-lab/kernel';
import { isRecord } from '@llmos-lab/skills';
import { answerPort } from './answerPort';
import { ExecuteRequests } from './executeRequests';
import { Interrupts } from './interrupts';
import { MarkFeed } from './markFeed';
import { unwrapMessage, type FromWorker, type IBootConfig } from './protocol';
import type { ISkillWorkerOptions } from './remoteKernel';
import { takeWorker, type IKernelWorker } from './warmWorker';

/** What the page calls of the worker beyond Jupyter's own requests. */
interface ISkillRemote extends IPyodideWorkerKernel {
  setIndex(text: string): Promise<void>;
}

type ExecuteReply = KernelMessage.IExecuteReplyMsg['content'];

/** How upstream hands a worker's messages on; private there. */
interface IPublisher {
  _processWorkerMessage(message: unknown): void;
}

/** Upstream's options, and what the kernel works with here. */
export interface ISkillKernelOptions extends PyodideKernel.IOptions {
  readonly boot: IBootConfig;
  readonly host: IRuntimeHost;
  /** The product's version; empty where the site does not say it. */
  readonly version: string;
}

/**
 * The Python kernel of the site. Upstream's kernel with three things more: it takes the
 * worker that started with the page, it keeps Python's view of the skills current, and
 * it answers calls of skills that are not Python.
 *
 * The upstream constructor calls `initWorker` and `initRemote`, so the fields set there
 * are declared without initialisers, which would reset them.
 */
export class SkillKernel extends PyodideKernel {
  constructor(options: ISkillKernelOptions) {
    super(options);
    this._host = options.host;
    this._version = options.version;
    this._marks = new MarkFeed(options.host.cache);
    this._answers = options.host.answer({
      owner: this.id,
      port: answerPort(this._kernelWorker.worker),
      contents: options.contentsManager
    });
    this._interrupts = new Interrupts(this._kernelWorker);
    this._requests = new ExecuteRequests(this._kernelWorker.worker);
    this._kernelWorker.worker.addEventListener('message', this._onMessage);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._answers.dispose();
      this._requests.dispose();
      this._host.pool.dropStaged(this.id);
      this._kernelWorker.worker.removeEventListener('message', this._onMessage);
      this._host.memory.report(this.id, null);
    }
    super.dispose();
  }

  /**
   * Raises KeyboardInterrupt in the running cell, or ends the skill call that it waits
   * for. Where Python cannot be reached the host is told, so that people are asked.
   */
  async interrupt(): Promise<void> {
    if (this._answers.abortAll()) {
      return;
    }
    // Python that waits for input gets none, by which it knows that it is to stop.
    await this.inputReply({ status: 'abort' });
    const outcome = await this._interrupts.stop();
    if ((outcome === 'unheard' || outcome === 'ignored') && !this.isDisposed) {
      this._host.reportStuck({ kernel: this.id, reason: outcome });
    }
  }

  override async kernelInfoRequest(): Promise<KernelMessage.IInfoReplyMsg['content']> {
    const info = await super.kernelInfoRequest();
    if (info.status !== 'ok') {
      return info;
    }
    const versions = this._kernelWorker.versions;
    return {
      ...info,
      implementation: 'llmos',
      implementation_version: this._version,
      language_info: {
        ...info.language_info,
        version: versions?.python ?? info.language_info.version
      },
      banner: `Python ${versions?.python ?? ''} in the browser, by Pyodide ${versions?.pyodide ?? ''}`,
      help_links: []
    };
  }

  override async executeRequest(
    content: KernelMessage.IExecuteRequestMsg['content']
  ): Promise<ExecuteReply> {
    await this._pushIndex();
    const marks = await this._marks.next();
    await this.ready;
    const parent = this.parent as KernelMessage.IMessage;
    const request = { content, parent, ...(marks && { marks }) };
    try {
      const reply = (await this._interrupts.during(parent.header.msg_id, () =>
        this._requests.run(request)
      )) as ExecuteReply;
      return { ...reply, execution_count: this.executionCount };
    } catch (reason) {
      return this._fail(reason);
    }
  }

  override async completeRequest(
    content: KernelMessage.ICompleteRequestMsg['content']
  ): Promise<KernelMessage.ICompleteReplyMsg['content']> {
    await this._pushIndex();
    return super.completeRequest(content);
  }

  override async inspectRequest(
    content: KernelMessage.IInspectRequestMsg['content']
  ): Promise<KernelMessage.IInspectReplyMsg['content']> {
    await this._pushIndex();
    return super.inspectRequest(content);
  }

  protected override initWorker(options: ISkillKernelOptions): Worker {
    this._kernelWorker = takeWorker(options.boot);
    return this._kernelWorker.worker;
  }

  protected override initRemote(options: ISkillKernelOptions): IPyodideWorkerKernel {
    const remote = super.initRemote(options) as ISkillRemote;
    this._remote = remote;
    return remote;
  }

  protected override initRemoteOptions(
    options: ISkillKernelOptions
  ): ISkillWorkerOptions {
    return {
      baseUrl: PageConfig.getBaseUrl(),
      pyodideUrl: options.boot.pyodideUrl,
      indexUrl: options.boot.pyodideUrl.replace(/[^/]*$/, ''),
      pipliteWheelUrl: '',
      pipliteUrls: options.pipliteUrls,
      disablePyPIFallback: options.disablePyPIFallback,
      location: this.location,
      mountDrive: options.mountDrive,
      loadPyodideOptions: { lockFileURL: options.boot.lockUrl, packages: [] },
      ...(options.browsingContextId !== undefined && {
        browsingContextId: options.browsingContextId
      }),
      kernelId: this.id,
      volumes: options.host.skills.volumes
    };
  }

  /** Gives Python the index when it has changed since the last request. */
  private async _pushIndex(): Promise<void> {
    const { skills } = this._host;
    await skills.settled();
    if (skills.revision === this._pushed) {
      return;
    }
    const revision = skills.revision;
    await this.ready;
    await this._remote.setIndex(skills.forPython());
    this._pushed = revision;
  }

  /** A request that no reply follows leaves its cell, and all behind it, waiting for ever. */
  private _fail(reason: unknown): ExecuteReply {
    const { name, message } =
      reason instanceof Error ? reason : new Error(String(reason));
    const error = { ename: name, evalue: message, traceback: [`${name}: ${message}`] };
    this.publishExecuteError(error, this.parentHeader);
    return { status: 'error', execution_count: this.executionCount, ...error };
  }

  private readonly _onMessage = (event: MessageEvent<unknown>): void => {
    const message = unwrapMessage<FromWorker>(event.data);
    if (message?.type === 'memory') {
      this._host.memory.report(this.id, message.bytes);
    } else if (message?.type === 'publish' && isRecord(message.message)) {
      (this as unknown as IPublisher)._processWorkerMessage(message.message);
    }
  };

  private readonly _host: IRuntimeHost;
  private readonly _version: string;
  private readonly _marks: MarkFeed;
  private readonly _answers: IAnswers;
  private readonly _interrupts: Interrupts;
  private readonly _requests: ExecuteRequests;
  private _pushed = 0;
  declare private _kernelWorker: IKernelWorker;
  declare private _remote: ISkillRemote;
}
