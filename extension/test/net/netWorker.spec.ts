/** @jest-environment node */
import { NetWorker } from '../../src/net/netWorker';
import type { NetAnswer } from '../../src/net/protocol';
import type { IReply } from '../remotes/gitData';
import { GithubServer, TOKEN } from '../remotes/githubServer';

const BLOBS = 'POST /repos/{owner}/{repo}/git/blobs';
const VOLUME = { owner: 'ana', repo: 'volume' };

describe('the network worker', () => {
  let server: GithubServer;
  let net: NetWorker;
  const ask = (
    route = 'GET /user',
    parameters: Record<string, unknown> = {}
  ): Promise<NetAnswer> => net.github({ server: server.url, route, parameters });

  beforeEach(async () => {
    server = await GithubServer.start();
    net = new NetWorker({ retry: { retryAfterBaseValue: 1 } });
  });
  afterEach(() => server.stop());

  it('speaks to nobody until a server is opened, and not after it is closed', async () => {
    expect(await ask()).toMatchObject({ ok: false, problem: { code: 'not-open' } });
    expect(await net.open(server.url, TOKEN)).toBeNull();
    expect(await ask()).toMatchObject({ ok: true, data: { login: 'ana' } });
    await net.close(server.url);
    expect(await ask()).toMatchObject({ ok: false, problem: { code: 'not-open' } });
    expect(server.seen).toHaveLength(1);
  });

  it.each(['http://example.org', 'ftp://example.org', 'example', 'https://a@b.org'])(
    'refuses the address %s',
    async address => {
      expect(await net.open(address, TOKEN)).toMatchObject({ code: 'not-open' });
    }
  );

  it('keeps to the host that was opened, whatever a request says', async () => {
    const other = await GithubServer.start();
    await net.open(server.url, TOKEN);
    for (const [route, parameters] of [
      [`GET ${other.url}/user`, {}],
      ['GET /user', { baseUrl: other.url }]
    ] as const) {
      expect(await ask(route, parameters)).toMatchObject({ ok: false });
    }
    const location = { location: `${other.url}/user` };
    const before = server.seen.length;
    for (const status of [301, 302, 307]) {
      server.instead = () => ({ status, data: {}, headers: location });
      expect(await ask()).toMatchObject({ problem: { code: 'moved' } });
    }
    // What is asked again brings the same.
    expect(server.seen).toHaveLength(before + 3);
    expect(other.seen).toEqual([]);
    await other.stop();
  });

  it('writes at most once a second', async () => {
    server.repository('volume').run(['update-ref', 'refs/heads/main', seed(server)]);
    await net.open(server.url, TOKEN);
    const before = performance.now();
    const answers = await Promise.all(
      ['a', 'b', 'c'].map(content => ask(BLOBS, { ...VOLUME, content }))
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    // From before the first to after the last: a slow machine only makes it longer.
    expect(performance.now() - before).toBeGreaterThan(1990);
  });

  it('asks for free whether an answer changed', async () => {
    server.repository('volume');
    await net.open(server.url, TOKEN);
    const request = {
      ...{ server: server.url, route: 'GET /repos/{owner}/{repo}' },
      ...{ parameters: VOLUME, remember: true }
    };
    const [first, second] = [await net.github(request), await net.github(request)];
    expect(server.seen.map(({ status }) => status)).toEqual([200, 304]);
    expect(second).toEqual(first);
  });

  it('waits when told to wait a moment, and says until when if it is longer', async () => {
    const limit = { message: 'You have exceeded a secondary rate limit.' };
    const slow = (seconds: number): IReply => ({
      status: 403,
      data: limit,
      headers: { 'retry-after': String(seconds) }
    });
    await net.open(server.url, TOKEN);
    server.instead = () => (server.seen.length === 0 ? slow(1) : undefined);
    expect(await ask()).toMatchObject({ ok: true });
    server.instead = () => slow(120);
    const before = Date.now();
    const told = await ask();
    expect(told).toMatchObject({ problem: { code: 'rate-limited' } });
    expect(!told.ok && told.problem.resetsAt).toBeGreaterThanOrEqual(before + 120_000);
  });

  it('tells when the hourly limit ends', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1900000000' };
    server.instead = () => ({ status: 403, data: { message: 'Limit' }, headers });
    await net.open(server.url, TOKEN);
    const problem = { code: 'rate-limited', resetsAt: 1_900_000_000_000 };
    expect(await ask()).toMatchObject({ ok: false, problem });
  });

  it.each([
    [401, 'unauthorized', 1],
    [403, 'forbidden', 1],
    [404, 'not-found', 1],
    [422, 'refused', 1],
    [429, 'rate-limited', 1],
    [502, 'server-failed', 3]
  ])('answers %i with "%s" after %i requests', async (status, code, requests) => {
    server.instead = () => ({ status, data: { message: 'No' } });
    await net.open(server.url, TOKEN);
    expect(await ask()).toMatchObject({ ok: false, problem: { code } });
    expect(server.seen).toHaveLength(requests);
  });

  it('says when a server cannot be reached', async () => {
    const gone = await GithubServer.start();
    const { url } = gone;
    await gone.stop();
    await net.open(url, TOKEN);
    const answer = await net.github({ server: url, route: 'GET /user' });
    expect(answer).toMatchObject({ ok: false, problem: { code: 'unreachable' } });
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
  });
});

/** A first commit, without which a repository takes no blob. */
function seed(server: GithubServer): string {
  const git = server.repository('volume');
  return git.run(['commit-tree', git.run(['mktree']), '-m', 'First']);
}
