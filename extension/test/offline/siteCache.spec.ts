/** @jest-environment node */
import type { IKept } from '../../src/offline/protocol';
import { Filling } from '../../src/offline/worker/filling';
import { pathInSite, type ISiteBuild } from '../../src/offline/worker/siteBuild';
import { SiteCache } from '../../src/offline/worker/siteCache';
import { OtherBuildError, SiteServer } from '../../src/offline/worker/siteServer';
import { buildOf, FileServer, SCOPE } from './fileServer';
import { MemoryCaches } from './memoryCaches';

type Files = Record<string, string>;

function cacheOf(
  build: ISiteBuild,
  server: FileServer,
  caches: CacheStorage,
  room = Infinity
): SiteCache {
  const { fetch } = server;
  const asked = new SiteServer({ build, fetch, scope: SCOPE });
  return new SiteCache({
    ...{ build, caches, scope: SCOPE, server: asked },
    room: () => Promise.resolve(room)
  });
}

/** Gives a file and waits until it is kept. */
async function textOf(cache: SiteCache, path: string): Promise<string> {
  const later: Promise<void>[] = [];
  const response = await cache.get(path, work => later.push(work));
  await Promise.all(later);
  return response.text();
}

const FIRST: Files = {
  'index.html': 'one',
  'build/a b.1.js': 'same',
  'gone.js': 'old'
};
const NEXT: Files = { 'index.html': 'two', 'build/a b.1.js': 'same', 'new.js': 'new' };

/** The same caches, where writing fails. */
function unwritable(caches: CacheStorage, error: Error): CacheStorage {
  return {
    delete: name => caches.delete(name),
    has: name => caches.has(name),
    keys: () => caches.keys(),
    match: request => caches.match(request),
    open: async name => {
      const put = (): Promise<void> => Promise.reject(error);
      return Object.assign(Object.create(await caches.open(name)) as Cache, { put });
    }
  };
}

