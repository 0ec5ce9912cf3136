import type { IMergeOptions } from '../../volumes/merging';
import {
  remoteStatus,
  type IPushTransfer,
  type IRemote,
  type IRemoteStatus,
  type ITransfer,
  type PullResult,
  type PushResult
} from '../remote';
import { RemoteError } from '../remoteError';
import { GITHUB, placeRef, type IGithubPlace } from './client';
import type { Github } from './github';
import { trackingRef } from './push';

/** A repository on GitHub or a server like it, and where its API is. */
export interface IGithubConnection extends IGithubPlace {
  readonly server: string;
}

/** The counterpart of one volume on GitHub. */
export class GithubRemote implements IRemote {
  /**
   * @param askSignIn asks the person for what is missing; false when they cancel
   * @param forget forgets the connection of the volume
   */
  constructor(
    private readonly _github: Github,
    private readonly _volume: string,
    readonly connection: IGithubConnection,
    private readonly _askSignIn: () => Promise<boolean>,
    private readonly _forget: () => Promise<void>
  ) {}

  readonly kind = 'github';

  get name(): string {
    const { server, owner, name } = this.connection;
    const host = server === GITHUB ? '' : `${new URL(server).host}/`;
    return `${host}${owner}/${name}`;
  }

  get isReady(): boolean {
    return this._github.account(this._volume) !== undefined;
  }

  async signIn(): Promise<boolean> {
    return this.isReady || this._askSignIn();
  }

  disconnect(): Promise<void> {
    return this._forget();
  }

  push(transfer: IPushTransfer = {}): Promise<PushResult> {
    return this._watched(this._github.push(this._volume, this.connection, transfer));
  }

  pull(merge: IMergeOptions, transfer: ITransfer = {}): Promise<PullResult> {
    const { connection } = this;
    return this._watched(this._github.pull(this._volume, connection, merge, transfer));
  }

  async fetch(transfer: ITransfer = {}): Promise<void> {
    await this._watched(this._github.fetch(this._volume, this.connection, transfer));
  }

  async status(): Promise<IRemoteStatus> {
    const repository = this._github.repository(this._volume);
    const { server } = this.connection;
    const prefix = trackingRef(placeRef(server, this.connection), '');
    // The branch is the server's default one, whatever its name.
    const [branch = 'main'] = (await repository.refs(prefix)).keys();
    return remoteStatus(repository, prefix + branch);
  }

  /** A token that the server does not take is no sign-in any more. */
  private async _watched<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof RemoteError && error.code === 'unauthorized') {
        await this._github.use(this._volume, null);
      }
      throw error;
    }
  }
}
