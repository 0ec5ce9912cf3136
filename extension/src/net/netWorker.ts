import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';

import { describeFailure, statusOf } from './failure';
import type { IGithubRequest, INetProblem, INetWorker, NetAnswer } from './protocol';

const Client = Octokit.plugin(retry, throttling);
type ClientOptions = NonNullable<ConstructorParameters<typeof Client>[0]>;

/** Seconds that a request waits by itself when told to slow down; longer is told. */
const PATIENCE = 5;
/** Statuses that another try does not change. */
const FINAL = [400, 401, 403, 404, 409, 410, 422, 429, 451];
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** A parameter for tests, which need not wait as long as a polite client must. */
export interface INetOptions {
  readonly throttle?: Partial<NonNullable<ClientOptions['throttle']>>;
  readonly retry?: ClientOptions['retry'];
}

interface IServer {
  readonly client: InstanceType<typeof Client>;
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

  open(server: string, token: string): Promise<INetProblem | null> {
    const url = URL.canParse(server) ? new URL(server) : null;
    const isSafe =
      url?.protocol === 'https:' ||
      (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
    if (!url || !isSafe || url.username !== '' || url.search !== '') {
      const detail = `"${server}" is no https:// address.`;
      return Promise.resolve({ code: 'not-open', detail });
    }
    this._servers.set(server, {
      client: this._newClient(server, token),
      remembered: new Map()
    });
    return Promise.resolve(null);
  }

  close(server: string): Promise<void> {
    this._servers.delete(server);
    return Promise.resolve();
  }

  async github(request: IGithubRequest): Promise<NetAnswer> {
    const { server: name, route, parameters = {}, remember } = request;
    const server = this._servers.get(name);
    if (!server) {
      const detail = `Nobody is signed in to ${name}.`;
      return { ok: false, problem: { code: 'not-open', detail } };
    }
    const key = JSON.stringify([route, parameters]);
    const known = remember ? server.remembered.get(key) : undefined;
    try {
      const answer = await server.client.request(route, {
        ...parameters,
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
      return { ok: false, problem: describeFailure(error, Date.now()) };
    }
  }

  private _newClient(server: string, token: string): InstanceType<typeof Client> {
    const { origin } = new URL(server);
    return new Client({
      auth: token,
      baseUrl: server.replace(/\/$/, ''),
      request: {
        fetch: (url: string, init: RequestInit) => this._fetch(origin, url, init)
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

  /** The HTTP cache stays out of it: it would hide the answer 304 and keep what is private. */
  private _fetch(origin: string, url: string, init: RequestInit): Promise<Response> {
    if (new URL(url).origin !== origin) {
      throw new Error(`This request may go to ${origin} only.`);
    }
    return fetch(url, {
      ...init,
      ...{ redirect: 'error', credentials: 'omit', cache: 'no-store' },
      referrerPolicy: 'no-referrer'
    });
  }

  private readonly _servers = new Map<string, IServer>();
}
