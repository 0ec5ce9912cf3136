/** Reads what a sandbox worker says: it belongs to the skill, which may have changed it. */

import { surveyOutputs } from '../runtimes/data';
import type { FailureCode, IFailure } from '../runtimes/failure';
import type { IOutcome } from '../runtimes/outcome';
import type { ISandboxCall } from './sandboxTypes';

/** Failures that a worker may report; the others are for the page and the frame to tell. */
const CODES: readonly FailureCode[] = [
  'skill-error',
  'bad-input',
  'bad-output',
  'output-too-large',
  'out-of-memory'
];

/** Characters of a message or excerpt that people get to see, and of an error's name. */
const MAX_TEXT = 10_000;
const MAX_NAME = 200;

function text(value: unknown, most = MAX_TEXT): string {
  const whole = typeof value === 'string' ? value : 'no text';
  return whole.length > most ? `${whole.slice(0, most)}…` : whole;
}

/** A failure of known fields and bounded texts. */
export function readFailure(given: unknown): IFailure {
  const { code, name, message, line, excerpt } = (given ?? {}) as Partial<
    Record<keyof IFailure, unknown>
  >;
  return {
    code: CODES.find(known => known === code) ?? 'skill-error',
    name: text(name ?? 'Error', MAX_NAME),
    message: text(message),
    ...(typeof line === 'number' && { line }),
    ...(excerpt !== undefined && { excerpt: text(excerpt) }),
    logs: []
  };
}

/**
 * Outputs and bundle within the call's bounds, with the buffers that can be moved on.
 *
 * @throws SkillFailure for what is no data, or too large.
 */
export function readOutcome(
  given: unknown,
  { limits }: Pick<ISandboxCall, 'limits'>
): { readonly outcome: IOutcome; readonly buffers: readonly ArrayBuffer[] } {
  const { outputs, bundle } = given as IOutcome;
  const buffers = surveyOutputs(outputs, limits.outputBytes);
  surveyOutputs(bundle, 2 * limits.outputBytes);
  return { outcome: { outputs, bundle, logs: [] }, buffers };
}

/** The failure behind an error that no code of the worker has caught. */
export function uncaught(message: string): IFailure {
  if (!message) {
    // The browser ends a worker so when it takes more memory than it grants.
    const ended = 'The worker ended by itself, most likely for want of memory.';
    return { code: 'out-of-memory', name: 'MemoryError', message: ended, logs: [] };
  }
  const [, name = 'Error', said = message] =
    /^(?:Uncaught )?(\w*(?:Error|Exception)): ([^]*)$/.exec(text(message)) ?? [];
  return readFailure({ code: 'skill-error', name, message: said });
}
