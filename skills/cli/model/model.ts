/** The language model of the command line: asked with patience, and its cost counted. */
import { setTimeout } from 'node:timers/promises';
import {
  addUsage,
  MODEL_PATIENCE,
  NO_USAGE,
  retryIn,
  withoutKey,
  type Completion,
  type IModelPatience,
  type IModelProblem,
  type ITokenUsage
} from '@llmos-lab/skills';
import { ask, isSafe, type IModelAccess, type IQuestion, type Reply } from './messages';
import { problemText } from './problemText';

/** How long a request may take. */
export interface IModelLimits {
  readonly seconds: number;
  readonly patience: IModelPatience;
}

const LIMITS: IModelLimits = { seconds: 180, patience: MODEL_PATIENCE };

/** Asks a model; nothing that goes wrong there is thrown, and nothing tells its key. */
export class Model {
  constructor(
    private readonly _access: IModelAccess,
    private readonly _limits: IModelLimits = LIMITS
  ) {}

  get name(): string {
    return this._access.model;
  }

  /** Requests that were sent, also those that failed. */
  requests = 0;

  /** Tokens of all answers, as the server counts them. */
  usage: ITokenUsage = NO_USAGE;

  readonly complete = async (question: IQuestion): Promise<Completion> => {
    const { key, model, server } = this._access;
    const hide = withoutKey(key);
    if (!isSafe(server)) {
      return failed({ code: 'invalid-address', detail: '' });
    }
    // Of another one `fetch` would quote all of it.
    if (!/^[\x21-\x7e]+$/.test(key)) {
      return failed({ code: 'wrong-key', detail: '' });
    }
    const reply = await this._patiently(question);
    return 'problem' in reply
      ? failed({ code: reply.problem.code, detail: hide(reply.problem.detail) })
      : { kind: 'answer', text: hide(reply.text), model };
  };

  private async _patiently(question: IQuestion): Promise<Reply> {
    const { seconds, patience } = this._limits;
    for (let attempt = 1; ; attempt++) {
      this.requests += 1;
      const signal = AbortSignal.timeout(1000 * seconds);
      const reply = await ask(this._access, question, signal);
      this.usage = addUsage(this.usage, reply.usage ?? NO_USAGE);
      if (!('problem' in reply)) {
        return reply;
      }
      // One that was slow once is slow again.
      const after = signal.aborted
        ? null
        : retryIn(reply, patience, attempt, Math.random());
      if (after === null) {
        return reply;
      }
      await setTimeout(after);
    }
  }
}

function failed(problem: IModelProblem): Completion {
  return { kind: 'failed', reason: problemText(problem) };
}
