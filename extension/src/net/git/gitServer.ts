import type { INamedObject } from '@llmos-lab/skills';
import type { HttpClient } from 'isomorphic-git';

import type {
  IGitAccess,
  IGitFetch,
  IGitFetched,
  IGitPush,
  IGitRefs,
  OnProgress
} from '../protocol';
import { loadGit } from './bytesBuffer';
import { collect, gitHttp, GitProblem, type IGitHttpOptions } from './gitHttp';
import { MemoryFiles } from './memoryFiles';
import { join, writePack } from './pack';
import { packetLine, readReport, writeReceiveRequest } from './receivePack';

const FOLDER = '/git';
const HEADS = 'refs/heads/';
const CONFIG =
  '[core]\n\trepositoryformatversion = 0\n' +
  '[remote "origin"]\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n';

/** One repository of any Git server, over smart HTTP, with what isomorphic-git knows. */
export class GitServer {
  constructor(
    access: IGitAccess,
    private readonly _fetch: typeof fetch
  ) {
    const { url, proxy, user, password } = access;
    this._url = throughProxy(url, proxy);
    if (password !== '' || user !== '') {
      const bytes = new TextEncoder().encode(`${user || 'git'}:${password}`);
      const basic = btoa(String.fromCharCode(...bytes));
      // Sent at once: a server's "401" often lacks the headers that let a page read it.
      this._headers = { Authorization: `Basic ${basic}` };
    }
  }

  /** Its branches, and which of them is the default one. */
  async refs(forPush: boolean, signal?: AbortSignal): Promise<IGitRefs> {
    return (await this._discover(forPush, signal)).refs;
  }

  /** What a branch has beyond a commit that is here. */
  async fetch(
    { branch, have, depth, maxBytes, maxObjects }: IGitFetch,
    onProgress: OnProgress,
    signal?: AbortSignal
  ): Promise<IGitFetched> {
    const git = await loadGit();
    const fs = new MemoryFiles({
      [`${FOLDER}/config`]: CONFIG,
      [`${FOLDER}/HEAD`]: 'ref: refs/heads/have\n',
      ...(have !== null && {
        [`${FOLDER}/${HEADS}have`]: `${have}\n`,
        // Only whether it is there is asked.
        [`${FOLDER}/objects/${have.slice(0, 2)}/${have.slice(2)}`]: ''
      })
    });
    const { fetchHead } = await git.fetch({
      ...{ fs, gitdir: FOLDER, remote: 'origin', url: this._url },
      ...{
        ref: 'have',
        remoteRef: `${HEADS}${branch}`,
        singleBranch: true,
        tags: false
      },
      ...(depth !== undefined && { depth }),
      headers: { ...this._headers },
      http: withHead(
        this._http({
          ...{ signal, maxBytes },
          onBytes: bytes => onProgress(bytes, 0)
        })
      )
    });
    if (fetchHead === null) {
      throw new GitProblem({ code: 'not-found', cause: 'no-branch', detail: branch });
    }
    checkCount(fs.find('.pack'), maxObjects);
    return { head: fetchHead, objects: await this._unpack(fs, onProgress, signal) };
  }

  /** Sends objects and moves a branch, if it is still where it was. */
  async push(
    { branch, from, to, objects }: IGitPush,
    onProgress: OnProgress,
    signal?: AbortSignal
  ): Promise<void> {
    const { capabilities } = await this._discover(true, signal);
    const pack = await writePack(objects);
    const update = { ref: `${HEADS}${branch}`, from, to };
    onProgress(0, objects.length);
    const answer = await this._http({ signal }).request({
      ...{ url: `${this._url}/git-receive-pack`, method: 'POST' },
      headers: {
        ...this._headers,
        'content-type': 'application/x-git-receive-pack-request',
        accept: 'application/x-git-receive-pack-result'
      },
      body: once(writeReceiveRequest(update, capabilities, pack))
    });
    const body = join(answer.body ? await collect(answer.body) : []);
    if (answer.statusCode !== 200) {
      throw Object.assign(new Error(), { code: 'HttpError', data: answer });
    }
    const refusal = readReport(body, capabilities);
    if (refusal !== null) {
      const code = isBehind(refusal) ? 'conflict' : 'refused';
      throw new GitProblem({ code, detail: refusal });
    }
    onProgress(objects.length, objects.length);
  }

