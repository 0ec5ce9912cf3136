import type { IKept } from '../protocol';
import { isAsBuilt, type ISiteBuild } from './siteBuild';
import { addressOf, OtherBuildError, type SiteServer } from './siteServer';

/** Note that says that a build was kept whole. */
export const WHOLE = '.whole';
/** Note that says that a build has been given to pages. */
const USED = '.used';

/** Name of what the browser throws where it has no room. */
const FULL = 'QuotaExceededError';

/** The browser's parts that the cache works with. */
export interface ISiteCacheParts {
  readonly build: ISiteBuild;
  /** Address of the site's root, with a slash at its end. */
  readonly scope: string;
  readonly caches: CacheStorage;
  readonly server: Pick<SiteServer, 'file'>;
  /** Bytes that the browser has room for; where it does not say, without end. */
  readonly room: () => Promise<number>;
}

/**
 * Files of one build of the site in Cache Storage. The server checks each against the
 * build before it is given out, so that a page never gets files of two builds while one
 * worker serves it. Pages that stay open while another build takes over are told.
 */
export class SiteCache {
  constructor(private readonly _parts: ISiteCacheParts) {
    this._name = this._prefix + _parts.build.version;
  }

  /** Whether a path names a file of this build. */
  has(path: string): boolean {
    return Object.hasOwn(this._parts.build.files, path);
  }

  /** Whether no other build is kept here. */
  async isOnly(): Promise<boolean> {
    return (await this._others()).length === 0;
  }

  /** Whether every file of this build is here. */
  async isWhole(): Promise<boolean> {
    return (await this.getNote(WHOLE)) !== undefined;
  }

  /** Pages are given this build from now on. */
  async use(): Promise<void> {
    await this._dropOld();
    // Without room for the note a later try may bring this build anew; pages have it all the same.
    await this.putNote(USED, '').catch(() => undefined);
  }

  /** What was noted beside the files of this build; no file has such a name. */
  async getNote(name: string): Promise<string | undefined> {
    const found = await (await this._open()).match(this._address(name));
    return found?.text();
  }

  async putNote(name: string, text: string): Promise<void> {
    await (await this._open()).put(this._address(name), new Response(text));
  }

  /**
   * A file of this build, from the browser or the server.
   *
   * @param later what goes on after the answer: keeping the file, which fails where the
   *   browser has no room, and then costs a request the next time
   * @throws OtherBuildError; TypeError without a network, as `fetch` does
   */
  async get(path: string, later: (work: Promise<void>) => void): Promise<Response> {
    const kept = await this.getKept(path);
    if (kept) {
      return kept;
    }
    const cache = await this._open();
    const fetched = await this._parts.server.file(path, 'auto');
    later(cache.put(this._address(path), fetched.clone()));
    return fetched;
  }

  /** A file of this build that is here already. */
  async getKept(path: string): Promise<Response | undefined> {
    return (await this._open()).match(this._address(path));
  }

