import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import {
  isNoRoom,
  isOutdated,
  type IKept,
  type PageMessage,
  type WorkerAnswer
} from './protocol';

/**
 * The site as the browser keeps it: how much of it is here, and whether a newer build
 * waits. It speaks with the site's service worker; where there is none (private windows
 * of some browsers, ordinary Jupyter) nothing is kept and nothing is told.
 */
export class OfflineSite implements IDisposable {
  constructor(private readonly _workers: ServiceWorkerContainer) {
    _workers.addEventListener('controllerchange', this._onController);
    _workers.addEventListener('message', this._onMessage);
    _workers.startMessages();
  }

  /** What is kept; null until known, and where there is no worker of ours. */
  get kept(): IKept | null {
    return this._kept;
  }

  /** Whether everything is here, so that the site opens without a network. */
  get isWhole(): boolean {
    return this._kept !== null && this._kept.files === this._kept.allFiles;
  }

  /** Whether a newer build is here and waits to take over. */
  get isUpdateReady(): boolean {
    return this._waiting !== null;
  }

  /** Something of what is said above has changed. */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Another build has taken this page over: it should be loaded anew. */
  get replaced(): ISignal<this, void> {
    return this._replaced;
  }

  /** The server has another build than this page; the argument is the file that told. */
  get outdated(): ISignal<this, string> {
    return this._outdated;
  }

  /** There is a newer build, and no room for it: what is kept stays as old as it is. */
  get noRoom(): ISignal<this, void> {
    return this._noRoom;
  }

  /** Follows the worker as soon as there is one; says what is kept. */
  async start(): Promise<void> {
    const registration = await this._workers.ready;
    if (this.isDisposed) {
      return;
    }
    // Another one where the browser's data were cleared meanwhile.
    this._registration?.removeEventListener('updatefound', this._onUpdate);
    this._registration = registration;
    registration.addEventListener('updatefound', this._onUpdate);
    this._lookForUpdate();
    await this._ask({ type: 'ask' });
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._workers.removeEventListener('controllerchange', this._onController);
    this._workers.removeEventListener('message', this._onMessage);
    this._registration?.removeEventListener('updatefound', this._onUpdate);
    Signal.clearData(this);
  }

  /**
   * Keeps everything that is missing; ends early where `stop` was called, in any tab.
   *
   * @throws with what the worker says when the network or the room ends, or the server
   *   has another build
   */
  async fill(): Promise<void> {
    for (;;) {
      const before = this._kept?.files;
      if (await this._ask({ type: 'fill' })) {
        return;
      }
      // Browsers end a worker after some minutes, whatever it does.
      if (this._kept?.files === before) {
        throw new Error('The browser ended the service worker before it kept a file.');
      }
    }
  }

  /** Ends `fill`, in every tab that waits for it. */
  stop(): void {
    this._post({ type: 'stop' });
  }

  /** Lets the newer build take over; `replaced` says when it has. */
  takeOver(): void {
    this._waiting?.postMessage({ type: 'take-over' } satisfies PageMessage);
  }

  private _post(message: PageMessage, ports: MessagePort[] = []): void {
    this._registration?.active?.postMessage(message, ports);
  }

  /** Sends a message. Resolves at its last answer, or to false when none can come. */
  private _ask(message: PageMessage): Promise<boolean> {
    const { port1, port2 } = new MessageChannel();
    return new Promise<boolean>((resolve, reject) => {
      port1.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
        if (data.type === 'failed') {
          reject(new Error(data.reason));
        } else {
          this._kept = data.kept;
          this._stateChanged.emit();
        }
        if (data.type !== 'kept' || message.type === 'ask') {
          port1.close();
          resolve(true);
        }
      };
      port1.addEventListener('close', () => resolve(false));
      this._workers.addEventListener('controllerchange', () => resolve(false), {
        once: true
      });
      this._post(message, [port2]);
    });
  }

  private readonly _onUpdate = (): void => {
    const { installing } = this._registration ?? {};
    installing?.addEventListener('statechange', () => this._lookForUpdate());
  };

  private _lookForUpdate(): void {
    this._waiting = this._registration?.waiting ?? null;
    this._stateChanged.emit();
  }

  private readonly _onController = (): void => {
    const before = this._kept?.version;
    void this.start().then(() => this._compare(before));
  };

  private _compare(before: string | undefined): void {
    // The first worker of a new visitor, too, takes over a page that runs.
    if (before !== undefined && before !== this._kept?.version) {
      this._replaced.emit();
    }
  }

  private readonly _onMessage = ({ data }: MessageEvent<unknown>): void => {
    if (isOutdated(data)) {
      this._outdated.emit(data.path);
    } else if (isNoRoom(data)) {
      this._noRoom.emit();
    }
  };

  private readonly _stateChanged = new Signal<this, void>(this);
  private readonly _replaced = new Signal<this, void>(this);
  private readonly _outdated = new Signal<this, string>(this);
  private readonly _noRoom = new Signal<this, void>(this);
  private _registration: ServiceWorkerRegistration | null = null;
  private _waiting: ServiceWorker | null = null;
  private _kept: IKept | null = null;
  private _isDisposed = false;
}
