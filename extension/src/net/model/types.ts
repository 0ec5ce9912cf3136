import type { IModelProblem, IModelRequest, ModelEvent } from '@llmos-lab/skills';

/** How a server is spoken to: Anthropic's Messages API, or OpenAI's chat completions. */
export type ModelApi = 'anthropic' | 'openai';

/** A server of models that the person entered. */
export interface IModelAccess {
  readonly api: ModelApi;
  /** Base address, such as `https://api.anthropic.com` or `http://localhost:11434/v1`. */
  readonly server: string;
  /** Empty for servers that want none. */
  readonly key: string;
}

/** What a server says when it is tried without a question. */
export type ModelTest =
  | { readonly ok: true; readonly models: readonly string[] }
  | { readonly ok: false; readonly problem: IModelProblem };

/** One way to speak to a server. A failure is thrown; `describe` says what it means. */
export interface IModelClient {
  /** The events of one answer, without retries. */
  ask(request: IModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  /** Names of its models, which also shows that key and address are right. */
  models(signal: AbortSignal): Promise<readonly string[]>;
}

/** A failure with what it means, thrown between a client and its server's table. */
export class ModelFailure extends Error {
  constructor(
    readonly problem: IModelProblem,
    /** Milliseconds after which the server wants to be asked again. */
    readonly retryAfter?: number
  ) {
    super(problem.detail);
    this.name = 'ModelFailure';
  }
}
