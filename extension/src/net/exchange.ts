import { reasonOf } from '../reasonOf';
import { codeOf } from './failure';
import type { ExchangeAnswer, IExchangeRequest } from './protocol';

/**
 * Asks the exchange that the site is set up with for a token; see
 * `examples/oauth-exchange`.
 *
 * @param url checked already
 */
export async function exchangeCode(
  { url, code, state, verifier, redirect }: IExchangeRequest,
  ask: typeof fetch
): Promise<ExchangeAnswer> {
  let answer: Response;
  try {
    answer = await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ code, state, code_verifier: verifier, redirect_uri: redirect }
      }),
      ...{ credentials: 'omit', redirect: 'error', cache: 'no-store' },
      referrerPolicy: 'no-referrer'
    });
  } catch (error) {
    const detail = reasonOf(error);
    return { ok: false, problem: { code: 'unreachable', detail } };
  }
  const data: unknown = await answer.json().catch(() => null);
  const { token, error } = (data ?? {}) as {
    readonly token?: unknown;
    readonly error?: unknown;
  };
  if (answer.ok && typeof token === 'string') {
    return { ok: true, token };
  }
  const detail = typeof error === 'string' ? error : `status ${answer.status}`;
  const why = answer.ok ? 'refused' : codeOf(answer.status);
  return { ok: false, problem: { code: why, detail } };
}
