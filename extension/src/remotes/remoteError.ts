import type { INetProblem, NetProblemCode } from '../net/protocol';

/** `unexpected` is an answer that GitHub's documentation does not have. */
export type RemoteErrorCode = NetProblemCode | 'unexpected';

/** An expected fault of a server. Compare `code`; `message` is for people. */
export class RemoteError extends Error {
  constructor(
    readonly code: RemoteErrorCode,
    message: string,
    /** For `rate-limited`: when to try again, in milliseconds since 1970. */
    readonly resetsAt?: number
  ) {
    super(message);
    this.name = 'RemoteError';
  }
}

/** What a problem of the network means for a person, and what they can do. */
export function remoteError(problem: INetProblem, server: string): RemoteError {
  const message = `${sayProblem(problem, server)} (${problem.detail})`;
  return new RemoteError(problem.code, message, problem.resetsAt);
}

function sayProblem({ code, resetsAt, needs }: INetProblem, server: string): string {
  switch (code) {
    case 'not-open':
      return `Sign in to ${server} first.`;
    case 'unreachable':
      return (
        `${server} cannot be reached${isBlind() ? ` ${BLIND}` : ''}. ` +
        'Your work is kept here; try again later.'
      );
    case 'unauthorized':
      return (
        `${server} does not take the token: it is wrong, has expired or was revoked. ` +
        'Make a new one and sign in again.'
      );
    case 'forbidden':
      return `The token may not do this${needs === undefined ? '' : `; it needs ${needs}`}.`;
    case 'rate-limited':
      return `${server} asks to wait until ${new Date(resetsAt ?? 0).toISOString()}.`;
    case 'not-found':
      return 'There is no such repository, or the token may not see it.';
    case 'conflict':
      return 'The repository is not in a state for this.';
    case 'moved':
      return 'The repository has another name or owner now. Connect the volume anew.';
    case 'refused':
      return `${server} refused the request.`;
    case 'server-failed':
      return `${server} failed. Your work is kept here; try again later.`;
    case 'no-cors':
      return (
        `${server} answers, but does not let other sites read it. It must send the ` +
        `header "Access-Control-Allow-Origin: ${pageOrigin()}" and, in ` +
        '"Access-Control-Allow-Headers", authorization and content-type. Ask who runs ' +
        'it, or connect through a proxy of your own.'
      );
    case 'no-git':
      return `There is no Git repository at ${server}. Is the address right?`;
    case 'too-large':
      return 'The repository is too large to be read here.';
    case 'stopped':
      return 'Stopped.';
  }
}

const BLIND =
  '(or does not let other sites read it, by "Access-Control-Allow-Origin"; a page ' +
  'served as this one is cannot tell which)';

/** A cross-origin isolated page gets no answer at all of servers that do not allow it. */
function isBlind(): boolean {
  return globalThis.crossOriginIsolated === true;
}

function pageOrigin(): string {
  return typeof location === 'undefined' ? '*' : location.origin;
}
