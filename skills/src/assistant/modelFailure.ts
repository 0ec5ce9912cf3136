/** What servers of models say when they give no answer, and whether to ask again. */
import type { IModelProblem, ModelProblemCode } from './turn';

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
  const known =
    typeof type === 'string' && Object.hasOwn(BY_TYPE, type)
      ? BY_TYPE[type]
      : undefined;
  const byStatus =
    status === undefined
      ? 'server-failed'
      : (BY_STATUS[status] ?? (status >= 500 ? 'server-failed' : 'refused'));
  return { code: words ?? known ?? byStatus, detail };
}

/** Milliseconds that the server's headers ask to wait. */
export function retryAfterOf(
  headers: { get(name: string): string | null } | undefined
): number | undefined {
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
function mayPass({ code }: IModelProblem): boolean {
  return PASSING.has(code);
}

/** How often and how long a request waits; tests wait less. */
export interface IModelPatience {
  /** Tries after the first. */
  readonly retries: number;
  /** Milliseconds before the second try; doubles with each. */
  readonly pause: number;
  /** A server that asks for a longer wait is not waited for, in milliseconds. */
  readonly longest: number;
}

/** As people have it. */
export const MODEL_PATIENCE: IModelPatience = {
  retries: 3,
  pause: 1000,
  longest: 60_000
};

/**
 * Milliseconds after which a request that failed is made again; null: it is not.
 *
 * @param attempt of the one that failed, from 1
 * @param chance from 0 to 1, so that not all who wait come back at once
 */
export function retryIn(
  {
    problem,
    retryAfter
  }: { readonly problem: IModelProblem; retryAfter?: number | undefined },
  { retries, pause, longest }: IModelPatience,
  attempt: number,
  chance: number
): number | null {
  const after = retryAfter ?? pause * 2 ** (attempt - 1) * (0.75 + chance / 2);
  return attempt > retries || after > longest || !mayPass(problem) ? null : after;
}
