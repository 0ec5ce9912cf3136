import { VolumeError } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { INetWorker } from '../../net/protocol';
import type { IVolumes } from '../../tokens';
import type { IMergeOptions } from '../../volumes/merging';
import { RemoteError, remoteError } from '../remoteError';
import type { IGithub, ITransferOptions } from '../tokens';
import { checkToken, type ITokenCheck } from './check';
import { GITHUB, GithubClient, type IGithubPlace } from './client';
import { createRepository, type CreateResult, type INewRepository } from './create';
import { pullVolume, type PullResult } from './pull';
import { pushVolume, type IRemoteVolume, type PushResult } from './push';

/** Signs in through `net.worker`, and pushes and pulls the volumes mounted here. */
export class Github implements IGithub {
  /** `startNet` runs when somebody signs in, so that nobody else loads the worker. */
  constructor(
    private readonly _volumes: Pick<IVolumes, 'get'>,
    private readonly _startNet: () => Promise<INetWorker>
  ) {}

  get isSignedIn(): boolean {
    return this._client !== null;
  }

  get changed(): ISignal<IGithub, void> {
    return this._changed;
  }

  async signIn(
    token: string,
    place: IGithubPlace,
    server = GITHUB
  ): Promise<ITokenCheck> {
    await this.signOut();
    const net = await this._startNet();
    const problem = await net.open(server, token);
    if (problem) {
      throw remoteError(problem, server);
    }
    const client = new GithubClient(net, server);
    try {
      const check = await checkToken(client, place);
      this._client = client;
      this._changed.emit();
      return check;
    } catch (error) {
      await net.close(server);
      throw error;
    }
  }

  async signOut(): Promise<void> {
    if (this._client) {
      const { server } = this._client;
      this._client = null;
      await (await this._startNet()).close(server);
      this._changed.emit();
    }
  }

  async createRepository(wanted: INewRepository): Promise<CreateResult> {
    return createRepository(this._signedIn(), wanted);
  }

  async push(
    volume: string,
    place: IGithubPlace,
    options: ITransferOptions = {}
  ): Promise<PushResult> {
    return pushVolume(this._remote(volume, place, options));
  }

  async pull(
    volume: string,
    place: IGithubPlace,
    merge: IMergeOptions,
    options: ITransferOptions = {}
  ): Promise<PullResult> {
    return pullVolume(this._remote(volume, place, options), merge);
  }

  private _remote(
    name: string,
    place: IGithubPlace,
    options: ITransferOptions
  ): IRemoteVolume {
    const volume = this._volumes.get(name);
    if (!volume?.repository) {
      throw new VolumeError('forbidden', `The volume "${name}" has no history here.`);
    }
    const { repository } = volume;
    return { client: this._signedIn(), place, repository, ...options };
  }

  private _signedIn(): GithubClient {
    if (!this._client) {
      throw new RemoteError('not-open', 'Sign in to GitHub first.');
    }
    return this._client;
  }

  private _client: GithubClient | null = null;
  private readonly _changed = new Signal<IGithub, void>(this);
}
