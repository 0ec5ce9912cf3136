import { MOVED } from './address';
import type { INetProblem, NetProblemCode } from './protocol';

/** Waiting time when a server says "slow down" and not for how long, in seconds. */
const DEFAULT_WAIT = 60;

/** The part of Octokit's error that tells what happened. */
interface IRequestFailure {
  readonly status: number;
  readonly message: string;
  /** Absent when no answer came. */
  readonly response?: { readonly headers: Readonly<Record<string, unknown>> };
}

/** The HTTP status of a failed request. */
export function statusOf(error: unknown): number | undefined {
  return isRequestFailure(error) ? error.status : undefined;
}

/**
 * Says what a failed request means.
 *
 * @param now milliseconds since 1970
 */
export function describeFailure(error: unknown, now: number): INetProblem {
  if (!isRequestFailure(error)) {
    throw error;
  }
  const { status, message: detail, response } = error;
  if (!response) {
    return { code: 'unreachable', detail };
  }
  const header = (name: string): string | undefined => {
    const value = response.headers[name];
    return typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : undefined;
  };
  if (header(MOVED) !== undefined) {
    return { code: 'moved', detail: 'redirected' };
  }
  if (status === 403 || status === 429) {
    const wait = Number(header('retry-after') ?? Number.NaN);
    const isSpent = header('x-ratelimit-remaining') === '0';
    if (status === 429 || isSpent || wait > 0 || /secondary rate/i.test(detail)) {
      const reset = Number(header('x-ratelimit-reset') ?? Number.NaN) * 1000;
      const byWait = now + (Number.isNaN(wait) ? DEFAULT_WAIT : wait) * 1000;
      const isByReset = isSpent && Number.isNaN(wait) && !Number.isNaN(reset);
      return { code: 'rate-limited', detail, resetsAt: isByReset ? reset : byWait };
    }
    const needs = header('x-accepted-github-permissions');
    return { code: 'forbidden', detail, ...(needs !== undefined && { needs }) };
  }
  return { code: codeOf(status), detail };
}

/** What a status above 400 means, where nothing more is known. */
export function codeOf(status: number): NetProblemCode {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    default:
      return status < 500 ? 'refused' : 'server-failed';
  }
}

function isRequestFailure(error: unknown): error is IRequestFailure {
  return (
    error instanceof Error && 'status' in error && typeof error.status === 'number'
  );
}
