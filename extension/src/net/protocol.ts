/**
 * The border of `net.worker`, the one place that talks to foreign hosts. The policy of
 * the pages forbids them all; a worker loaded from a file is not bound by it.
 */

/** A request to the REST API of GitHub or of a server like it. */
export interface IGithubRequest {
  /** As it was opened, such as `https://api.github.com`. */
  readonly server: string;
  /** Octokit's form: `GET /repos/{owner}/{repo}`. */
  readonly route: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Ask only whether the answer changed (ETag); that costs nothing of the hourly limit. */
  readonly remember?: boolean;
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
  | 'refused'
  | 'server-failed';

/** An expected fault, as data: errors lose their fields on the way out of a worker. */
export interface INetProblem {
  readonly code: NetProblemCode;
  /** What the server said, without the token. */
  readonly detail: string;
  /** For `rate-limited`: when to try again, in milliseconds since 1970. */
  readonly resetsAt?: number;
  /** For `forbidden`: the permissions that the server would accept. */
  readonly needs?: string;
}

/** What the worker answers. */
export type NetAnswer =
  | {
      readonly ok: true;
      readonly data: unknown;
      /** Scopes of a classic token; `null` for other kinds. */
      readonly scopes: string | null;
    }
  | { readonly ok: false; readonly problem: INetProblem };

/** What the page may ask. A token goes in and never comes out. */
export interface INetWorker {
  /**
   * Lets the worker speak to a server that the person entered, with their token.
   *
   * @returns the problem when the address cannot be used
   */
  open(server: string, token: string): Promise<INetProblem | null>;
  /** Forgets the token and refuses the server from now on. */
  close(server: string): Promise<void>;
  github(request: IGithubRequest): Promise<NetAnswer>;
}
