import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal, type ISignal } from '@lumino/signaling';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { isSealed, openSecret, sealSecret } from './seal';
import { SecretError, type ISecretStore, type SecretState } from './tokens';

interface ISecretSchema extends DBSchema {
  /** Sealed secrets by name; read as unknown, since anything may have written them. */
  secrets: { key: string; value: unknown };
}

/** What tabs tell each other; never a secret. */
interface INews {
  readonly name: string;
  readonly isForgotten: boolean;
}

/** Secrets in memory, and sealed ones in a database of their own. */
export class SecretStore implements ISecretStore {
  /** @param database its name, which is also that of the channel between tabs */
  constructor(
    private readonly _databaseName: string,
    private readonly _trans: TranslationBundle
  ) {
    if (typeof BroadcastChannel !== 'undefined') {
      this._channel = new BroadcastChannel(_databaseName);
      this._channel.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (isNews(data)) {
          this._hear(data);
        }
      };
    }
  }

  get changed(): ISignal<ISecretStore, string> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._open.clear();
      this._channel?.close();
      // What never opened needs no closing; whoever asked for it was told.
      this._opening?.then(
        database => database.close(),
        () => undefined
      );
      Signal.clearData(this);
    }
  }

  get(name: string): string | undefined {
    return this._open.get(name);
  }

  async state(name: string): Promise<SecretState> {
    const isKept = (await this._sealed(name)) !== null;
    if (this._open.has(name)) {
      return isKept ? 'open' : 'tab';
    }
    return isKept ? 'locked' : 'absent';
  }

  async keep(name: string, secret: string, passphrase?: string): Promise<void> {
    const database = await this._database();
    if (passphrase === undefined) {
      await database.delete('secrets', name);
    } else {
      const sealed = await sealSecret(name, secret, passphrase, this._trans);
      await database.put('secrets', sealed, name);
    }
    this._open.set(name, secret);
    this._tell({ name, isForgotten: false });
  }

  async unlock(name: string, passphrase: string): Promise<string> {
    const sealed = await this._sealed(name);
    if (!sealed) {
      throw new SecretError(
        'absent',
        this._trans.__('Nothing is kept here any more. Enter it anew.')
      );
    }
    const secret = await openSecret(name, sealed, passphrase, this._trans);
    this._open.set(name, secret);
    this._changed.emit(name);
    return secret;
  }

  async forget(name: string): Promise<void> {
    this._open.delete(name);
    await (await this._database()).delete('secrets', name);
    this._tell({ name, isForgotten: true });
  }

  async names(prefix = ''): Promise<readonly string[]> {
    const kept = await (await this._database()).getAllKeys('secrets');
    const all = new Set([...kept, ...this._open.keys()]);
    return [...all].filter(name => name.startsWith(prefix)).sort();
  }

  /** A record of another form is as good as none: it cannot be opened. */
  private async _sealed(
    name: string
  ): Promise<Parameters<typeof openSecret>[1] | null> {
    const found = await (await this._database()).get('secrets', name);
    return isSealed(found) ? found : null;
  }

  private _tell(news: INews): void {
    this._changed.emit(news.name);
    this._channel?.postMessage(news);
  }

  /** Signing out in one tab signs out in all. */
  private _hear({ name, isForgotten }: INews): void {
    if (isForgotten) {
      this._open.delete(name);
    }
    this._changed.emit(name);
  }

  private _database(): Promise<IDBPDatabase<ISecretSchema>> {
    if (!this._opening) {
      const forget = (): void => {
        this._opening = undefined;
      };
      const opening = openDB<ISecretSchema>(this._databaseName, 1, {
        upgrade: db => void db.createObjectStore('secrets'),
        blocking: (_from, _to, event) => {
          (event.target as IDBDatabase).close();
          forget();
        },
        terminated: forget
      });
      this._opening = opening;
      // A failed opening is tried again at the next call instead of being remembered.
      opening.catch(forget);
    }
    return this._opening;
  }

  private readonly _open = new Map<string, string>();
  private readonly _channel: BroadcastChannel | undefined;
  private readonly _changed = new Signal<ISecretStore, string>(this);
  private _opening: Promise<IDBPDatabase<ISecretSchema>> | undefined;
  private _isDisposed = false;
}

function isNews(data: unknown): data is INews {
  return (
    typeof data === 'object' &&
    data !== null &&
    'name' in data &&
    typeof data.name === 'string' &&
    'isForgotten' in data
  );
}
