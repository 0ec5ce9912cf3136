import { Signal, type ISignal } from '@lumino/signaling';

import type { IRemote } from './remote';
import type { IRemotes } from './tokens';

/** Remembers the remote of each volume while the page is open. */
export class Remotes implements IRemotes {
  get changed(): ISignal<IRemotes, string> {
    return this._changed;
  }

  get(volume: string): IRemote | undefined {
    return this._remotes.get(volume);
  }

  set(volume: string, remote: IRemote | null): void {
    if (remote) {
      this._remotes.set(volume, remote);
    } else {
      this._remotes.delete(volume);
    }
    this._changed.emit(volume);
  }

  touch(volume: string): void {
    this._changed.emit(volume);
  }

  private readonly _remotes = new Map<string, IRemote>();
  private readonly _changed = new Signal<IRemotes, string>(this);
}
