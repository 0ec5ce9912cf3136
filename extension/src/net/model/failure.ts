import type { IModelProblem, ModelProblemCode } from '@llmos-lab/skills';

import { reasonOf } from '../../reasonOf';
import { ModelFailure } from './types';

/** Types of errors in Anthropic's API, which also come in mid-stream. */
const BY_TYPE: Readonly<Record<string, ModelProblemCode>> = {
  authentication_error: 'wrong-key',
  permission_error: 'forbidden',
  billing_error: 'no-credit',
  not_found_error: 'unknown-model',
  request_too_large: 'too-long',
  rate_limit_error: 'rate-limited',
  overloaded_error: 'overloaded',
  timeout_error: 'server-failed',
  api_error: 'server-failed',
  // Those of servers like OpenAI's.
  invalid_api_key: 'wrong-key',
  insufficient_quota: 'no-credit',
  model_not_found: 'unknown-model',
  context_length_exceeded: 'too-long',
  rate_limit_exceeded: 'rate-limited',
  server_error: 'server-failed'
};

const BY_STATUS: Readonly<Record<number, ModelProblemCode>> = {
  401: 'wrong-key',
  402: 'no-credit',
  403: 'forbidden',
  404: 'unknown-model',
  408: 'server-failed',
  413: 'too-long',
  429: 'rate-limited',
  529: 'overloaded'
};

/** Words that tell more than a status does. */
const BY_WORDS: readonly (readonly [RegExp, ModelProblemCode])[] = [
  [/CORS requests? (?:are|is) not allowed/i, 'blocked'],
  [/credit balance|insufficient (?:credit|quota|funds)|billing/i, 'no-credit'],
  [/prompt is too long|context (?:length|window)|too many tokens/i, 'too-long']
];

/** What a server's refusal means, from its status, the type it names, and its words. */
export function problemOf(
  status: number | undefined,
  type: string | null | undefined,
  detail: string
): IModelProblem {
  const words = BY_WORDS.find(([pattern]) => pattern.test(detail))?.[1];
  const known = type === null || type === undefined ? undefined : BY_TYPE[type];
  const byStatus =
    status === undefined
      ? 'server-failed'
      : (BY_STATUS[status] ?? (status >= 500 ? 'server-failed' : 'refused'));
  return { code: words ?? known ?? byStatus, detail };
}

/** Milliseconds that the server's headers ask to wait. */
export function retryAfterOf(headers: Headers | undefined): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
  if (!Number.isNaN(exact)) {
    return exact;
  }
  return Number.isNaN(seconds) ? undefined : seconds * 1000;
}

/** Problems that may pass by themselves. */
const PASSING: ReadonlySet<ModelProblemCode> = new Set<ModelProblemCode>([
  'overloaded',
  'rate-limited',
  'server-failed',
  'offline',
  'cut-off'
]);

/** Whether the same request may succeed later. */
export function mayPass({ code }: IModelProblem): boolean {
  return PASSING.has(code);
}

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