describe('SiteCache', () => {
  it('asks the server for a file once, and keeps its type', async () => {
    const server = new FileServer(FIRST);
    const cache = cacheOf(buildOf('1', FIRST), server, new MemoryCaches());
    expect(await textOf(cache, 'build/a b.1.js')).toBe('same');
    server.files = {};
    const again = await cache.get('build/a b.1.js', () => undefined);
    expect(again.headers.get('content-type')).toBe('text/plain');
    expect(server.asked).toEqual(['build/a b.1.js']);
  });

  it('gives out no file of another build', async () => {
    const cache = cacheOf(
      buildOf('1', FIRST),
      new FileServer(NEXT),
      new MemoryCaches()
    );
    await expect(textOf(cache, 'index.html')).rejects.toThrow(OtherBuildError);
    await expect(textOf(cache, 'gone.js')).rejects.toThrow('gone.js differs');
    expect((await cache.kept()).files).toBe(0);
  });

  it('takes a server that is busy for no other build', async () => {
    const server = new FileServer(FIRST);
    server.status = 503;
    const cache = cacheOf(buildOf('1', FIRST), server, new MemoryCaches());
    const asked = textOf(cache, 'index.html');
    await expect(asked).rejects.toThrow('The server answers 503 for index.html.');
    await expect(asked).rejects.not.toThrow(OtherBuildError);
  });

  it('answers although the browser has no room to keep the file', async () => {
    const caches = new MemoryCaches();
    const cache = cacheOf(buildOf('1', FIRST), new FileServer(FIRST), caches);
    const [name = ''] = (await cache.kept()) && (await caches.keys());
    const full = new DOMException('No room', 'QuotaExceededError');
    jest.spyOn(await caches.open(name), 'put').mockRejectedValue(full);
    const later: Promise<void>[] = [];
    const response = await cache.get('index.html', work => later.push(work));
    expect(await response.text()).toBe('one');
    await expect(Promise.all(later)).rejects.toBe(full);
  });

  it('fetches what is missing, tells how far it is, and stops', async () => {
    const server = new FileServer(FIRST);
    const cache = cacheOf(buildOf('1', FIRST), server, new MemoryCaches());
    await textOf(cache, 'index.html');
    const told: IKept[] = [];
    const stop = new AbortController();
    const part = await cache.fill(kept => {
      told.push(kept);
      stop.abort();
    }, stop.signal);
    expect(part).toMatchObject({ files: 2, allFiles: 3, bytes: 7, allBytes: 10 });
    expect(told).toEqual([part]);
    expect(await cache.fill(() => undefined)).toMatchObject({ files: 3, bytes: 10 });
    expect(server.asked).toHaveLength(3);
    expect(await cache.kept()).toMatchObject({ files: 3, bytes: 10, version: '1' });
  });

  it('waits for its turn before each file that is missing', async () => {
    const server = new FileServer(FIRST);
    const cache = cacheOf(buildOf('1', FIRST), server, new MemoryCaches());
    await textOf(cache, 'index.html');
    const asked: number[] = [];
    await cache.fill(
      () => undefined,
      new AbortController().signal,
      () => {
        asked.push(server.asked.length);
        return Promise.resolve();
      }
    );
    expect(asked).toEqual([1, 2]);
  });

  it('brings what the build before had, and copies what did not change', async () => {
    const caches = new MemoryCaches();
    const before = cacheOf(buildOf('1', FIRST), new FileServer(FIRST), caches);
    await before.fill(() => undefined);
    const server = new FileServer(NEXT);
    const next = cacheOf(buildOf('2', NEXT), server, caches);
    expect(await next.isOnly()).toBe(false);
    await next.takeOver();
    expect(server.asked.sort()).toEqual(['index.html', 'new.js']);
    server.files = {};
    expect(await textOf(next, 'index.html')).toBe('two');
    expect(await (await next.getOlder('gone.js'))?.text()).toBe('old');
    expect(await next.getOlder('never.js')).toBeUndefined();
  });

  it('brings of a build that was not whole what was there', async () => {
    const caches = new MemoryCaches();
    await textOf(
      cacheOf(buildOf('1', FIRST), new FileServer(FIRST), caches),
      'index.html'
    );
    const server = new FileServer(NEXT);
    const next = cacheOf(buildOf('2', NEXT), server, caches);
    await next.takeOver();
    expect(server.asked).toEqual(['index.html']);
  });

  it('leaves nothing of a build for which there is no room, and all of the one before', async () => {
    const caches = new MemoryCaches();
    const before = cacheOf(buildOf('1', FIRST), new FileServer(FIRST), caches);
    await before.fill(() => undefined);
    const full = new DOMException('No room', 'QuotaExceededError');
    const next = (error: Error): Promise<void> =>
      cacheOf(
        buildOf('2', NEXT),
        new FileServer(NEXT),
        unwritable(caches, error)
      ).takeOver();
    await expect(next(full)).rejects.toBe(full);
    expect(await caches.keys()).toEqual(['llmos-site:/lab-site/:1']);
    expect(await before.isWhole()).toBe(true);
    // What was brought until the network ended need not be brought again.
    await expect(next(new TypeError('No network'))).rejects.toThrow('No network');
    expect(await caches.keys()).toHaveLength(2);
    await expect(next(full)).rejects.toBe(full);
    expect(await caches.keys()).toEqual(['llmos-site:/lab-site/:1']);
  });

  it('asks the server for nothing where it knows that there is no room', async () => {
    const caches = new MemoryCaches();
    await cacheOf(buildOf('1', FIRST), new FileServer(FIRST), caches).fill(
      () => undefined
    );
    const server = new FileServer(NEXT);
    // Ten bytes are brought: "two", "same" and "new".
    const next = (room: number): Promise<void> =>
      cacheOf(buildOf('2', NEXT), server, caches, room).takeOver();
    await expect(next(9)).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect(server.asked).toEqual([]);
    expect(await caches.keys()).toEqual(['llmos-site:/lab-site/:1']);
    await next(10);
    expect(await caches.keys()).toHaveLength(2);
  });

  it('needs no room for what an earlier try has brought', async () => {
    const caches = new MemoryCaches();
    await cacheOf(buildOf('1', FIRST), new FileServer(FIRST), caches).fill(
      () => undefined
    );
    const server = new FileServer(NEXT);
    const build = buildOf('2', { 'build/a b.1.js': 'same', ...NEXT });
    const next = (room: number): Promise<void> =>
      cacheOf(build, server, caches, room).takeOver();
    server.status = null;
    await expect(next(10)).rejects.toThrow('Failed to fetch');
    server.status = 200;
    // The file that did not change was copied before the network was asked.
    await next(6);
    expect(await cacheOf(build, server, caches).isWhole()).toBe(true);
  });

  it('leaves nothing of a build that the server has no more, but what pages have', async () => {
    const caches = new MemoryCaches();
    await cacheOf(buildOf('1', FIRST), new FileServer(FIRST), caches).fill(
      () => undefined
    );
    const next = cacheOf(buildOf('2', NEXT), new FileServer(FIRST), caches);
    await expect(next.takeOver()).rejects.toThrow(OtherBuildError);
    expect(await caches.keys()).toEqual(['llmos-site:/lab-site/:1']);
    await next.use();
    await expect(next.takeOver()).rejects.toThrow(OtherBuildError);
    expect(await caches.keys()).toContain('llmos-site:/lab-site/:2');
  });

  it('keeps the build before for open pages, and drops older ones', async () => {
    const caches = new MemoryCaches();
    const [one, two, three] = ['1', '2', '3'].map(version =>
      cacheOf(buildOf(version, FIRST), new FileServer(FIRST), caches)
    );
    for (const each of [one, two, three]) {
      await each?.kept();
    }
    await caches.open('llmos-site:/other-site/:1');
    await three?.use();
    expect((await caches.keys()).map(name => name.split(':').slice(1))).toEqual([
      ['/lab-site/', '2'],
      ['/lab-site/', '3'],
      ['/other-site/', '1']
    ]);
  });

  it('keeps the build that pages had, not one that never came to be used', async () => {
    const caches = new MemoryCaches();
    const [one, two, three] = ['1', '2', '3'].map(version =>
      cacheOf(buildOf(version, FIRST), new FileServer(FIRST), caches)
    );
    await one?.use();
    await two?.kept();
    await three?.use();
    expect(await caches.keys()).toEqual([
      'llmos-site:/lab-site/:1',
      'llmos-site:/lab-site/:3'
    ]);
  });
});

