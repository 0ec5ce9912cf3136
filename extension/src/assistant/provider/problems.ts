import type { TranslationBundle } from '@jupyterlab/translation';
import type { IModelProblem, ModelProblemCode } from '@llmos-lab/skills';

/** What the sentences are made with. */
interface IWords {
  readonly server: string;
  /** What the server said, as a sentence to put after ours; may be empty. */
  readonly said: string;
  readonly detail: string;
  readonly trans: TranslationBundle;
}

/** What a failure means and what to do, as sentences for people. */
export function problemText(
  { code, detail }: IModelProblem,
  server: string,
  trans: TranslationBundle
): string {
  const said = detail === '' ? '' : ` ${trans.__('The server says: %1', detail)}`;
  const words = { server, said, detail, trans };
  switch (code) {
    case 'no-key':
    case 'wrong-key':
    case 'no-credit':
    case 'forbidden':
      return keyText(code, words);
    case 'unknown-model':
    case 'rate-limited':
    case 'too-long':
    case 'refused':
    case 'declined':
      return requestText(code, words);
    case 'overloaded':
    case 'offline':
    case 'blocked':
    case 'server-failed':
    case 'cut-off':
    case 'invalid-address':
      return serverText(code, words);
    case 'unexpected':
      return trans.__(
        'Something unexpected happened: %1. What was said stays; ask again with Retry. The details are in the notebook’s Log Console (menu View), without a notebook in the console of the browser.',
        detail
      );
  }
}

/**
 * The problem of a message that is kept, as sentences; null for none. One of another
 * version, whose code is not known, is shown as it is.
 */
export function keptProblemText(
  problem: string | undefined,
  server: string,
  trans: TranslationBundle
): string | null {
  if (problem === undefined) {
    return null;
  }
  const [, code = '', detail = ''] = /^([a-z-]+): (.*)$/s.exec(problem) ?? [];
  const known = { code, detail } as IModelProblem;
  return problemText(known, server, trans) ?? problem;
}

/** For what the key, or the account that it belongs to, stands in the way of. */
function keyText(
  code: Extract<ModelProblemCode, 'no-key' | 'wrong-key' | 'no-credit' | 'forbidden'>,
  { server, said, detail, trans }: IWords
): string {
  switch (code) {
    case 'no-key':
      return detail === 'not typed'
        ? trans.__(
            'No key was typed, so nothing was sent. Ask again and type it, or choose another way under "Model and key".'
          )
        : trans.__('There is no key for %1. Enter one under "Model and key".', server);
    case 'wrong-key':
      return (
        trans.__(
          '%1 does not take this key. Enter another one under "Model and key".',
          server
        ) + said
      );
    case 'no-credit':
      return (
        trans.__(
          'The account of this key has no credit left. Add some at the provider, or choose another one.'
        ) + said
      );
    case 'forbidden':
      return (
        trans.__('This key may not do that: look up its rights at the provider.') + said
      );
  }
}

/** For what the server does not take as it was asked. */
function requestText(
  code: Extract<
    ModelProblemCode,
    'unknown-model' | 'rate-limited' | 'too-long' | 'refused' | 'declined'
  >,
  { said, trans }: IWords
): string {
  switch (code) {
    case 'unknown-model':
      return (
        trans.__(
          'The server knows no such model. Choose another one under "Model and key".'
        ) + said
      );
    case 'rate-limited':
      return (
        trans.__(
          'Too many requests or tokens in a short time. Wait a little and try again.'
        ) + said
      );
    case 'too-long':
      return (
        trans.__(
          'The conversation is too long for this model. Begin a new one, or lower "Context of a question" in the settings.'
        ) + said
      );
    case 'refused':
      return trans.__('The server refused the request.') + said;
    case 'declined':
      return trans.__(
        'The model declined to answer. Ask in other words or begin a new conversation, or choose another model under "Model and key".'
      );
  }
}

/** For a server that is not there, or fails, and the way to it. */
function serverText(
  code: Extract<
    ModelProblemCode,
    | 'overloaded'
    | 'offline'
    | 'blocked'
    | 'server-failed'
    | 'cut-off'
    | 'invalid-address'
  >,
  { server, said, trans }: IWords
): string {
  switch (code) {
    case 'overloaded':
      return trans.__('The provider is overloaded. Try again in a minute.') + said;
    case 'offline':
      return trans.__(
        '%1 cannot be reached. Look at your connection, the address, and whether the server runs.',
        server
      );
    case 'blocked':
      return (
        trans.__(
          '%1 is there, but does not let pages of %2 read its answers (CORS). On your own server allow that origin (for Ollama: OLLAMA_ORIGINS=%2); else use a gateway that does, as base address.',
          server,
          globalThis.location?.origin ?? ''
        ) + said
      );
    case 'server-failed':
      return trans.__('The server failed. Try again in a minute.') + said;
    case 'cut-off':
      return trans.__(
        'The answer broke off: the connection was lost. What came stays; try again.'
      );
    case 'invalid-address':
      return trans.__(
        '"%1" is no address that can be used: it must begin with https://, or be on this machine.',
        server
      );
  }
}
