import { isSafeAddress } from './core';
import type { INetProblem } from './protocol';

/** A header by which `describeFailure` knows a redirect that was not followed. */
export const MOVED = 'x-llmos-moved';

/**
 * What is wrong with an address that the person entered. It is not repeated whole: a
 * token may stand in it.
 */
export function checkAddress(address: string): INetProblem | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) {
    return { code: 'not-open', cause: 'no-address', detail: '' };
  }
  const isSafe = isSafeAddress(url);
  const isBare = url.username === '' && url.password === '' && url.search === '';
  if (isSafe && isBare) {
    return null;
  }
  const cause = isSafe ? 'long-address' : 'no-address';
  return { code: 'not-open', cause, detail: url.host };
}

/**
 * A fetch that goes to one origin only, follows no redirect and sends no cookies. The HTTP
 * cache stays out of it: it would hide the answer 304 and keep what is private.
 */
export async function fetchWithin(
  origin: string,
  url: string,
  init: RequestInit = {}
): Promise<Response> {
  if (new URL(url).origin !== origin) {
    throw new Error(`This request may go to ${origin} only.`);
  }
  const answer = await fetch(url, {
    ...init,
    ...{ redirect: 'manual', credentials: 'omit', cache: 'no-store' },
    referrerPolicy: 'no-referrer'
  });
  // Not 304: that is an answer. A browser tells no more of a redirect than that it is one.
  const { type, status } = answer;
  return type === 'opaqueredirect' ||
    (status > 300 && status < 304) ||
    (status > 306 && status < 309)
    ? new Response('{}', { status: 410, headers: { [MOVED]: 'yes' } })
    : answer;
}
