/** What goes between the assistant and a language model, whoever provides it. */
import type { JsonValue } from '../skill/skill';
import type { ITokenUsage, ITurnMessage, IToolPart } from './conversation';

/** A call that the model wants, and what it is told. */
export interface IToolCall {
  readonly id: string;
  readonly tool: string;
  readonly input: JsonValue;
}

/** One step of the talk with a model. */
export type ModelMessage =
  | { readonly role: 'user'; readonly text: string }
  | {
      readonly role: 'assistant';
      readonly text: string;
      readonly calls: readonly IToolCall[];
      /** Blocks that the same provider wants back unchanged, such as signed thinking. */
      readonly opaque?: readonly JsonValue[];
    }
  | {
      readonly role: 'tools';
      readonly results: readonly {
        readonly id: string;
        readonly text: string;
        readonly isError: boolean;
      }[];
    };

/** A tool as the model is told of it; `schema` is JSON Schema of an object. */
export interface IToolSpec {
  readonly name: string;
  readonly description: string;
  readonly schema: { readonly [key: string]: JsonValue };
}

/** One request to a model. */
export interface IModelRequest {
  readonly model: string;
  readonly maxTokens: number;
  /** From 0 to 1; absent: as the model does. */
  readonly temperature?: number;
  /** Tokens that the model may think before it answers; 0 for none. */
  readonly thinking: number;
  /** Rules of this product; the same in each request, so that providers can cache it. */
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly IToolSpec[];
}

/** Why a request brought no answer. */
export type ModelProblemCode =
  | 'no-key'
  | 'wrong-key'
  | 'no-credit'
  | 'forbidden'
  | 'unknown-model'
  | 'overloaded'
  | 'rate-limited'
  | 'too-long'
  | 'refused'
  /** The model itself would not answer, or not go on. */
  | 'declined'
  | 'offline'
  | 'blocked'
  | 'server-failed'
  | 'cut-off'
  | 'invalid-address'
  /** A mistake of the program's own, or of an extension; `detail` is its message. */
  | 'unexpected';

/** An expected fault, as data. */
export interface IModelProblem {
  readonly code: ModelProblemCode;
  /** What the server said, without the key; may be empty. */
  readonly detail: string;
}

/** What a provider tells while an answer comes, in this order as often as needed. */
export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  /** A call is being written; `call` follows when it is whole. */
  | { readonly type: 'calling'; readonly tool: string }
  | { readonly type: 'call'; readonly call: IToolCall }
  /** Asks again after so many milliseconds, because of this. */
  | {
      readonly type: 'retry';
      readonly after: number;
      readonly attempt: number;
      readonly problem: IModelProblem;
    }
  | {
      readonly type: 'end';
      /** `length`: the answer met the maximum of tokens. */
      readonly reason: 'done' | 'tools' | 'length' | 'refused';
      readonly usage: ITokenUsage;
      readonly model: string;
      readonly opaque?: readonly JsonValue[];
    }
  /** Last of all when the answer failed; what came before it stands. */
  | { readonly type: 'problem'; readonly problem: IModelProblem };

/** What came of one question to a model. */
export type Completion =
  | { readonly kind: 'answer'; readonly text: string; readonly model: string }
  /** No model can be asked now without the person. */
  | { readonly kind: 'unset' }
  | { readonly kind: 'failed'; readonly reason: string };

/** No tokens. */
export const NO_USAGE: ITokenUsage = {
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0
};

/** Tokens of two answers together. */
export function addUsage(a: ITokenUsage, b: ITokenUsage): ITokenUsage {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite
  };
}

/**
 * The earlier part of a conversation as a model is told of it. Answers that failed with
 * nothing said are left out, with their questions.
 */
export function toModelMessages(
  messages: readonly ITurnMessage[]
): readonly ModelMessage[] {
  const list: ModelMessage[] = [];
  for (const message of messages) {
    if (message.role === 'user') {
      // A question that got no answer is asked again by the one that follows.
      if (list[list.length - 1]?.role === 'user') {
        list.pop();
      }
      list.push({ role: 'user', text: message.content });
    } else if (list.length > 0) {
      list.push(...answerMessages(message));
    }
  }
  if (list[list.length - 1]?.role === 'user') {
    list.pop();
  }
  return list;
}

/** An answer as requests and results: each run of calls ends one reply of the model. */
export function answerMessages(message: ITurnMessage): readonly ModelMessage[] {
  const parts = message.parts ?? [{ kind: 'text' as const, text: message.content }];
  const list: ModelMessage[] = [];
  let text = '';
  let calls: IToolPart[] = [];
  const flush = (): void => {
    if (text.trim() !== '' || calls.length > 0) {
      list.push({
        role: 'assistant',
        text: text.trim(),
        calls: calls.map(({ id, tool, input }) => ({ id, tool, input }))
      });
    }
    if (calls.length > 0) {
      list.push({
        role: 'tools',
        results: calls.map(({ id, result, status }) => ({
          id,
          text: result,
          isError: status !== 'done'
        }))
      });
    }
    text = '';
    calls = [];
  };
  for (const part of parts) {
    if (part.kind === 'tool') {
      calls.push(part);
    } else if (part.kind === 'text') {
      if (calls.length > 0) {
        flush();
      }
      text += part.text;
    }
  }
  if (message.isUndone) {
    if (calls.length > 0) {
      flush();
    }
    text += '\n\n(The person took the changes of this answer back.)';
  }
  flush();
  // The model must have the last word before the next question.
  if (list[list.length - 1]?.role === 'tools') {
    list.push({ role: 'assistant', text: '(stopped)', calls: [] });
  }
  return list;
}