  private async _discover(
    forPush: boolean,
    signal?: AbortSignal
  ): Promise<{ readonly refs: IGitRefs; readonly capabilities: ReadonlySet<string> }> {
    const git = await loadGit();
    const info = await git.getRemoteInfo2({
      ...{ url: this._url, forPush, protocolVersion: 1 },
      headers: { ...this._headers },
      http: this._http({ signal })
    });
    if (info.protocolVersion !== 1) {
      throw new GitProblem({ code: 'no-git', cause: 'other-protocol', detail: '' });
    }
    const found = info.refs ?? [];
    const head = found.find(({ ref }) => ref === 'HEAD');
    const branches = found
      .filter(({ ref, oid }) => ref.startsWith(HEADS) && /^[0-9a-f]{40}$/.test(oid))
      .map(({ ref, oid }) => [ref.slice(HEADS.length), oid] as const);
    const target =
      head?.target?.replace(HEADS, '') ??
      branches.find(([, oid]) => oid === head?.oid)?.[0] ??
      null;
    const refs = { branches: Object.fromEntries(branches), head: target };
    return { refs, capabilities: new Set(Object.keys(info.capabilities)) };
  }

  private async _unpack(
    fs: MemoryFiles,
    onProgress: OnProgress,
    signal?: AbortSignal
  ): Promise<readonly INamedObject[]> {
    const git = await loadGit();
    const index = fs.find('.idx');
    const cache = {};
    const objects: INamedObject[] = [];
    const oids = index ? readIndex(index) : [];
    for (const oid of oids) {
      signal?.throwIfAborted();
      const read = await git.readObject({
        ...{ fs, cache, gitdir: FOLDER, oid, format: 'content' }
      });
      if (read.type !== 'tag' && read.format === 'content') {
        const type = read.type;
        // A copy: the original may be a view of the whole pack, which would travel too.
        objects.push({ oid, type, body: Uint8Array.from(read.object) });
      }
      onProgress(objects.length, oids.length);
    }
    return objects;
  }

  private _http(options: Omit<IGitHttpOptions, 'fetch' | 'base'>) {
    return gitHttp({ ...options, fetch: this._fetch, base: this._url });
  }

  private readonly _url: string;
  private readonly _headers: Readonly<Record<string, string>> = {};
}

/** The way that `@isomorphic-git/cors-proxy` and others like it take an address. */
function throughProxy(url: string, proxy: string | undefined): string {
  const plain = url.replace(/\/+$/, '');
  return proxy === undefined
    ? plain
    : `${proxy.replace(/\/+$/, '')}/${plain.replace(/^https?:\/\//, '')}`;
}

/**
 * isomorphic-git looks for the server's HEAD at the end of each fetch, whatever branch is
 * wanted, and fails where it is not listed: `git init --bare` may name a default branch
 * that nobody has pushed. One that points at nothing then stands behind the list.
 */
function withHead(http: HttpClient): HttpClient {
  return {
    request: async request => {
      const answer = await http.request(request);
      return request.url.includes('/info/refs?') && answer.statusCode === 200
        ? { ...answer, body: listHead(answer.body) }
        : answer;
    }
  };
}

async function* listHead(
  body: Parameters<typeof collect>[0] | undefined
): AsyncIterableIterator<Uint8Array> {
  const list = join(body ? await collect(body) : []);
  yield list;
  const text = new TextDecoder().decode(list);
  // Git's rule: where there is a HEAD, it comes first, before what the server can.
  if (text.includes(` ${HEADS}`) && !text.includes(' HEAD\0')) {
    yield new TextEncoder().encode(packetLine(`${'0'.repeat(40)} HEAD\n`));
  }
}

/** Git's and other servers' words for "others were first". */
function isBehind(refusal: string): boolean {
  return /non-fast-forward|fetch first|failed to update ref|cannot lock ref|incorrect old value|stale/i.test(
    refusal
  );
}

/** A pack says at its beginning how many objects it has. */
function checkCount(pack: Uint8Array | undefined, maxObjects = Infinity): void {
  const count =
    pack && pack.length > 12
      ? new DataView(pack.buffer, pack.byteOffset).getUint32(8)
      : 0;
  if (count > maxObjects) {
    const detail = String(maxObjects);
    throw new GitProblem({ code: 'too-large', cause: 'many-objects', detail });
  }
}

/** Names of all objects in a pack: https://git-scm.com/docs/pack-format, version 2. */
function readIndex(index: Uint8Array): readonly string[] {
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength);
  const names = 8 + 256 * 4;
  const count = view.getUint32(names - 4);
  return Array.from({ length: count }, (_, at) => {
    const from = names + at * 20;
    return Array.from(index.subarray(from, from + 20), byte =>
      byte.toString(16).padStart(2, '0')
    ).join('');
  });
}

// eslint-disable-next-line @typescript-eslint/require-await -- isomorphic-git iterates
async function* once(part: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield part;
}