describe('pathInSite', () => {
  it.each([
    [SCOPE, 'index.html'],
    [`${SCOPE}lab/?path=a.ipynb#x`, 'lab/index.html'],
    [`${SCOPE}build/a%20b.1.js`, 'build/a b.1.js'],
    ['https://example.org/else/a.js', null],
    ['https://example.com/lab-site/a.js', null]
  ])('%s is %s', (address, path) => {
    expect(pathInSite(address, SCOPE)).toBe(path);
  });

  it('leaves a malformed address to the server', () => {
    expect(pathInSite(`${SCOPE}%E0%A4%A`, SCOPE)).toBeNull();
  });
});

describe('Filling', () => {
  it('runs once for all who ask, and tells all of them', async () => {
    const cache = cacheOf(
      buildOf('1', FIRST),
      new FileServer(FIRST),
      new MemoryCaches()
    );
    const fill = jest.spyOn(cache, 'fill');
    const filling = new Filling(cache, error => Promise.resolve(String(error)));
    const told: string[][] = [[], []];
    await Promise.all(told.map(list => filling.join(answer => list.push(answer.type))));
    expect(fill).toHaveBeenCalledTimes(1);
    expect(told).toEqual([
      ['kept', 'kept', 'kept', 'done'],
      ['kept', 'kept', 'kept', 'done']
    ]);
  });

  it('says why it failed, and can be begun anew', async () => {
    const server = new FileServer(NEXT);
    const cache = cacheOf(buildOf('1', FIRST), server, new MemoryCaches());
    const reasonOf = (error: unknown): Promise<string> =>
      Promise.resolve((error as Error).message);
    const filling = new Filling(cache, reasonOf);
    const told: unknown[] = [];
    await filling.join(answer => told.push(answer));
    const reason = expect.stringContaining('another build') as string;
    expect(told.at(-1)).toEqual({ type: 'failed', reason });
    server.files = FIRST;
    await filling.join(answer => told.push(answer));
    expect(told.at(-1)).toMatchObject({ type: 'done' });
  });
});
