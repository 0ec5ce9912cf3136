import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IVolumes } from '../../tokens';
import type { IRemoteStatus, ITransfer } from '../remote';
import type { IRemotes } from '../tokens';

/** What is going on between a volume and its server. */
export type TransferState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly direction: Direction;
      /** Objects that have arrived, of those known of; `total` is 0 while nobody knows. */
      readonly done: number;
      readonly total: number;
    }
  /** A push that goes on by itself when the network is back, or at `until`. */
  | { readonly kind: 'waiting'; readonly until: number | null };

/** A push that waits. */
export interface IWaitingPush {
  /** In ms since 1970, `null` for the network. */
  readonly until: number | null;
  /** Whether the person agreed to send a backlog as one commit. */
  readonly asOne: boolean;
}

/** Pushes that wait, by volume. */
export type Waiting = ReadonlyMap<string, IWaitingPush>;

/** `fetch` asks what is new and merges nothing. */
export type Direction = 'push' | 'pull' | 'fetch';

/** How a volume stands to its server, for views. */
export interface IRemoteView {
  readonly kind: 'github' | 'git';
  /** Such as `ana/volume`. */
  readonly name: string;
  readonly isReady: boolean;
  /** `null` until it is read for the first time. */
  readonly status: IRemoteStatus | null;
  readonly transfer: TransferState;
}

/** What the model asks of the browser. */
export interface ITransfersOptions {
  readonly remotes: IRemotes;
  readonly volumes: IVolumes;
  readonly trans: TranslationBundle;
}

/**
 * Pushes and pulls as people see them: one at a time for a volume, with progress, a way
 * to stop, and pushes that wait for the network.
 */
export class Transfers implements IDisposable {
  constructor(private readonly _options: ITransfersOptions) {
    const { remotes, volumes } = _options;
    remotes.changed.connect(this._onRemote, this);
    volumes.changed.connect(this._watch, this);
    this._watch();
    volumes.volumes.forEach(({ name }) => this._onRemote(undefined, name));
  }

  /** Emits the pushes that wait, when one comes or goes. */
  get waitingChanged(): ISignal<this, Waiting> {
    return this._waitingChanged;
  }

  /** Emits the volume whose view is another now. */
  get changed(): ISignal<this, string> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._running.forEach(({ stop }) => stop.abort());
      this._options.remotes.changed.disconnect(this._onRemote, this);
      this._options.volumes.changed.disconnect(this._watch, this);
      this._watched.forEach(repository =>
        repository.committed.disconnect(this._onCommit, this)
      );
      Signal.clearData(this);
    }
  }

  /** How a volume stands to its server; `null` where it is not connected. */
  view(volume: string): IRemoteView | null {
    const remote = this._options.remotes.get(volume);
    if (!remote) {
      return null;
    }
    const { kind, name, isReady } = remote;
    const running = this._running.get(volume);
    const waiting = this._waiting.get(volume);
    const transfer: TransferState = running
      ? { kind: 'running', ...running.progress }
      : waiting !== undefined
        ? { kind: 'waiting', until: waiting.until }
        : { kind: 'idle' };
    const status = this._status.get(volume) ?? null;
    return { kind, name, isReady, status, transfer };
  }

  /**
   * Runs one push, pull or fetch and shows how far it is.
   *
   * @throws Error when another one of the volume is under way
   */
  async run<T>(
    volume: string,
    direction: Direction,
    work: (transfer: ITransfer) => Promise<T>
  ): Promise<T> {
    if (this._running.has(volume)) {
      throw new Error(
        this._options.trans.__(
          'A push or pull of this volume is under way. Wait, or stop it.'
        )
      );
    }
    const stop = new AbortController();
    const show = (done: number, total: number): void => {
      this._running.set(volume, { stop, progress: { direction, done, total } });
      this._changed.emit(volume);
    };
    this._waitNoMore(volume);
    show(0, 0);
    try {
      return await work({ signal: stop.signal, onProgress: show });
    } finally {
      this._running.delete(volume);
      this._changed.emit(volume);
      await this._read(volume);
    }
  }

  /** Keeps a push for later: until a time in ms since 1970, or until the network is back. */
  wait(volume: string, until: number | null, asOne = false): void {
    this._waiting.set(volume, { until, asOne });
    this._waitingChanged.emit(this._waiting);
    this._changed.emit(volume);
  }

  /** Stops what is under way, and pushes no more what waits. */
  cancel(volume: string): void {
    this._running.get(volume)?.stop.abort();
    this._waitNoMore(volume);
    this._changed.emit(volume);
  }

  /** Volumes whose push waits and may begin now. */
  due(now: number): readonly string[] {
    return [...this._waiting]
      .filter(([volume]) => this._options.remotes.get(volume))
      .filter(([, { until }]) => until === null || until <= now)
      .map(([volume]) => volume);
  }

  /** Whether a push that waits goes as one commit, as the person agreed. */
  waitsAsOne(volume: string): boolean {
    return this._waiting.get(volume)?.asOne ?? false;
  }

  private _onRemote(_: unknown, volume: string): void {
    if (this._options.remotes.get(volume)) {
      this._connected.add(volume);
    } else if (this._connected.delete(volume)) {
      // At the start a volume is not connected yet, and its push waits on.
      this.cancel(volume);
      this._status.delete(volume);
    }
    this._changed.emit(volume);
    void this._read(volume);
  }

  private _waitNoMore(volume: string): void {
    if (this._waiting.delete(volume)) {
      this._waitingChanged.emit(this._waiting);
    }
  }

  /** Teams may come; those that left stay quiet by themselves. */
  private _watch(): void {
    for (const { repository } of this._options.volumes.volumes) {
      if (repository && !this._watched.has(repository)) {
        this._watched.add(repository);
        repository.committed.connect(this._onCommit, this);
      }
    }
  }

  private _onCommit(sender: unknown): void {
    for (const { name, repository } of this._options.volumes.volumes) {
      if (repository === sender) {
        void this._read(name);
      }
    }
  }

  /** One reading at a time a volume; of those asked for meanwhile one more is made. */
  private async _read(volume: string): Promise<void> {
    if (this._reading.has(volume)) {
      this._again.add(volume);
      return;
    }
    this._reading.add(volume);
    do {
      this._again.delete(volume);
      const remote = this._options.remotes.get(volume);
      try {
        const status = await remote?.status();
        if (status && remote === this._options.remotes.get(volume)) {
          this._status.set(volume, status);
        }
      } catch {
        // A volume that cannot be read says so in its own place; here it stands nowhere.
        this._status.delete(volume);
      }
    } while (this._again.has(volume));
    this._reading.delete(volume);
    if (!this._isDisposed) {
      this._changed.emit(volume);
    }
  }

  private readonly _running = new Map<string, IRunning>();
  private readonly _waiting = new Map<string, IWaitingPush>();
  private readonly _waitingChanged = new Signal<this, Waiting>(this);
  private readonly _connected = new Set<string>();
  private readonly _status = new Map<string, IRemoteStatus>();
  private readonly _watched = new Set<
    NonNullable<IVolumes['volumes'][0]['repository']>
  >();
  private readonly _reading = new Set<string>();
  private readonly _again = new Set<string>();
  private readonly _changed = new Signal<this, string>(this);
  private _isDisposed = false;
}

interface IRunning {
  readonly stop: AbortController;
  readonly progress: {
    readonly direction: Direction;
    readonly done: number;
    readonly total: number;
  };
}
