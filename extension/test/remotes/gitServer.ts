import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
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

/** Whom the server lets in. */
export const USER = 'ana';
export const PASSWORD = 'a päss:word';

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-expose-headers': 'www-authenticate'
};

/** Git's own server: `git http-backend` as a CGI program, with what browsers ask for. */
export class GitServer {
  static async start(): Promise<GitServer> {
    const server = new GitServer();
    await new Promise<void>(done => server._http.listen(0, '127.0.0.1', done));
    return server;
  }

  /** Whether pages of other sites may read it. */
  hasCors = true;
  /** Whether reading asks for a password too; writing always does. */
  isPrivate = true;
  /** Requests since the start, such as `POST /volume.git/git-receive-pack`. */
  readonly seen: string[] = [];

  get origin(): string {
    return `http://127.0.0.1:${(this._http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this._http.closeAllConnections();
    await new Promise(done => this._http.close(done));
    rmSync(this._folder, { recursive: true });
  }

  /** Makes an empty repository, with the default branch that it is to have. */
  create(name: string, branch = 'main'): { readonly url: string; readonly git: Git } {
    const folder = join(this._folder, `${name}.git`);
    mkdirSync(folder);
    const git = new Git(folder);
    git.run(['init', '--quiet', '--bare', `--initial-branch=${branch}`]);
    git.run(['config', 'http.receivepack', 'true']);
    return { url: `${this.origin}/${name}.git`, git };
  }

  /** A clone of a repository, with files. */
  clone(name: string): Git {
    const folder = mkdtempSync(join(this._folder, 'clone-'));
    new Git(this._folder).run(['clone', '--quiet', `${name}.git`, folder]);
    return new Git(folder);
  }

  private _answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = 'GET', url = '/', headers } = request;
    this.seen.push(`${method} ${url}`);
    if (this.hasCors) {
      Object.entries(CORS).forEach(([name, value]) => response.setHeader(name, value));
    }
    if (method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const wanted = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
    const isOpen = !this.isPrivate && !url.includes('receive-pack');
    if (!isOpen && headers.authorization !== `Basic ${wanted}`) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="Git"' }).end();
      return;
    }
    this._runGit(request, response, new URL(url, this.origin));
  }

  private _runGit(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const program = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: this._folder,
        GIT_HTTP_EXPORT_ALL: '1',
        REMOTE_USER: USER,
        REQUEST_METHOD: request.method,
        PATH_INFO: decodeURIComponent(url.pathname),
        QUERY_STRING: url.search.slice(1),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        CONTENT_LENGTH: request.headers['content-length'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? ''
      },
      stdio: ['pipe', 'pipe', 'ignore']
    });
    const parts: Buffer[] = [];
    request.pipe(program.stdin);
    // Git may end without having read all.
    program.stdin.on('error', () => request.unpipe());
    program.stdout.on('data', (part: Buffer) => parts.push(part));
    program.on('close', () => {
      const output = Buffer.concat(parts);
      const end = output.indexOf('\r\n\r\n');
      let status = 200;
      for (const line of output.subarray(0, end).toString().split('\r\n')) {
        const [name = '', value = ''] = line.split(': ');
        if (name.toLowerCase() === 'status') {
          status = Number.parseInt(value, 10);
        } else {
          response.setHeader(name, value);
        }
      }
      response.writeHead(status).end(output.subarray(end + 4));
    });
  }

  private readonly _folder = mkdtempSync(join(tmpdir(), 'llmos-git-'));
  private readonly _http: Server = createServer((request, response) => {
    this._answer(request, response);
  });
}

/**
 * What a browser lets a page of another site see: answers with the right headers, after a
 * preflight where the request has headers of its own. Node knows no such rule.
 */
export const pageFetch: typeof fetch = async (input, init = {}) => {
  if (init.mode === 'no-cors') {
    return fetch(input, { ...init, mode: undefined });
  }
  const names = [...new Headers(init.headers).keys()].filter(name => name !== 'accept');
  if (names.length > 0) {
    const preflight = await fetch(input, { method: 'OPTIONS' });
    const allowed = preflight.headers.get('access-control-allow-headers') ?? '';
    const list = allowed.split(',').map(name => name.trim());
    if (!preflight.ok || !names.every(name => list.includes(name))) {
      throw new TypeError('Failed to fetch');
    }
  }
  const answer = await fetch(input, init);
  if (answer.headers.get('access-control-allow-origin') !== '*') {
    throw new TypeError('Failed to fetch');
  }
  return answer;
};
