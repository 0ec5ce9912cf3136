import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { INetWorker } from '../../net/protocol';
import type { ISecretStore } from '../../secrets/tokens';
import type { IVolumes } from '../../tokens';
import type { IRemotes } from '../tokens';
import {
  readConnections,
  passwordName,
  writeConnections,
  type IGitConnection
} from './connection';
import { GitRemote } from './gitRemote';

const KEY = 'connections';

/** What connecting works with. */
export interface IConnectionOptions {
  readonly volumes: IVolumes;
  readonly remotes: IRemotes;
  readonly secrets: ISecretStore;
  /** Where connections are kept; without it they end with the page. */
  readonly settings: Pick<
    ISettingRegistry.ISettings,
    'composite' | 'changed' | 'set'
  > | null;
  readonly startNet: () => Promise<INetWorker>;
  readonly trans: TranslationBundle;
  /** Asks for a password that is locked, absent, or was not taken. */
  readonly askPassword: (
    connection: IGitConnection,
    wasRefused: boolean
  ) => Promise<string | undefined>;
}

/** Which volumes are on a Git server: kept in the settings, offered as their remotes. */
export class GitConnections {
  constructor(private readonly _options: IConnectionOptions) {
    const { settings, volumes, secrets } = _options;
    settings?.changed.connect(this.restore, this);
    volumes.changed.connect(this.restore, this);
    secrets.changed.connect(this._onSecret, this);
  }

  /** What a volume is connected to. */
  get(volume: string): IGitConnection | undefined {
    const remote = this._options.remotes.get(volume);
    return remote instanceof GitRemote ? remote.connection : undefined;
  }

  /** Offers what the settings have, as far as it is not there. */
  restore(): void {
    const { settings, volumes, remotes } = this._options;
    const kept = readConnections(settings?.composite[KEY]);
    for (const { name } of volumes.volumes) {
      const connection = kept.get(name);
      // A volume that was connected elsewhere since stays there.
      if (connection && !remotes.get(name)) {
        remotes.set(name, this._remote(name, connection));
      }
    }
  }

  /**
   * Connects a volume once the server has answered.
   *
   * @throws RemoteError
   */
  async connect(
    volume: string,
    connection: IGitConnection,
    password: string,
    passphrase?: string
  ): Promise<void> {
    const { remotes, secrets } = this._options;
    this._requireFree(volume, connection);
    const remote = this._remote(volume, connection);
    const name = passwordName(connection);
    try {
      await remote.signIn(password);
      await remote.check();
      // Only now: what is kept under this name may be the password that is right.
      await (connection.signsIn
        ? secrets.keep(name, password, passphrase)
        : secrets.forget(name));
    } catch (error) {
      await remote.close();
      throw error;
    }
    const before = remotes.get(volume);
    if (before instanceof GitRemote) {
      await before.close();
      if (passwordName(before.connection) !== name) {
        await secrets.forget(passwordName(before.connection));
      }
    } else {
      await before?.disconnect?.();
    }
    remotes.set(volume, remote);
    await this._keep(volume, connection);
  }

  /** Forgets the server and its password; commits stay on both sides. */
  async disconnect(volume: string): Promise<void> {
    const { remotes, secrets } = this._options;
    const remote = remotes.get(volume);
    if (remote instanceof GitRemote) {
      remotes.set(volume, null);
      await remote.close();
      await secrets.forget(passwordName(remote.connection));
      await this._keep(volume, null);
    }
  }

  /** A password forgotten in another tab is forgotten here too. */
  private _onSecret(_: unknown, name: string): void {
    const { volumes, remotes, secrets } = this._options;
    for (const { name: volume } of volumes.volumes) {
      const remote = remotes.get(volume);
      if (
        remote instanceof GitRemote &&
        remote.connection.signsIn &&
        passwordName(remote.connection) === name
      ) {
        void secrets.state(name).then(async state => {
          if (state === 'absent') {
            await remote.close();
            remotes.touch(volume);
          }
        });
      }
    }
  }

  /** Two volumes in one repository would overwrite each other, and share a password. */
  private _requireFree(volume: string, { url }: IGitConnection): void {
    const { settings, trans } = this._options;
    const kept = readConnections(settings?.composite[KEY]);
    const plain = (address: string): string => address.replace(/\.git$/, '');
    for (const [other, connection] of kept) {
      if (other !== volume && plain(connection.url) === plain(url)) {
        throw new Error(
          trans.__('"%1" is kept there. Choose another repository.', other)
        );
      }
    }
  }

  private async _keep(
    volume: string,
    connection: IGitConnection | null
  ): Promise<void> {
    const { settings } = this._options;
    const kept = new Map(readConnections(settings?.composite[KEY]));
    if (connection) {
      kept.set(volume, connection);
    } else {
      kept.delete(volume);
    }
    await settings?.set(KEY, writeConnections(kept));
  }

  private _remote(volume: string, connection: IGitConnection): GitRemote {
    const { volumes, startNet, askPassword, trans } = this._options;
    const repository = volumes.get(volume)?.repository;
    if (!repository) {
      throw new Error(trans.__('The volume "%1" has no history here.', volume));
    }
    return new GitRemote({
      ...{ connection, repository, startNet, trans },
      askPassword: wasRefused => askPassword(connection, wasRefused),
      disconnect: () => this.disconnect(volume)
    });
  }
}
