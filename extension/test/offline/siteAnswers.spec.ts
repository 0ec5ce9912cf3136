/** @jest-environment node */
import { Guests } from '../../src/offline/worker/guests';
import { SiteAnswers, type ISiteRequest } from '../../src/offline/worker/siteAnswers';
import { SiteCache } from '../../src/offline/worker/siteCache';
import { OtherBuildError, SiteServer } from '../../src/offline/worker/siteServer';
import { buildOf, FileServer, SCOPE, workerFile } from './fileServer';
import { MemoryCaches } from './memoryCaches';

const WORKER = 'service-worker.js';
const BUILT = { 'lab.html': 'one', 'start.js': 'code one' };
const ONE = { ...BUILT, [WORKER]: workerFile('1') };
const TWO = { 'lab.html': 'two', 'start.js': 'code two', [WORKER]: workerFile('2') };

/** The worker of the build `1`, in a browser with its caches. */
class Worker {
  constructor(
    readonly server: FileServer,
    caches: CacheStorage = new MemoryCaches()
  ) {
    const build = buildOf('1', BUILT);
    const checked = new SiteServer({ build, scope: SCOPE, fetch: server.fetch });
    const room = (): Promise<number> => Promise.resolve(Infinity);
    this.site = new SiteCache({ build, caches, scope: SCOPE, server: checked, room });
    this._answers = new SiteAnswers({
      ...{ site: this.site, server: checked, guests: new Guests(this.site) },
      fetch: server.fetch,
      onFault: error => Promise.resolve(this.faults.push(error))
    });
  }

  readonly site: SiteCache;
  readonly faults: unknown[] = [];

  /** The text of a page that a browser opens, or `refused`. */
  open(path: string, resultingClientId = 'page'): Promise<string> {
    const request = new Request(SCOPE + path);
    Object.defineProperty(request, 'mode', { value: 'navigate' });
    return this._textOf({ request, resultingClientId, clientId: '' }, path);
  }

  /** The text of a file that a page asks for, or `refused`. */
  ask(path: string, clientId = 'page', resultingClientId = ''): Promise<string> {
    const request = new Request(SCOPE + path);
    return this._textOf({ request, clientId, resultingClientId }, path);
  }

  private async _textOf(
    event: Omit<ISiteRequest, 'waitUntil'>,
    path: string
  ): Promise<string> {
    const later: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>): void => void later.push(work);
    const answer = await this._answers.answer({ ...event, waitUntil }, path);
    await Promise.all(later);
    return answer.type === 'error' ? 'refused' : answer.text();
  }

  private readonly _answers: SiteAnswers;
}

describe('SiteAnswers', () => {
  it('shows the page of a newer build, and gives it that build’s files', async () => {
    const worker = new Worker(new FileServer(TWO));
    expect(await worker.open('lab.html')).toBe('two');
    expect(await worker.ask('start.js')).toBe('code two');
    expect((await worker.site.kept()).files).toBe(0);
    expect(worker.faults).toEqual([]);
  });

  it('mixes no kept file of its build into a page of a newer one', async () => {
    const worker = new Worker(new FileServer(ONE));
    await worker.open('lab.html');
    await worker.ask('start.js');
    worker.server.files = TWO;
    expect(await worker.open('lab.html', 'next')).toBe('two');
    expect(await worker.ask('start.js', 'next')).toBe('code two');
    // The page that was there already stays with its build.
    expect(await worker.ask('start.js')).toBe('code one');
  });

  it('refuses to a page of its build what a newer build has', async () => {
    const worker = new Worker(new FileServer(ONE));
    await worker.open('lab.html');
    worker.server.files = TWO;
    expect(await worker.ask('start.js')).toBe('refused');
    expect(worker.faults).toEqual([expect.any(OtherBuildError)]);
  });

  it('gives workers what it gives their page, also after a rest', async () => {
    const caches = new MemoryCaches();
    const worker = new Worker(new FileServer(TWO), caches);
    await worker.open('lab.html');
    await worker.ask('start.js', 'page', 'thread');
    const woken = new Worker(worker.server, caches);
    expect(await woken.ask('start.js', 'thread')).toBe('code two');
    expect(await woken.ask('start.js', 'else')).toBe('refused');
  });

  it('shows and keeps a page that its host rewrites, but no script', async () => {
    const host = { ...ONE, 'lab.html': 'one, counted', 'start.js': 'counted' };
    const worker = new Worker(new FileServer(host));
    expect(await worker.open('lab.html')).toBe('one, counted');
    expect(await worker.ask('start.js')).toBe('refused');
    worker.server.files = { ...host, 'start.js': BUILT['start.js'] };
    expect(await worker.site.fill(() => undefined)).toMatchObject({ files: 2 });
    worker.server.status = null;
    expect(await worker.open('lab.html')).toBe('one, counted');
  });

  it('opens a site that is whole without asking the server', async () => {
    const worker = new Worker(new FileServer(ONE));
    await worker.site.fill(() => undefined);
    worker.server.files = TWO;
    worker.server.asked.length = 0;
    expect(await worker.open('lab.html')).toBe('one');
    expect(await worker.ask('start.js')).toBe('code one');
    expect(worker.server.asked).toEqual([]);
  });

  it('opens what is kept without a network, and says what else the server says', async () => {
    const worker = new Worker(new FileServer(ONE));
    await worker.open('lab.html');
    worker.server.status = null;
    expect(await worker.open('lab.html')).toBe('one');
    const fresh = new Worker(new FileServer({ ...ONE, 'lab.html': 'Busy' }));
    fresh.server.status = 503;
    expect(await fresh.open('lab.html')).toBe('Busy');
    fresh.server.files = {};
    expect(await fresh.open('lab.html')).toBe('Not there');
  });

  it('gives a page that it does not know its own files', async () => {
    const worker = new Worker(new FileServer(ONE));
    await worker.site.fill(() => undefined);
    worker.server.files = { ...TWO, 'new.html': 'new' };
    expect(await worker.open('new.html', 'new')).toBe('new');
    expect(await worker.ask('start.js', 'new')).toBe('code two');
  });
});
