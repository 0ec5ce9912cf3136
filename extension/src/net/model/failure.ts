import { reasonOf } from '../../reasonOf';
import { ModelFailure } from './types';

/**
 * Tells why a request never got an answer: no network, nobody there, or a server that is
 * there and does not let pages of other sites read its answers (CORS). The browser says
 * the same of all three, so the last is found by asking without reading.
 */
export async function whyNoAnswer(
  server: string,
  error: unknown
): Promise<ModelFailure> {
  const detail = reasonOf(error);
  if (globalThis.navigator?.onLine === false) {
    return new ModelFailure({ code: 'offline', detail });
  }
  const isThere = await fetch(server, {
    ...{ mode: 'no-cors', method: 'GET', credentials: 'omit', cache: 'no-store' },
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(5000)
  }).then(
    () => true,
    () => false
  );
  return new ModelFailure({ code: isThere ? 'blocked' : 'offline', detail });
}
