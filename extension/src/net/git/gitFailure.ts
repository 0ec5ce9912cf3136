import { codeOf } from '../failure';
import type { INetProblem } from '../protocol';
import { GitProblem } from './gitHttp';

/** Longer answers, such as whole pages of a proxy, say nothing more. */
const MAX_DETAIL = 300;

/** Says what went wrong in an exchange; isomorphic-git's errors have a `code`. */
export function describeGitFailure(error: unknown, stopped: boolean): INetProblem {
  if (stopped) {
    return { code: 'stopped', detail: '' };
  }
  if (error instanceof GitProblem) {
    return error.problem;
  }
  if (!(error instanceof Error)) {
    throw error;
  }
  const code = 'code' in error ? error.code : '';
  const status = statusOf(error);
  if (code === 'HttpError' && status !== undefined) {
    const detail = `HTTP ${status}`;
    return status === 403
      ? { code: 'forbidden', detail }
      : { code: codeOf(status), detail };
  }
  const detail = error.message.slice(0, MAX_DETAIL);
  return { code: code === 'SmartHttpError' ? 'no-git' : 'refused', detail };
}

function statusOf(error: Error): number | undefined {
  const data: unknown = 'data' in error ? error.data : undefined;
  return typeof data === 'object' &&
    data !== null &&
    'statusCode' in data &&
    typeof data.statusCode === 'number'
    ? data.statusCode
    : undefined;
}
