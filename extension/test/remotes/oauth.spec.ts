/** @jest-environment node */
import { nullTranslator } from '@jupyterlab/translation';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import handler, {
  exchange,
  type IEnvironment
} from '../../../examples/oauth-exchange/handler';
import { exchangeCode } from '../../src/net/exchange';
import type { INetWorker } from '../../src/net/protocol';
import { OAUTH_CHANNEL, signInByPopUp } from '../../src/remotes/github/oauth/signIn';

const SITE = 'https://lab.example.org';
const REDIRECT = `${SITE}/llmos/oauth.html`;
const SECRET = 'the-secret-of-the-app';
const TOKEN = 'the-token-of-ana';
const CODE = 'the-code-of-ana';

/** GitHub's part: a code once, for the app that it was made for. */
function github(): {
  server: Server;
  environment: () => IEnvironment;
  codes: string[];
} {
  const codes = [CODE];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', chunk => (text += String(chunk)));
    request.on('end', () => {
      const body = JSON.parse(text) as Record<string, string>;
      const at = codes.indexOf(body['code'] ?? '');
      const isGood = at >= 0 && body['client_secret'] === SECRET;
      codes.splice(at, isGood ? 1 : 0);
      // GitHub answers 200 to a bad code too.
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          isGood ? { access_token: TOKEN } : { error: 'bad_verification_code' }
        )
      );
    });
  });
  const environment = (): IEnvironment => ({
    GITHUB_CLIENT_ID: 'app',
    GITHUB_CLIENT_SECRET: SECRET,
    SITE_ORIGINS: `${SITE} https://other.example.org`,
    GITHUB_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  });
  return { server, environment, codes };
}

describe('a sign-in on the page of GitHub', () => {
  const { server, environment, codes } = github();
  const said: string[] = [];
  let asked: Request[];
  /** As a browser asks: with the origin of the page. */
  const ask =
    (origin = SITE): typeof fetch =>
    (input, init) => {
      const request = new Request(input, {
        method: init?.method ?? 'GET',
        headers: { ...(init?.headers as Record<string, string>), origin },
        body: init?.body ?? null
      });
      asked.push(request.clone());
      return exchange(request, environment());
    };
  const net = (origin?: string): INetWorker =>
    ({
      exchange: request => exchangeCode(request, ask(origin))
    }) as Partial<INetWorker> as INetWorker;
  /** Plays the person and the page that GitHub returns to. */
  const signIn = (
    answer: (state: string) => object,
    options: { origin?: string; signal?: AbortSignal } = {}
  ): Promise<string> =>
    signInByPopUp({
      server: 'https://api.github.com',
      exchange: { url: 'https://exchange.example.org', clientId: 'app' },
      redirect: REDIRECT,
      net: net(options.origin),
      trans: nullTranslator.load(''),
      ...(options.signal && { signal: options.signal }),
      open: address => {
        const url = new URL(address);
        expect(url.origin).toBe('https://github.com');
        expect(url.searchParams.get('redirect_uri')).toBe(REDIRECT);
        const channel = new BroadcastChannel(OAUTH_CHANNEL);
        channel.postMessage(answer(url.searchParams.get('state') ?? ''));
        setImmediate(() => channel.close());
      }
    });

  beforeAll(() => new Promise<void>(done => server.listen(0, '127.0.0.1', done)));
  afterAll(() => new Promise(done => server.close(done)));
  beforeEach(() => {
    asked = [];
    codes.splice(0, codes.length, CODE);
    said.length = 0;
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      jest.spyOn(console, method).mockImplementation((...text) => {
        said.push(text.join(' '));
      });
    }
  });
  afterEach(() => jest.restoreAllMocks());

  it('gives a token for a code, and logs nothing', async () => {
    expect(await signIn(state => ({ code: CODE, state }))).toBe(TOKEN);
    expect(said).toEqual([]);
    expect(asked.map(({ url }) => url).join()).not.toContain(CODE);
  });

  it('takes a code once', async () => {
    await signIn(state => ({ code: CODE, state }));
    const again = signIn(state => ({ code: CODE, state }));
    await expect(again).rejects.toMatchObject({ code: 'unauthorized' });
    expect(said).toEqual([]);
  });

  it('hears nothing of sign-ins that were begun elsewhere', async () => {
    const stop = new AbortController();
    const foreign = signIn(
      () => {
        setImmediate(() => setImmediate(() => stop.abort()));
        return { code: CODE, state: 'of-another-page' };
      },
      { signal: stop.signal }
    );
    await expect(foreign).rejects.toThrow('Stopped');
    expect(asked).toEqual([]);
  });

  it('says why GitHub signed nobody in', async () => {
    const error_description = 'The user has denied access';
    const denied = signIn(state => ({
      error: 'access_denied',
      error_description,
      state
    }));
    await expect(denied).rejects.toThrow('denied access');
  });

  it('exchanges for the sites that it was set up for, and for no other', async () => {
    const stranger = 'https://stranger.example.org';
    const refused = signIn(state => ({ code: CODE, state }), { origin: stranger });
    await expect(refused).rejects.toMatchObject({ code: 'refused' });
    const preflight = (origin: string): Promise<Response> =>
      handler.fetch(
        new Request('https://exchange.example.org', {
          ...{ method: 'OPTIONS', headers: { origin } }
        }),
        environment()
      );
    const allowed = (await preflight(SITE)).headers;
    expect(allowed.get('access-control-allow-origin')).toBe(SITE);
    const none = await preflight(stranger);
    expect(none.headers.get('access-control-allow-origin')).toBeNull();
    expect(none.status).toBe(403);
    expect(codes).toEqual([CODE]);
  });

  it('exchanges nothing whose state does not fit its verifier', async () => {
    const body = { code: CODE, state: 'x', code_verifier: 'y', redirect_uri: REDIRECT };
    const post = (wanted: object): Promise<Response> =>
      ask()('https://exchange.example.org', {
        ...{ method: 'POST', body: JSON.stringify(wanted) }
      });
    expect((await post(body)).status).toBe(403);
    expect((await post({ code: CODE })).status).toBe(400);
    expect(codes).toEqual([CODE]);
  });
});
