import {
  addUsage,
  NO_USAGE,
  type IModelProblem,
  type IModelRequest,
  type ITokenUsage,
  type IToolCall,
  type JsonValue,
  type MessagePart,
  type ModelEvent,
  type ModelMessage
} from '@llmos-lab/skills';

import { reasonOf } from '../reasonOf';
import type { IChatProvider } from './tokens';
import type { IToolResult } from './tools/toolContext';

/** Replies of the model in one turn: a loop of calls ends here. */
const MAX_STEPS = 30;

/** What a turn does now, for people who wait. */
export type TurnActivity =
  | { readonly kind: 'asking' | 'thinking' | 'writing' }
  | { readonly kind: 'calling' | 'working'; readonly tool: string }
  | {
      readonly kind: 'retrying';
      readonly problem: IModelProblem;
      /** When, in milliseconds since 1970. */
      readonly at: number;
    };

/** What nobody expected, as the problem with which a turn ends. */
export function unexpected(reason: unknown): IModelProblem {
  return { code: 'unexpected', detail: reasonOf(reason) };
}

/** A turn as far as it is. */
export interface ITurnState {
  readonly parts: readonly MessagePart[];
  readonly activity: TurnActivity;
}

/** How a turn ended. */
export interface ITurnResult {
  readonly parts: readonly MessagePart[];
  readonly usage: ITokenUsage;
  readonly model: string;
  readonly status: 'done' | 'stopped' | 'failed';
  readonly problem?: IModelProblem;
  /** True when the last reply met the maximum of tokens. */
  readonly isCut: boolean;
}

/** What a turn needs. */
export interface ITurnOptions {
  readonly provider: IChatProvider;
  readonly request: IModelRequest;
  readonly execute: (call: IToolCall, signal: AbortSignal) => Promise<IToolResult>;
  readonly onState: (state: ITurnState) => void;
  /** Told what the provider or a tool threw; the turn ends with it as its problem. */
  readonly onFault: (reason: unknown) => void;
  readonly signal: AbortSignal;
}

/**
 * One turn: asks, carries out what the model calls, tells it the results and asks again,
 * until it has said what it wants to say.
 */
export async function runTurn(options: ITurnOptions): Promise<ITurnResult> {
  const { request, signal } = options;
  const turn = new Turn(options);
  let messages: readonly ModelMessage[] = request.messages;
  // It may have been stopped before it began.
  for (let step = 0; step < MAX_STEPS && !signal.aborted; step++) {
    const reply = await turn.ask({ ...request, messages });
    if (signal.aborted || reply.problem) {
      break;
    }
    if (reply.calls.length === 0) {
      return turn.result('done');
    }
    const results = await turn.work(reply.calls);
    if (signal.aborted) {
      break;
    }
    const { text, calls, opaque } = reply;
    messages = [
      ...messages,
      { role: 'assistant', text, calls, opaque },
      { role: 'tools', results }
    ];
  }
  return turn.result(signal.aborted ? 'stopped' : 'failed');
}

interface IReply {
  text: string;
  readonly calls: IToolCall[];
  opaque: readonly JsonValue[];
  problem?: IModelProblem;
}

class Turn {
  constructor(private readonly _options: ITurnOptions) {
    this._model = _options.request.model;
  }

  /** One request and its answer; what comes is told as it comes. */
  async ask(request: IModelRequest): Promise<IReply> {
    const reply: IReply = { text: '', calls: [], opaque: [] };
    this._begin = this._parts.length;
    this._tell({ kind: 'asking' });
    const { provider, signal, onFault } = this._options;
    try {
      await provider.ask(
        request,
        events => events.forEach(event => this._take(event, reply)),
        signal
      );
    } catch (reason) {
      // A provider may end a request that was stopped in this way.
      if (!signal.aborted) {
        onFault(reason);
        reply.problem = unexpected(reason);
      }
    }
    if (reply.problem) {
      this._problem = reply.problem;
    }
    return reply;
  }

  /** Carries out calls one after another: each may change what the next one reads. */
  async work(calls: readonly IToolCall[]) {
    const results: { id: string; text: string; isError: boolean }[] = [];
    const { execute, signal } = this._options;
    for (const call of calls) {
      const { id, tool, input } = call;
      this._tell({ kind: 'working', tool });
      const { status, result }: IToolResult = signal.aborted
        ? { status: 'stopped', result: 'The person stopped the turn.' }
        : await execute(call, signal);
      this._parts = [...this._parts, { kind: 'tool', id, tool, input, status, result }];
      results.push({ id, text: result, isError: status !== 'done' });
    }
    this._tell({ kind: 'asking' });
    return results;
  }

  result(status: ITurnResult['status']): ITurnResult {
    return {
      ...{ parts: this._parts, usage: this._usage, model: this._model },
      ...{ status, isCut: this._isCut },
      ...(this._problem && status === 'failed' ? { problem: this._problem } : {})
    };
  }

  private _take(event: ModelEvent, reply: IReply): void {
    switch (event.type) {
      case 'text':
        reply.text += event.text;
        this._grow('text', event.text);
        this._tell({ kind: 'writing' });
        break;
      case 'thinking':
        this._grow('thinking', event.text);
        this._tell({ kind: 'thinking' });
        break;
      case 'calling':
        this._tell({ kind: 'calling', tool: event.tool });
        break;
      case 'call':
        reply.calls.push(event.call);
        break;
      case 'retry': {
        const at = Date.now() + event.after;
        this._tell({ kind: 'retrying', problem: event.problem, at });
        break;
      }
      case 'end':
        this._usage = addUsage(this._usage, event.usage);
        this._model = event.model === '' ? this._model : event.model;
        this._isCut = event.reason === 'length';
        reply.opaque = event.opaque ?? [];
        if (event.reason === 'refused') {
          reply.problem = { code: 'declined', detail: '' };
        }
        break;
      case 'problem':
        reply.problem = event.problem;
    }
  }

  /** Adds to the part that this reply is writing, or begins one. */
  private _grow(kind: 'text' | 'thinking', text: string): void {
    const last = this._parts.at(-1);
    const isOpen = this._parts.length > this._begin && last?.kind === kind;
    if (isOpen) {
      this._parts = [...this._parts.slice(0, -1), { kind, text: last.text + text }];
    } else if (text !== '') {
      this._parts = [...this._parts, { kind, text }];
    }
  }

  private _tell(activity: TurnActivity): void {
    this._options.onState({ parts: this._parts, activity });
  }

  private _parts: readonly MessagePart[] = [];
  private _begin = 0;
  private _usage: ITokenUsage = NO_USAGE;
  private _model: string;
  private _isCut = false;
  private _problem: IModelProblem | undefined;
}
