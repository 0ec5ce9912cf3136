import type { IModelProblem, IModelRequest } from '@llmos-lab/skills';
import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';

import { checkAddress, fetchWithin } from './address';
import { withoutKey } from './core';
import { exchangeCode } from './exchange';
import { describeFailure, statusOf } from './failure';
import { describeGitFailure } from './git/gitFailure';
import { GitServer } from './git/gitServer';
import { ModelServers, type OnModelEvents } from './model/modelServers';
import type { IModelAccess, ModelTest } from './model/types';
import type {
  ExchangeAnswer,
  GitAnswer,
  IExchangeRequest,
  IGitAccess,
  IGitFetch,
  IGitFetched,
  IGithubRequest,
  IGitJob,
  IGitPush,
  IGitRefs,
  INetProblem,
  INetWorker,
  NetAnswer,
  OnProgress
} from './protocol';

const Client = Octokit.plugin(retry, throttling);
type ClientOptions = NonNullable<ConstructorParameters<typeof Client>[0]>;

/** Seconds that a request waits by itself when told to slow down; longer is told. */
const PATIENCE = 5;
/** Progress is told no oftener, in milliseconds: each time is a message to the page. */
const PACE = 100;
/** Statuses that another try does not change. */
const FINAL = [400, 401, 403, 404, 409, 410, 422, 429, 451];

/** To a request under a name that nobody has opened, or that was closed. */
const SIGNED_OUT: INetProblem = { code: 'not-open', cause: 'signed-out', detail: '' };

/** A parameter for tests, which need not wait as long as a polite client must. */
export interface INetOptions {
  readonly throttle?: Partial<NonNullable<ClientOptions['throttle']>>;
  readonly retry?: ClientOptions['retry'];
  /** For Git servers; a browser's own by default. */
  readonly fetch?: typeof fetch;
}

interface IServer {
  readonly client: InstanceType<typeof Client>;
  /** Takes the token out of what the server says. */
  readonly hide: (text: string) => string;
  /** Last answers by request, with the tag that the server gave them. */
  readonly remembered: Map<string, { readonly etag: string; readonly data: unknown }>;
}

/**
 * Holds tokens and speaks to the servers that were opened, and to no other: every fetch
 * is checked, redirects are refused, cookies are not sent. Octokit writes once a second,
 * one after another, and tries again when a server fails.
 */
export class NetWorker implements INetWorker {
  constructor(private readonly _options: INetOptions = {}) {}

  open(server: string, token: string, name = server): Promise<INetProblem | null> {
    const problem = checkAddress(server);
    if (problem) {
      return Promise.resolve(problem);
    }
    this._servers.set(name, {
      client: this._newClient(server, token),
      hide: withoutKey(token),
      remembered: new Map()
    });
    return Promise.resolve(null);
  }

  close(name: string): Promise<void> {
    this._servers.delete(name);
    this._gits.delete(name);
    return Promise.resolve();
  }

  openGit(access: IGitAccess, name = access.url): Promise<INetProblem | null> {
    const { url, proxy } = access;
    const problem =
      checkAddress(url) ?? (proxy === undefined ? null : checkAddress(proxy));
    if (!problem) {
      const fetchIt = this._options.fetch ?? fetch.bind(globalThis);
      this._gits.set(name, {
        server: new GitServer(access, fetchIt),
        hide: withoutKey(access.password)
      });
    }
    return Promise.resolve(problem);
  }

  gitRefs(name: string, options: IGitJob): Promise<GitAnswer<IGitRefs>> {
    return this._git(name, options, (server, signal) =>
      server.refs(options.forPush ?? false, signal)
    );
  }

  gitFetch(
    name: string,
    wanted: IGitFetch,
    options: IGitJob,
    onProgress?: OnProgress
  ): Promise<GitAnswer<IGitFetched>> {
    return this._git(name, options, (server, signal) =>
      server.fetch(wanted, paced(onProgress), signal)
    );
  }

  gitPush(
    name: string,
    sent: IGitPush,
    options: IGitJob,
    onProgress?: OnProgress
  ): Promise<GitAnswer<null>> {
    return this._git(name, options, async (server, signal) => {
      await server.push(sent, paced(onProgress), signal);
      return null;
    });
  }

  openModel(access: IModelAccess): Promise<IModelProblem | null> {
    return Promise.resolve(this._models.open(access));
  }

  closeModel(server: string): Promise<void> {
    this._models.close(server);
    return Promise.resolve();
  }

