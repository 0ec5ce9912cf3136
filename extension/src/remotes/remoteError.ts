import type { TranslationBundle } from '@jupyterlab/translation';

import type { INetProblem, NetCause, NetProblemCode } from '../net/protocol';

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
export function remoteError(
  problem: INetProblem,
  server: string,
  trans: TranslationBundle
): RemoteError {
  const detail = isOffline(problem) ? '' : sayDetail(problem, trans);
  const said = sayProblem(problem, server, trans);
  const message = detail === '' ? said : `${said} (${detail})`;
  return new RemoteError(problem.code, message, problem.resetsAt);
}

/** What the server said, or what was found before it was asked; empty where that is nothing. */
export function sayDetail(
  { cause, detail }: Pick<INetProblem, 'cause' | 'detail'>,
  trans: TranslationBundle
): string {
  return cause === undefined ? detail : sayCause(cause, detail, trans);
}

function sayCause(cause: NetCause, what: string, trans: TranslationBundle): string {
  switch (cause) {
    case 'no-address':
      return what === ''
        ? trans.__('This is no https:// address.')
        : trans.__('"%1" is no https:// address.', what);
    case 'long-address':
      return trans.__('The address of %1 has more in it than server and path.', what);
    case 'signed-out':
      return trans.__('Nobody is signed in there any more.');
    case 'no-branch':
      return trans.__('There is no branch "%1".', what);
    case 'other-protocol':
      return trans.__('The server speaks another protocol.');
    case 'no-report':
      return trans.__('The server did not say whether it took it.');
    case 'many-objects':
      return trans.__('It has more than %1 objects.', what);
    case 'many-bytes':
      return trans.__('It is larger than %1.', what);
    case 'sent-on':
      return what === ''
        ? trans.__('The server sends on to another address. Enter that one.')
        : trans.__('The server sends on to %1. Enter that address.', what);
  }
}

function sayProblem(
  { code, resetsAt, needs }: INetProblem,
  server: string,
  trans: TranslationBundle
): string {
  switch (code) {
    case 'not-open':
      return trans.__('Sign in to %1 first.', server);
    case 'unreachable':
      return isOffline({ code })
        ? trans.__('There is no network. Your work is kept here.')
        : sayUnreachable(server, trans);
    case 'unauthorized':
      return trans.__(
        '%1 does not take the token: it is wrong, has expired or was revoked. Make a new one and sign in again.',
        server
      );
    case 'forbidden':
      return needs === undefined
        ? trans.__('The token may not do this.')
        : trans.__('The token may not do this; it needs %1.', needs);
    case 'rate-limited': {
      const until = new Date(resetsAt ?? 0).toISOString();
      return trans.__('%1 asks to wait until %2.', server, until);
    }
    case 'not-found':
      return trans.__('There is no such repository, or the token may not see it.');
    case 'conflict':
      return trans.__('The repository is not in a state for this.');
    case 'moved':
      return trans.__(
        'The repository has another name or owner now. Connect the volume anew.'
      );
    case 'refused':
      return trans.__('%1 refused the request.', server);
    case 'server-failed':
      return trans.__('%1 failed. Your work is kept here; try again later.', server);
    case 'no-cors':
      return trans.__(
        '%1 answers, but does not let other sites read it. It must send the header "Access-Control-Allow-Origin: %2" and, in "Access-Control-Allow-Headers", authorization and content-type. Ask who runs it, or connect through a proxy of your own.',
        server,
        pageOrigin()
      );
    case 'no-git':
      return trans.__(
        'There is no Git repository at %1. Is the address right?',
        server
      );
    case 'too-large':
      return trans.__('The repository is too large to be read here.');
    case 'stopped':
      return trans.__('Stopped.');
  }
}

function sayUnreachable(server: string, trans: TranslationBundle): string {
  return isBlind()
    ? trans.__(
        '%1 cannot be reached, or does not let other sites read it: it must send the header "Access-Control-Allow-Origin". The browser does not tell which of the two it is. Your work is kept here; try again later.',
        server
      )
    : trans.__(
        '%1 cannot be reached. Your work is kept here; try again later.',
        server
      );
}

/** Where the browser knows that it has no network, no server is to blame. */
function isOffline({ code }: Pick<INetProblem, 'code'>): boolean {
  return code === 'unreachable' && globalThis.navigator?.onLine === false;
}

/** A cross-origin isolated page gets no answer at all of servers that do not allow it. */
function isBlind(): boolean {
  return globalThis.crossOriginIsolated === true;
}

function pageOrigin(): string {
  return typeof location === 'undefined' ? '*' : location.origin;
}
