/**
 * Exchanges the code of GitHub's sign-in for a token. A page cannot do that by itself: it
 * takes the secret of an OAuth app, and GitHub's answer may not be read by pages. Runs
 * wherever handlers take a `Request` and give a `Response`: Cloudflare Workers, Deno,
 * Netlify and Vercel edge functions. It keeps nothing and logs nothing.
 */

/** What the host gives the handler; the secret belongs into its secret store. */
export interface IEnvironment {
  readonly GITHUB_CLIENT_ID: string;
  readonly GITHUB_CLIENT_SECRET: string;
  /** Origins of the sites that may ask, with spaces between: `https://lab.example.org`. */
  readonly SITE_ORIGINS: string;
  /** Of a GitHub Enterprise server; by default `https://github.com`. */
  readonly GITHUB_URL?: string;
}

/** What a page sends. */
interface IExchangeRequest {
  readonly code: string;
  readonly state: string;
  /** The secret half of `state`, which only the page that began the sign-in knows. */
  readonly code_verifier: string;
  readonly redirect_uri: string;
}

/** Answers one request of a page. */
export async function exchange(
  request: Request,
  environment: IEnvironment,
  ask: typeof fetch = fetch
): Promise<Response> {
  const origin = request.headers.get('origin') ?? '';
  if (!environment.SITE_ORIGINS.split(/\s+/).includes(origin)) {
    return new Response('This site may not ask here.', { status: 403 });
  }
  const reply = (status: number, body: object | null): Response =>
    new Response(body && JSON.stringify(body), {
      status,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        'cache-control': 'no-store',
        'content-type': 'application/json',
        vary: 'Origin'
      }
    });
  if (request.method === 'OPTIONS') {
    return reply(204, null);
  }
  const wanted = request.method === 'POST' ? await read(request) : null;
  if (!wanted) {
    return reply(400, { error: 'The request is not one of a sign-in.' });
  }
  const isOwn = wanted.redirect_uri.startsWith(`${origin}/`);
  if (!isOwn || (await challengeOf(wanted.code_verifier)) !== wanted.state) {
    return reply(403, { error: 'This sign-in was begun elsewhere.' });
  }
  const token = await tokenFor(wanted, environment, ask);
  return token === null
    ? reply(401, { error: 'GitHub does not take the code. Sign in again.' })
    : reply(200, { token });
}

/** What hosts call. */
export default {
  fetch: (request: Request, environment: IEnvironment): Promise<Response> =>
    exchange(request, environment)
};

async function read(request: Request): Promise<IExchangeRequest | null> {
  const body: unknown = await request.json().catch(() => null);
  const { code, state, code_verifier, redirect_uri } = (body ??
    {}) as Partial<IExchangeRequest>;
  return typeof code === 'string' &&
    typeof state === 'string' &&
    typeof code_verifier === 'string' &&
    typeof redirect_uri === 'string'
    ? { code, state, code_verifier, redirect_uri }
    : null;
}

/** GitHub's own answer may tell secrets: only the token goes on. */
async function tokenFor(
  { code, code_verifier, redirect_uri }: IExchangeRequest,
  environment: IEnvironment,
  ask: typeof fetch
): Promise<string | null> {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GITHUB_URL } = environment;
  const server = GITHUB_URL ?? 'https://github.com';
  const answer = await ask(`${server}/login/oauth/access_token`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ client_id: GITHUB_CLIENT_ID, client_secret: GITHUB_CLIENT_SECRET },
      ...{ code, code_verifier, redirect_uri }
    })
  });
  const data: unknown = await answer.json().catch(() => null);
  const { access_token: token } = (data ?? {}) as { readonly access_token?: unknown };
  return answer.ok && typeof token === 'string' ? token : null;
}

/** S256 of RFC 7636: SHA-256, in the alphabet of addresses. */
async function challengeOf(verifier: string): Promise<string> {
  const bytes = new TextEncoder().encode(verifier);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...hash))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
