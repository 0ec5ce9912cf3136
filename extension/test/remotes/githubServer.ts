import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Git } from './git';
import { gitData, Refusal, type IReply } from './gitData';

/** A request as the server saw it. */
export interface ISeenRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** What GitHub sends, so that pages of other sites may ask. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
  'access-control-allow-headers':
    'authorization, content-type, accept, if-none-match, x-github-api-version',
  'access-control-expose-headers':
    'etag, retry-after, x-oauth-scopes, x-ratelimit-remaining, x-ratelimit-reset'
};

/** The token that the server takes at first. */
export const TOKEN = 'a-token-of-ana';

/**
 * The part of GitHub's API that volumes use, for the account `ana`, each repository a
 * bare one on disk in which Git itself writes every object.
 */
export class GithubServer {
  static async start(): Promise<GithubServer> {
    const server = new GithubServer();
    await new Promise<void>(done => server._http.listen(0, '127.0.0.1', done));
    return server;
  }

  /** Requests since the start, in order. */
  readonly seen: ISeenRequest[] = [];
  /** Answers instead of the API where it gives something. */
  instead: (method: string, path: string) => IReply | undefined = () => undefined;
  /** What is waited for before a request is answered. */
  before: (path: string) => Promise<void> = () => Promise.resolve();
  /** Scopes of the token; `null` for a fine-grained one. */
  scopes: string | null = null;
  mayCreate = true;
  /** The default branch of all repositories. */
  branch = 'main';
  /** Pull requests as they were opened. */
  readonly pulls: Record<string, unknown>[] = [];
  /** The token that counts; another one has expired. */
  token = TOKEN;

  get url(): string {
    return `http://127.0.0.1:${(this._http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this._http.closeAllConnections();
    await new Promise(done => this._http.close(done));
    rmSync(this._folder, { recursive: true });
  }

  /** The bare repository of a name, made when it is not there. */
  repository(name: string): Git {
    const folder = join(this._folder, `${name.replace('/', '-')}.git`);
    const known = this._repositories.get(name);
    if (known) {
      return known;
    }
    mkdirSync(folder);
    const git = new Git(folder);
    git.run(['init', '--quiet', '--bare', '--initial-branch=main']);
    this._repositories.set(name, git);
    return git;
  }

  /** Writes that came, by their path in the repository. */
  writes(): readonly string[] {
    return this.seen
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path.split('/').slice(4).join('/')}`);
  }

  private async _answer(
    request: IncomingMessage,
    response: ServerResponse
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const { method = 'GET', url = '/', headers } = request;
    if (method === 'OPTIONS') {
      response.writeHead(204, CORS).end();
      return;
    }
    const path = decodeURIComponent(new URL(url, this.url).pathname);
    await this.before(path);
    const text = Buffer.concat(chunks).toString('utf8');
    const query = Object.fromEntries(new URL(url, this.url).searchParams);
    const body = {
      ...query,
      ...((text === '' ? {} : JSON.parse(text)) as Record<string, unknown>)
    };
    const reply =
      this.instead(method, path) ??
      this._reply(method, path, body, headers.authorization);
    const hash = createHash('sha1').update(JSON.stringify(reply.data));
    const etag = `"${hash.digest('hex')}"`;
    const isKnown = method === 'GET' && headers['if-none-match'] === etag;
    const status = isKnown ? 304 : reply.status;
    this.seen.push({ method, path, status });
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      etag,
      ...CORS,
      ...(this.scopes !== null && { 'x-oauth-scopes': this.scopes }),
      ...reply.headers
    });
    response.end(isKnown ? undefined : JSON.stringify(reply.data));
  }

  private _reply(
    method: string,
    path: string,
    body: Record<string, unknown>,
    authorization: string | undefined
  ): IReply {
    if (authorization !== `token ${this.token}`) {
      return { status: 401, data: { message: 'Bad credentials' } };
    }
    try {
      return this._route(method, path, body);
    } catch (error) {
      if (error instanceof Refusal) {
        return { status: error.status, data: { message: error.message } };
      }
      throw error;
    }
  }

  private _route(method: string, path: string, body: Record<string, unknown>): IReply {
    if (path === '/user') {
      return { status: 200, data: { login: 'ana' } };
    }
    if (path === '/user/repos') {
      return method === 'POST'
        ? this._create(String(body.name))
        : { status: 200, data: this._describeAll() };
    }
    const [, owner = '', repository = '', rest = ''] =
      /^\/repos\/([^/]+)\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    const name = owner === 'ana' ? repository : `${owner}/${repository}`;
    const git = this._repositories.get(name);
    if (git && (rest === 'forks' || rest === 'pulls')) {
      return this._propose(method, repository, rest, git, body);
    }
    if (!git) {
      throw new Refusal(404, 'Not Found');
    }
    return rest === ''
      ? { status: 200, data: describe(name, this.branch) }
      : gitData(git, method, rest, body);
  }

  /** A fork shares its objects with the original, as on GitHub. */
  private _propose(
    method: string,
    name: string,
    rest: 'forks' | 'pulls',
    git: Git,
    body: Record<string, unknown>
  ): IReply {
    if (rest === 'forks') {
      this._repositories.set(name, git);
      return { status: 202, data: describe(name, this.branch) };
    }
    if (method === 'POST') {
      const number = this.pulls.length + 1;
      const html_url = `${this.url}/pull/${number}`;
      this.pulls.push({ ...body, html_url });
      return { status: 201, data: { html_url } };
    }
    return { status: 200, data: this.pulls };
  }

  private _describeAll(): readonly object[] {
    return [...this._repositories.keys()].map(name => describe(name, this.branch));
  }

  private _create(name: string): IReply {
    if (!this.mayCreate) {
      throw new Refusal(403, 'Resource not accessible by personal access token');
    }
    if (this._repositories.has(name)) {
      throw new Refusal(422, 'Repository creation failed.');
    }
    this.repository(name);
    return { status: 201, data: describe(name, this.branch) };
  }

  private readonly _folder = mkdtempSync(join(tmpdir(), 'llmos-github-'));
  private readonly _repositories = new Map<string, Git>();
  private readonly _http: Server = createServer((request, response) => {
    this._answer(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: String(error) }));
    });
  });
}

/** Ana writes to her own repositories; those of others have their owner in the name. */
function describe(key: string, branch: string): object {
  const [name = '', owner = 'ana'] = key.split('/').reverse();
  return {
    ...{ name, owner: { login: owner }, private: true, default_branch: branch },
    permissions: { pull: true, push: owner === 'ana' }
  };
}