  testModel(server: string, job: string): Promise<ModelTest> {
    return this._during(job, signal => this._models.test(server, signal));
  }

  askModel(
    server: string,
    request: IModelRequest,
    job: string,
    onEvents: OnModelEvents
  ): Promise<void> {
    return this._during(job, signal =>
      this._models.ask(server, request, onEvents, signal)
    );
  }

  stop(job: string): Promise<void> {
    this._jobs.get(job)?.abort();
    return Promise.resolve();
  }

  async exchange(request: IExchangeRequest): Promise<ExchangeAnswer> {
    const problem = checkAddress(request.url);
    return problem
      ? { ok: false, problem }
      : exchangeCode(request, this._options.fetch ?? fetch.bind(globalThis));
  }

  github(request: IGithubRequest): Promise<NetAnswer> {
    const { job } = request;
    return job === undefined
      ? this._github(request)
      : this._during(job, signal => this._github(request, signal));
  }

  private async _github(
    request: IGithubRequest,
    signal?: AbortSignal
  ): Promise<NetAnswer> {
    const { server: name, route, parameters = {}, remember } = request;
    const server = this._servers.get(name);
    if (!server) {
      return { ok: false, problem: SIGNED_OUT };
    }
    const key = JSON.stringify([route, parameters]);
    const known = remember ? server.remembered.get(key) : undefined;
    try {
      const answer = await server.client.request(route, {
        ...parameters,
        ...(signal && { request: { signal } }),
        ...(known && { headers: { 'if-none-match': known.etag } })
      });
      const { headers } = answer;
      const data: unknown = answer.data;
      if (remember && headers.etag !== undefined) {
        server.remembered.set(key, { etag: headers.etag, data });
      }
      const scopes = headers['x-oauth-scopes'];
      return { ok: true, data, scopes: typeof scopes === 'string' ? scopes : null };
    } catch (error) {
      if (known && statusOf(error) === 304) {
        return { ok: true, data: known.data, scopes: null };
      }
      const problem = describeFailure(error, Date.now());
      return {
        ok: false,
        problem: { ...problem, detail: server.hide(problem.detail) }
      };
    }
  }

  /** Does a piece of work that `stop` can end. */
  private async _during<T>(
    job: string,
    work: (signal: AbortSignal) => Promise<T>
  ): Promise<T> {
    const stop = new AbortController();
    this._jobs.set(job, stop);
    try {
      return await work(stop.signal);
    } finally {
      this._jobs.delete(job);
    }
  }

  private async _git<T>(
    name: string,
    { job }: IGitJob,
    work: (server: GitServer, signal: AbortSignal) => Promise<T>
  ): Promise<GitAnswer<T>> {
    const git = this._gits.get(name);
    if (!git) {
      return { ok: false, problem: SIGNED_OUT };
    }
    const { server, hide } = git;
    const stop = new AbortController();
    if (job !== undefined) {
      this._jobs.set(job, stop);
    }
    try {
      return { ok: true, data: await work(server, stop.signal) };
    } catch (error) {
      const problem = describeGitFailure(error, stop.signal.aborted);
      return { ok: false, problem: { ...problem, detail: hide(problem.detail) } };
    } finally {
      if (job !== undefined) {
        this._jobs.delete(job);
      }
    }
  }

  private _newClient(server: string, token: string): InstanceType<typeof Client> {
    const { origin } = new URL(server);
    return new Client({
      auth: token,
      baseUrl: server.replace(/\/$/, ''),
      request: {
        fetch: (url: string, init: RequestInit) => fetchWithin(origin, url, init)
      },
      retry: { doNotRetry: FINAL, retries: 2, ...this._options.retry },
      throttle: {
        id: server,
        onRateLimit: () => false,
        onSecondaryRateLimit: (after: number, _options, _client, count: number) =>
          after <= PATIENCE && count === 0,
        ...this._options.throttle
      }
    });
  }

  private readonly _servers = new Map<string, IServer>();
  private readonly _gits = new Map<
    string,
    { readonly server: GitServer; readonly hide: (text: string) => string }
  >();
  private readonly _models = new ModelServers();
  private readonly _jobs = new Map<string, AbortController>();
}

function paced(onProgress: OnProgress | undefined): OnProgress {
  let last = -Infinity;
  return (done, total) => {
    const now = Date.now();
    if (now - last >= PACE || (total > 0 && done === total)) {
      last = now;
      onProgress?.(done, total);
    }
  };
}
