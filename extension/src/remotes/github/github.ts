import type { TranslationBundle } from '@jupyterlab/translation';
import { VolumeError } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { INetWorker } from '../../net/protocol';
import type { IVolumes } from '../../tokens';
import type { IMergeOptions } from '../../volumes/merging';
import type { VolumeRepository } from '../../volumes/repository';
import type { IPushTransfer, ITransfer, PullResult, PushResult } from '../remote';
import { RemoteError, remoteError } from '../remoteError';
import type { IGithub } from '../tokens';
import { GithubAccount, type IGithubAccount } from './account';
import { GITHUB, GithubClient, type IGithubPlace } from './client';
import { fetchVolume, pullVolume } from './pull';
import { proposeChange, type IProposal } from './propose';
import { pushVolume, type IRemoteVolume } from './push';

/** Name in `net.worker` of requests without a token. */
const ANYBODY = 'github-anybody';

/** Signs in through `net.worker`, and pushes and pulls the volumes mounted here. */
export class Github implements IGithub {
  /** `startNet` runs when somebody signs in, so that nobody else loads the worker. */
  constructor(
    private readonly _volumes: Pick<IVolumes, 'get'>,
    private readonly _startNet: () => Promise<INetWorker>,
    private readonly _trans: TranslationBundle
  ) {}

  get changed(): ISignal<IGithub, string> {
    return this._changed;
  }

  account(volume: string): IGithubAccount | undefined {
    return this._accounts.get(volume);
  }

  async signIn(token: string, server?: string): Promise<IGithubAccount> {
    return GithubAccount.open(await this._startNet(), token, this._trans, server);
  }

  async reader(): Promise<GithubClient> {
    const isPublic = ({ server }: GithubAccount): boolean => server === GITHUB;
    const account = [...this._accounts.values()].find(isPublic);
    if (account) {
      return account.client;
    }
    const net = await this._startNet();
    const problem = await net.open(GITHUB, '', ANYBODY);
    if (problem) {
      throw remoteError(problem, GITHUB, this._trans);
    }
    return new GithubClient(net, GITHUB, ANYBODY, this._trans);
  }

  async use(volume: string, account: IGithubAccount | null): Promise<void> {
    const before = this._accounts.get(volume);
    if (account instanceof GithubAccount) {
      this._accounts.set(volume, account);
    } else {
      this._accounts.delete(volume);
    }
    if (before && before !== account) {
      await this.drop(before);
    }
    this._changed.emit(volume);
  }

  async drop(account: IGithubAccount): Promise<void> {
    const isUsed = [...this._accounts.values()].some(used => used === account);
    if (account instanceof GithubAccount && !isUsed) {
      await account.close();
    }
  }

  async push(
    volume: string,
    place: IGithubPlace,
    transfer: IPushTransfer = {}
  ): Promise<PushResult> {
    return pushVolume(this._remote(volume, place, transfer));
  }

  async pull(
    volume: string,
    place: IGithubPlace,
    merge: IMergeOptions,
    transfer: ITransfer = {}
  ): Promise<PullResult> {
    return pullVolume(this._remote(volume, place, transfer), merge);
  }

  async fetch(
    volume: string,
    place: IGithubPlace,
    transfer: ITransfer = {}
  ): Promise<string | null> {
    return fetchVolume(this._remote(volume, place, transfer));
  }

  async propose(
    volume: string,
    place: IGithubPlace,
    proposal: IProposal
  ): Promise<string> {
    const { client, login } = this._account(volume);
    return proposeChange(client, place, login, proposal);
  }

  /** @throws VolumeError `forbidden` for a volume without a history */
  repository(name: string): VolumeRepository {
    const volume = this._volumes.get(name);
    if (!volume?.repository) {
      throw new VolumeError(
        'forbidden',
        this._trans.__('The volume "%1" has no history here.', name)
      );
    }
    return volume.repository;
  }

  private _remote(
    volume: string,
    place: IGithubPlace,
    transfer: IPushTransfer
  ): IRemoteVolume {
    const repository = this.repository(volume);
    const client = this._account(volume).client.during(transfer.signal);
    return { client, place, repository, ...transfer };
  }

  private _account(volume: string): GithubAccount {
    const account = this._accounts.get(volume);
    if (!account) {
      throw new RemoteError(
        'not-open',
        this._trans.__('Sign in to %1 first.', 'GitHub')
      );
    }
    return account;
  }

  private readonly _accounts = new Map<string, GithubAccount>();
  private readonly _changed = new Signal<IGithub, string>(this);
}
