import type { TranslationBundle } from '@jupyterlab/translation';

import type { INetWorker } from '../../../net/protocol';
import { remoteError } from '../../remoteError';
import { webAddress } from '../client';

/** Channel on which the page that GitHub returns to tells its code. */
export const OAUTH_CHANNEL = 'llmos-oauth';

/** What a sign-in through GitHub's own page takes. */
export interface IOauthOptions {
  /** Address of the API. */
  readonly server: string;
  /** The exchange and the OAuth app that it belongs to, as the settings have them. */
  readonly exchange: { readonly url: string; readonly clientId: string };
  /** Where GitHub returns to: `llmos/oauth.html` of this site. */
  readonly redirect: string;
  readonly net: INetWorker;
  readonly trans: TranslationBundle;
  /** Opens the window, as `window.open`. */
  readonly open: (url: string) => unknown;
  /** The person waits no longer. */
  readonly signal?: AbortSignal;
}

/**
 * Lets the person sign in on GitHub's page, and has the code that comes back exchanged
 * for a token. `state` is the S256 of a secret that only this page knows (PKCE), so that
 * nobody else's sign-in is taken for theirs.
 *
 * @throws RemoteError when the exchange does not answer with a token
 * @throws Error when GitHub or the person refuses
 */
export async function signInByPopUp(options: IOauthOptions): Promise<string> {
  const { server, exchange, redirect, net, open, trans } = options;
  const verifier = encode(crypto.getRandomValues(new Uint8Array(32)));
  const state = await challengeOf(verifier);
  const url = new URL('/login/oauth/authorize', webAddress(server));
  url.search = new URLSearchParams({
    client_id: exchange.clientId,
    redirect_uri: redirect,
    scope: 'repo',
    state,
    code_challenge: state,
    code_challenge_method: 'S256'
  }).toString();
  const code = await waitForCode(state, options, () => open(url.href));
  const answer = await net.exchange({
    ...{ url: exchange.url, code, state, verifier, redirect }
  });
  if (!answer.ok) {
    throw remoteError(answer.problem, new URL(exchange.url).host, trans);
  }
  return answer.token;
}

/** An isolated page has no hold on the window that it opened: a channel tells instead. */
function waitForCode(
  state: string,
  { signal, trans }: IOauthOptions,
  begin: () => unknown
): Promise<string> {
  const channel = new BroadcastChannel(OAUTH_CHANNEL);
  return new Promise<string>((done, fail) => {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => fail(new Error(trans.__('Stopped.'))));
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const answer = (data ?? {}) as Readonly<Record<string, unknown>>;
      if (answer.state !== state) {
        return; // Of another sign-in.
      }
      if (typeof answer.code === 'string') {
        done(answer.code);
      } else {
        const given = [answer.error_description, answer.error];
        const reason = given.find(each => typeof each === 'string') ?? 'no code';
        fail(new Error(trans.__('GitHub signed nobody in: %1', reason)));
      }
    };
    begin();
  }).finally(() => channel.close());
}

async function challengeOf(verifier: string): Promise<string> {
  const bytes = new TextEncoder().encode(verifier);
  return encode(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** Base64 in the alphabet of addresses. */
function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
