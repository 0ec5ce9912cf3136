import type { TranslationBundle } from '@jupyterlab/translation';
import { isRecord } from '@llmos-lab/skills';

import type { INetWorker } from '../../net/protocol';
import { RemoteError, sayDetail } from '../remoteError';
import { checkToken, readOwner, type ITokenCheck, type ITokenOwner } from './check';
import { GITHUB, GithubClient, type IGithubPlace } from './client';
import { createRepository, type CreateResult, type INewRepository } from './create';

/** How many repositories are offered; others can be typed. */
const OFFERED = 100;

/** A person signed in to a server. The token itself is in `net.worker` only. */
export interface IGithubAccount extends ITokenOwner {
  /** Address of the API. */
  readonly server: string;
  /** What the token may do with a repository. */
  check(place: IGithubPlace): Promise<ITokenCheck>;
  /** Repositories that the token sees, those pushed last first. */
  repositories(): Promise<readonly IGithubPlace[]>;
  createRepository(wanted: INewRepository): Promise<CreateResult>;
}

let opened = 0;

/** A sign-in that holds the name of its token in `net.worker`. */
export class GithubAccount implements IGithubAccount {
  /** @throws RemoteError `unauthorized`, `not-open` for an address that cannot be used */
  static async open(
    net: INetWorker,
    token: string,
    trans: TranslationBundle,
    server = GITHUB
  ): Promise<GithubAccount> {
    const name = `github-${(opened += 1)}`;
    const problem = await net.open(server, token, name);
    if (problem) {
      throw new RemoteError(problem.code, sayDetail(problem, trans));
    }
    const client = new GithubClient(net, server, name, trans);
    try {
      return new GithubAccount(net, client, await readOwner(client));
    } catch (error) {
      await net.close(name);
      throw error;
    }
  }

  private constructor(
    private readonly _net: INetWorker,
    readonly client: GithubClient,
    private readonly _owner: ITokenOwner
  ) {}

  get login(): string {
    return this._owner.login;
  }

  get scopes(): readonly string[] | null {
    return this._owner.scopes;
  }

  get server(): string {
    return this.client.server;
  }

  check(place: IGithubPlace): Promise<ITokenCheck> {
    return checkToken(this.client, this._owner, place);
  }

  async repositories(): Promise<readonly IGithubPlace[]> {
    const parameters = { sort: 'pushed', per_page: OFFERED };
    const { data } = await this.client.ask('GET /user/repos', parameters);
    const found: readonly unknown[] = Array.isArray(data) ? data : [];
    return found.filter(isRecord).map(repository => ({
      owner: this.client.text(repository, 'owner', 'login'),
      name: this.client.text(repository, 'name')
    }));
  }

  createRepository(wanted: INewRepository): Promise<CreateResult> {
    return createRepository(this.client, wanted, this.login);
  }

  /** Forgets the token. */
  close(): Promise<void> {
    return this._net.close(this.client.name);
  }
}
