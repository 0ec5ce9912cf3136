import { formatPython, isRecord } from '@llmos-lab/skills';
import type { Contents, Kernel } from '@jupyterlab/services';
import { PromiseDelegate, UUID } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IAnswers, IRuntimeHost } from '../tokens';
import { CommPort } from './commPort';

/** Target of the comm by which Python asks the page, see `llmos/_jupyter.py`. */
export const COMM_TARGET = 'llmos.runtime';

/**
 * How a kernel stands to the page. `other`: it is no IPython kernel, and is left alone.
 * `missing`: its Python has no `llmos` that knows of pages. `alone`: it has, but this page
 * may not open comms to it, so that what is not Python does not run here.
 */
export type ServiceState =
  'starting' | 'served' | 'missing' | 'alone' | 'other' | 'gone';

/** What serving a kernel needs. */
export interface IServeOptions {
  readonly kernel: Kernel.IKernelConnection;
  readonly host: IRuntimeHost;
  readonly contents: Pick<Contents.IManager, 'get'>;
}

/** An ordinary kernel whose skills this page serves. */
export interface IServedKernel extends IDisposable {
  readonly state: ServiceState;
  readonly stateChanged: ISignal<IServedKernel, void>;
  /**
   * Resolves when the kernel has been told of this page, or is not to be: what is sent to
   * it from then on finds the person's skills.
   */
  readonly told: Promise<void>;
}

/** States of a kernel after which it knows nothing any more. */
const RESTARTS: ReadonlySet<Kernel.Status> = new Set<Kernel.Status>([
  'restarting',
  'autorestarting'
]);

/**
 * Serves the skills of a notebook whose kernel is not the site's: an IPython kernel with
 * `llmos` installed. Python is given the skills by silent requests, which the kernel takes
 * in their order among its cells, and asks for other runtimes by a comm.
 */
export class ServedKernel implements IServedKernel {
  constructor(private readonly _options: IServeOptions) {
    const { kernel, host } = _options;
    kernel.disposed.connect(this.dispose, this);
    kernel.statusChanged.connect(this._onStatus, this);
    host.skills.changed.connect(this._onSkills, this);
    void this._start();
  }

  get state(): ServiceState {
    return this._state;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  get told(): Promise<void> {
    return this._told.promise;
  }

  get isDisposed(): boolean {
    return this._state === 'gone';
  }

  dispose(): void {
    if (!this.isDisposed) {
      this._setState('gone');
      this._told.resolve();
      this._close();
      Signal.clearData(this);
    }
  }

  private async _start(): Promise<void> {
    const { kernel, host } = this._options;
    const info = await kernel.info.catch(() => null);
    if (info?.implementation !== 'ipython') {
      this._setState('other');
      this._told.resolve();
      return;
    }
    await host.skills.settled();
    this._isKnown = true;
    await this._tell();
  }

  /** Tells Python of this page and of the skills, and takes its questions from then on. */
  private async _tell(): Promise<void> {
    if (!this._isKnown || this.isDisposed) {
      return;
    }
    this._isDue = false;
    const turn = ++this._turn;
    const reply = this._ask();
    this._told.resolve();
    const answer = await reply;
    if (turn !== this._turn || this.isDisposed) {
      return;
    }
    if (answer === 'lost') {
      this._isDue = true;
      this._tellIfIdle();
    } else if (answer === 'refused') {
      this._setState('missing');
    } else if (!this._answers) {
      await this._open(turn);
    }
  }

  private _onSkills(): void {
    void this._tell();
  }

  private _tellIfIdle(): void {
    if (this._isDue && this._options.kernel.status === 'idle') {
      void this._tell();
    }
  }

  /** `lost`: a cell before this has failed, or the kernel restarts or has gone. */
  private async _ask(): Promise<'attached' | 'refused' | 'lost'> {
    const { kernel, host } = this._options;
    if (kernel.status === 'dead') {
      return 'lost';
    }
    const args = [this._page, host.skills.forPython()].map(formatPython).join(', ');
    const module = '__import__("llmos._jupyter", fromlist=["attach"])';
    const future = kernel.requestExecute({
      code: '',
      silent: true,
      store_history: false,
      stop_on_error: false,
      user_expressions: { llmos: `${module}.attach(${args})` }
    });
    const reply = await future.done.then(
      ({ content }) => content,
      () => null // No reply will come.
    );
    if (reply?.status !== 'ok') {
      return 'lost';
    }
    const said = reply.user_expressions?.llmos;
    return isRecord(said) && said.status === 'ok' ? 'attached' : 'refused';
  }

  private async _open(turn: number): Promise<void> {
    const { kernel, host, contents } = this._options;
    if (!kernel.handleComms) {
      this._setState('alone');
      return;
    }
    const comm: ISubshellComm = kernel.createComm(COMM_TARGET);
    if ((kernel as Partial<Kernel.IKernelConnection>).supportsSubshells) {
      // By a subshell, answers reach Python while a cell waits for them.
      await comm.subshellStarted;
    }
    if (turn !== this._turn || this.isDisposed) {
      comm.dispose();
      return;
    }
    const port = new CommPort(comm);
    this._comm = comm;
    this._answers = host.answer({ owner: kernel.id, port, contents });
    comm.onClose = () => this._forget();
    comm.open({ page: this._page });
    this._setState('served');
  }

  private _onStatus(_: unknown, status: Kernel.Status): void {
    if (RESTARTS.has(status)) {
      this._forget();
      this._turn += 1;
      // JupyterLab forgets what waits to be sent just after this signal.
      queueMicrotask(() => void this._tell());
    } else {
      this._tellIfIdle();
    }
  }

  /** Python no longer asks: nobody takes what calls under way will give. */
  private _forget(): void {
    this._answers?.dispose();
    this._answers = null;
    this._comm = null;
  }

  private _close(): void {
    const comm = this._comm;
    this._forget();
    const { kernel } = this._options;
    if (comm && !comm.isDisposed && !kernel.isDisposed && kernel.status !== 'dead') {
      comm.close();
    }
  }

  private _setState(state: ServiceState): void {
    if (state !== this._state) {
      this._state = state;
      this._stateChanged.emit();
    }
  }

  private readonly _stateChanged = new Signal<this, void>(this);
  /** By which Python tells pages apart. */
  private readonly _page = UUID.uuid4();
  private readonly _told = new PromiseDelegate<void>();
  private _state: ServiceState = 'starting';
  /** Whether it is known that the kernel is one to be served. */
  private _isKnown = false;
  /** Counts what Python was told, and its restarts. */
  private _turn = 0;
  /** Whether what Python was told has been lost. */
  private _isDue = false;
  private _comm: Kernel.IComm | null = null;
  private _answers: IAnswers | null = null;
}

/** A comm of JupyterLab 4.4 and later. */
type ISubshellComm = Kernel.IComm & { readonly subshellStarted?: Promise<void> };

/** Serves the skills of an ordinary kernel until disposed of. */
export function serveKernel(options: IServeOptions): IServedKernel {
  return new ServedKernel(options);
}
