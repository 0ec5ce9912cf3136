import type { INetProblem } from './protocol';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * What is wrong with an address that the person entered. It is not repeated whole: a
 * token may stand in it.
 */
export function checkAddress(address: string): INetProblem | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) {
    return { code: 'not-open', detail: 'This is no https:// address.' };
  }
  const isSafe =
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  const isBare = url.username === '' && url.password === '' && url.search === '';
  if (isSafe && isBare) {
    return null;
  }
  const detail = isSafe
    ? `The address of ${url.host} has more in it than server and path.`
    : `"${url.host}" is no https:// address.`;
  return { code: 'not-open', detail };
}

/**
 * A fetch that goes to one origin only, follows no redirect and sends no cookies. The HTTP
 * cache stays out of it: it would hide the answer 304 and keep what is private.
 */
export function fetchWithin(
  origin: string,
  url: string,
  init: RequestInit = {}
): Promise<Response> {
  if (new URL(url).origin !== origin) {
    throw new Error(`This request may go to ${origin} only.`);
  }
  return fetch(url, {
    ...init,
    ...{ redirect: 'error', credentials: 'omit', cache: 'no-store' },
    referrerPolicy: 'no-referrer'
  });
}
