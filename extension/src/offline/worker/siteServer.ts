import { isAsBuilt, type ISiteBuild } from './siteBuild';

/** The worker's own file; the build writes its version in front of it. */
const WORKER = 'service-worker.js';
const VERSION = /"version":"([^"]*)"/;
/** Within so many characters the version stands, or it is no worker of ours. */
const FRONT_LENGTH = 200;
/** What a server answers for a file that it no longer has; all else may pass. */
const GONE: readonly number[] = [404, 410];
/** Of the bytes as they were sent, not as they are. */
const TRANSPORT_HEADERS = ['content-encoding', 'content-length'];

/** What the server is asked with. */
export interface ISiteServerParts {
  readonly build: ISiteBuild;
  /** Address of the site's root, with a slash at its end. */
  readonly scope: string;
  readonly fetch: (request: RequestInfo, init?: RequestInit) => Promise<Response>;
}

/** Whether the server has this worker's build; unknown without a network. */
export type ServerBuild = 'same' | 'other' | 'unknown';

/** The server sent other bytes than this build has: it has another build by now. */
export class OtherBuildError extends Error {
  constructor(readonly path: string) {
    super(`The server has another build of the site: ${path} differs.`);
  }
}

/** The site's server, whose files are checked against the build. */
export class SiteServer {
  constructor(private readonly _parts: ISiteServerParts) {}

  /**
   * A file, checked against its hash in the build. A page may differ where the server
   * has this build: some hosts write into pages on their way.
   *
   * @throws OtherBuildError; TypeError without a network, as `fetch` does
   */
  async file(path: string, priority: RequestPriority): Promise<Response> {
    const answer = await this._ask(path, priority);
    if (GONE.includes(answer.status)) {
      throw new OtherBuildError(path);
    }
    if (!answer.ok) {
      throw new Error(`The server answers ${answer.status} for ${path}.`);
    }
    const isRight = await isAsBuilt(this._parts.build, path, answer);
    if (!isRight && !(isPage(path) && (await this.build()) === 'same')) {
      throw new OtherBuildError(path);
    }
    return answer.redirected ? direct(answer) : answer;
  }

  /** Which build it has, by the first bytes of its worker's file. */
  async build(): Promise<ServerBuild> {
    try {
      const answer = await this._ask(WORKER, 'high');
      if (!answer.ok && !GONE.includes(answer.status)) {
        return 'unknown';
      }
      const version = VERSION.exec(await frontOf(answer))?.[1];
      return version === this._parts.build.version ? 'same' : 'other';
    } catch {
      return 'unknown'; // No network: `fetch` says no more than that.
    }
  }

  private _ask(path: string, priority: RequestPriority): Promise<Response> {
    return this._parts.fetch(addressOf(this._parts.scope, path), {
      ...{ priority, cache: 'no-cache', credentials: 'same-origin' }
    });
  }
}

/** The address of a file of the site. */
export function addressOf(scope: string, path: string): string {
  return scope + path.split('/').map(encodeURIComponent).join('/');
}

function isPage(path: string): boolean {
  return path.endsWith('.html');
}

/** The first characters of an answer, whose rest is not waited for. */
async function frontOf({ body }: Response): Promise<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (reader && text.length < FRONT_LENGTH) {
    const { done, value } = await reader.read();
    if (done) {
      return text;
    }
    text += value;
  }
  await reader?.cancel();
  return text.slice(0, FRONT_LENGTH);
}

/**
 * The answer as if nobody had been sent elsewhere for it: browsers refuse a page that was.
 * All else is given as it came, since browsers keep compiled code only beside that.
 */
function direct(answer: Response): Response {
  const headers = new Headers(answer.headers);
  TRANSPORT_HEADERS.forEach(name => headers.delete(name));
  return new Response(answer.body, { headers });
}