  /** A file that this build has no more, for pages of the one before. */
  async getOlder(path: string): Promise<Response | undefined> {
    for (const name of await this._others()) {
      const cache = await this._parts.caches.open(name);
      const found = await cache.match(this._address(path));
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  async kept(): Promise<IKept> {
    const { version, files } = this._parts.build;
    const paths = await this._paths(await this._open());
    const own = paths.filter(path => this.has(path));
    const sizes = Object.values(files).map(([, bytes]) => bytes);
    return {
      version,
      files: own.length,
      allFiles: sizes.length,
      bytes: sum(own.map(path => this._sizeOf(path))),
      allBytes: sum(sizes)
    };
  }

  /**
   * Fetches what is missing, one file after the other so that the page's own requests
   * come first. Ends early, with what it has, when the signal says so.
   *
   * @param turn waits until the next file may be fetched
   * @throws OtherBuildError; TypeError without a network; QuotaExceededError
   */
  async fill(
    onKept: (kept: IKept) => void,
    stop?: AbortSignal,
    turn: () => Promise<void> = () => Promise.resolve()
  ): Promise<IKept> {
    const cache = await this._open();
    const there = new Set(await this._paths(cache));
    let kept = await this.kept();
    for (const path of Object.keys(this._parts.build.files)) {
      if (!there.has(path)) {
        await turn();
      }
      if (stop?.aborted) {
        return kept;
      }
      if (!there.has(path)) {
        await cache.put(
          this._address(path),
          await this._parts.server.file(path, 'low')
        );
        kept = {
          ...kept,
          files: kept.files + 1,
          bytes: kept.bytes + this._sizeOf(path)
        };
        onKept(kept);
      }
    }
    await this.putNote(WHOLE, '');
    return kept;
  }

  /**
   * Before this build takes over: brings everything that the one before had, so that
   * what worked without a network goes on. Files with the same bytes are copied. Where
   * there is no room for both nothing is fetched, and what was brought goes, as it does
   * where the server has another build by now: the person's files need the room. What a
   * network that ended has brought is there for the next time.
   *
   * @throws as `fill` does
   */
  async takeOver(): Promise<void> {
    try {
      await this._bringOver();
    } catch (error) {
      const isVain = isFull(error) || error instanceof OtherBuildError;
      // A worker that was registered anew may find the build that pages have.
      if (isVain && (await this.getNote(USED)) === undefined) {
        await this._parts.caches.delete(this._name);
      }
      throw error;
    }
  }

  private async _bringOver(): Promise<void> {
    const others = await this._others();
    const before = await Promise.all(others.map(name => this._parts.caches.open(name)));
    const isWhole = (
      await Promise.all(before.map(cache => cache.match(this._address(WHOLE))))
    ).some(note => note !== undefined);
    const paths = await Promise.all(before.map(cache => this._paths(cache)));
    const wanted = isWhole ? Object.keys(this._parts.build.files) : paths.flat();
    const there = new Set(await this._paths(await this._open()));
    const missing = [...new Set(wanted)].filter(
      path => this.has(path) && !there.has(path)
    );
    const bytes = sum(missing.map(path => this._sizeOf(path)));
    // The first worker of a browser brings nothing, and is waited for.
    if (bytes > 0 && bytes > (await this._parts.room())) {
      throw new DOMException('There is no room for both builds.', FULL);
    }
    for (const path of missing) {
      await this._copyOrFetch(path, before);
    }
    if (isWhole) {
      await this.putNote(WHOLE, '');
    }
  }

  private async _copyOrFetch(path: string, before: readonly Cache[]): Promise<void> {
    const cache = await this._open();
    const address = this._address(path);
    for (const other of before) {
      const found = await other.match(address);
      if (found && (await isAsBuilt(this._parts.build, path, found))) {
        await cache.put(address, found);
        return;
      }
    }
    await cache.put(address, await this._parts.server.file(path, 'low'));
  }

  /**
   * Drops all builds but this one and the one that pages had before, which open ones may
   * still use.
   */
  private async _dropOld(): Promise<void> {
    const { caches } = this._parts;
    // Cache Storage lists its caches in the order in which they were made.
    const others = await this._others();
    const used: string[] = [];
    for (const name of others) {
      if (await (await caches.open(name)).match(this._address(USED))) {
        used.push(name);
      }
    }
    const kept = used.at(-1) ?? others.at(-1);
    const old = others.filter(name => name !== kept);
    await Promise.all(old.map(name => caches.delete(name)));
  }

  private _sizeOf(path: string): number {
    return this._parts.build.files[path]?.[1] ?? 0;
  }

  private _address(path: string): string {
    return addressOf(this._parts.scope, path);
  }

  private async _paths(cache: Cache): Promise<string[]> {
    const requests = await cache.keys();
    const { scope } = this._parts;
    return requests.map(({ url }) => decodeURIComponent(url.slice(scope.length)));
  }

  private async _others(): Promise<string[]> {
    const names = await this._parts.caches.keys();
    return names.filter(name => name.startsWith(this._prefix) && name !== this._name);
  }

  private _open(): Promise<Cache> {
    return this._parts.caches.open(this._name);
  }

  /** Sites of one origin share its caches. */
  private get _prefix(): string {
    return `llmos-site:${new URL(this._parts.scope).pathname}:`;
  }

  private readonly _name: string;
}

/** Whether something failed because the browser has no room left. */
export function isFull(error: unknown): boolean {
  return (error as Partial<Error> | null)?.name === FULL;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
