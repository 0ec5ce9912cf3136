/**
 * The border of `net.worker`, the one place that talks to foreign hosts. The policy of
 * the pages forbids them all; a worker loaded from a file is not bound by it.
 */

import type { IModelProblem, IModelRequest, INamedObject } from '@llmos-lab/skills';

import type { OnModelEvents } from './model/modelServers';
import type { IModelAccess, ModelTest } from './model/types';

/** A request to the REST API of GitHub or of a server like it. */
export interface IGithubRequest {
  /** The name under which it was opened. */
  readonly server: string;
  /** Octokit's form: `GET /repos/{owner}/{repo}`. */
  readonly route: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Ask only whether the answer changed (ETag); that costs nothing of the hourly limit. */
  readonly remember?: boolean;
  /** A name for `stop`. */
  readonly job?: string;
}

/** Why a request brought nothing. Only `unreachable` and `server-failed` may pass. */
export type NetProblemCode =
  | 'not-open'
  | 'unreachable'
  | 'unauthorized'
  | 'forbidden'
  | 'rate-limited'
  | 'not-found'
  | 'conflict'
  /** The server sends on to another address, as after a repository was renamed. */
  | 'moved'
  | 'refused'
  | 'server-failed'
  /** The server answers, but does not let pages of other sites read it. */
  | 'no-cors'
  /** What answers is no Git server. */
  | 'no-git'
  | 'too-large'
  /** The person stopped it. */
  | 'stopped';

/** What the worker has found itself; the page says it, since a worker has no translator. */
export type NetCause =
  | 'no-address'
  /** More in it than server and path, such as a password. */
  | 'long-address'
  | 'signed-out'
  | 'no-branch'
  | 'other-protocol'
  | 'many-objects'
  | 'many-bytes'
  | 'no-report'
  | 'sent-on';

/** An expected fault, as data: errors lose their fields on the way out of a worker. */
export interface INetProblem {
  readonly code: NetProblemCode;
  /** What the server said, without the token; with a cause what that is about. */
  readonly detail: string;
  readonly cause?: NetCause;
  /** For `rate-limited`: when to try again, in milliseconds since 1970. */
  readonly resetsAt?: number;
  /** For `forbidden`: the permissions that the server would accept. */
  readonly needs?: string;
}

/** A fault in place of an answer. */
export interface INetFault {
  readonly ok: false;
  readonly problem: INetProblem;
}

/** What the worker answers to a request of GitHub's API. */
export type NetAnswer =
  | {
      readonly ok: true;
      readonly data: unknown;
      /** Scopes of a classic token; `null` for other kinds. */
      readonly scopes: string | null;
    }
  | INetFault;

/** What the worker answers of a Git server. */
export type GitAnswer<T> = { readonly ok: true; readonly data: T } | INetFault;

/** The code of a sign-in on GitHub's page, and what proves whose it is. */
export interface IExchangeRequest {
  /** Of the exchange, as the settings have it. */
  readonly url: string;
  readonly code: string;
  /** The S256 of `verifier`. */
  readonly state: string;
  readonly verifier: string;
  /** Where GitHub returned to. */
  readonly redirect: string;
}

/** What an exchange answers. */
export type ExchangeAnswer = { readonly ok: true; readonly token: string } | INetFault;

/** A repository on any Git server, as the person entered it. */
export interface IGitAccess {
  /** `https://host/path.git`. */
  readonly url: string;
  /** Empty, with an empty password, for what everybody may read. */
  readonly user: string;
  /** Or a token. */
  readonly password: string;
  /**
   * A server that passes requests on and adds the headers that browsers ask for. It sees
   * all that passes, the password too.
   */
  readonly proxy?: string;
}

/** Branches of a repository. */
export interface IGitRefs {
  /** Newest commits by the name of their branch. */
  readonly branches: Readonly<Record<string, string>>;
  /** The default branch; `null` where the server does not say. */
  readonly head: string | null;
}

/** What to bring from a branch. */
export interface IGitFetch {
  readonly branch: string;
  /** A commit that is here with all that it needs. */
  readonly have: string | null;
  /** How many commits back; by default all. */
  readonly depth?: number;
  /** Limits for repositories that nobody vouches for. */
  readonly maxBytes?: number;
  readonly maxObjects?: number;
}

/** What a fetch brought. */
export interface IGitFetched {
  readonly head: string;
  readonly objects: readonly INamedObject[];
}

/** What to send to a branch. */
export interface IGitPush {
  readonly branch: string;
  /** Where the server's branch must still be; `null` makes it. */
  readonly from: string | null;
  readonly to: string;
  readonly objects: readonly INamedObject[];
}

/** Told how far an exchange is; `total` is 0 where nobody knows it. */
export type OnProgress = (done: number, total: number) => void;

/** What the page may ask. A token goes in and never comes out. */
export interface INetWorker {
  /**
   * Lets the worker speak to a server that the person entered, with their token.
   *
   * @param name one a sign-in, by default the address: a person may have several tokens
   * @returns the problem when the address cannot be used
   */
  open(server: string, token: string, name?: string): Promise<INetProblem | null>;
  /** Forgets the token and refuses the server under this name from now on. */
  close(name: string): Promise<void>;
  github(request: IGithubRequest): Promise<NetAnswer>;
  /** Has the code of a sign-in exchanged for a token, which the page then hands back. */
  exchange(request: IExchangeRequest): Promise<ExchangeAnswer>;
  /** As `open`, for a repository on any Git server; the name goes to what follows. */
  openGit(access: IGitAccess, name?: string): Promise<INetProblem | null>;
  gitRefs(name: string, options: IGitJob): Promise<GitAnswer<IGitRefs>>;
  gitFetch(
    name: string,
    wanted: IGitFetch,
    options: IGitJob,
    onProgress?: OnProgress
  ): Promise<GitAnswer<IGitFetched>>;
  gitPush(
    name: string,
    sent: IGitPush,
    options: IGitJob,
    onProgress?: OnProgress
  ): Promise<GitAnswer<null>>;
  /** Lets models of a server be asked; gives the problem when it cannot be used. */
  openModel(access: IModelAccess): Promise<IModelProblem | null>;
  /** Forgets a server of models and its key. */
  closeModel(server: string): Promise<void>;
  /** Tries key and address without a question. */
  testModel(server: string, job: string): Promise<ModelTest>;
  /** Asks a model; resolves when its answer has ended, in whatever way. */
  askModel(
    server: string,
    request: IModelRequest,
    job: string,
    onEvents: OnModelEvents
  ): Promise<void>;
  /** Ends the exchange of that name. */
  stop(job: string): Promise<void>;
}

/** How an exchange with a Git server is watched and stopped. */
export interface IGitJob {
  /** A name for `stop`. */
  readonly job?: string;
  /** For `gitRefs`: asks for the right to push too. */
  readonly forPush?: boolean;
}
