import type { IModelProblem, IModelRequest, ModelEvent } from '@llmos-lab/skills';

import { reasonOf } from '../../reasonOf';
import { checkAddress } from '../address';
import { MODEL_PATIENCE, retryIn, type IModelPatience, withoutKey } from '../core';
import { AnthropicClient } from './anthropic';
import { HideKey } from './hideKey';
import { OpenAiClient } from './openai';
import {
  ModelFailure,
  type IModelAccess,
  type IModelClient,
  type ModelTest
} from './types';

/** Told what an answer brings, several events at a time. */
export type OnModelEvents = (events: readonly ModelEvent[]) => void;

/** Events are told no oftener than this, in milliseconds: each time is a message. */
const PACE = 25;

/** The servers of models that the person entered, with their keys. */
export class ModelServers {
  constructor(private readonly _patience: IModelPatience = MODEL_PATIENCE) {}

  /** Lets models of a server be asked; gives the problem when it cannot be used. */
  open(access: IModelAccess): IModelProblem | null {
    const problem = checkAddress(access.server);
    if (problem) {
      return { code: 'invalid-address', detail: '' };
    }
    const client =
      access.api === 'anthropic'
        ? new AnthropicClient(access)
        : new OpenAiClient(access);
    this._clients.set(access.server, client);
    this._keys.set(access.server, access.key);
    return null;
  }

  /** Forgets a server and its key. */
  close(server: string): void {
    this._clients.delete(server);
    this._keys.delete(server);
  }

  /** Tries key and address without a question. */
  async test(server: string, signal: AbortSignal): Promise<ModelTest> {
    const client = this._clients.get(server);
    if (!client) {
      return { ok: false, problem: { code: 'no-key', detail: '' } };
    }
    const hide = withoutKey(this._keys.get(server) ?? '');
    try {
      return { ok: true, models: hide(await client.models(signal)) };
    } catch (error) {
      const { code, detail } = toProblem(error);
      return { ok: false, problem: { code, detail: hide(detail) } };
    }
  }

  /**
   * Asks a model. A request that fails in a way that may pass is made again, as long as
   * nothing of its answer has come; every wait is told. Ends with `end` or `problem`, or
   * silently when `signal` stops it.
   */
  async ask(
    server: string,
    request: IModelRequest,
    onEvents: OnModelEvents,
    signal: AbortSignal
  ): Promise<void> {
    const client = this._clients.get(server);
    if (!client) {
      onEvents([{ type: 'problem', problem: { code: 'no-key', detail: '' } }]);
      return;
    }
    const hide = new HideKey(this._keys.get(server) ?? '');
    const batch = new Batch(onEvents, hide);
    for (let attempt = 1; ; attempt++) {
      const failure = await tryOnce(client, request, batch, signal);
      if (failure === null || signal.aborted) {
        break;
      }
      const after = retryIn(failure, this._patience, attempt, Math.random());
      if (after === null || failure.isBegun) {
        batch.add({ type: 'problem', problem: failure.problem });
        break;
      }
      batch.add({ type: 'retry', after, attempt, problem: failure.problem });
      batch.flush();
      await wait(after, signal);
    }
    batch.flush();
  }

  private readonly _clients = new Map<string, IModelClient>();
  private readonly _keys = new Map<string, string>();
}

interface IFailure {
  readonly problem: IModelProblem;
  readonly retryAfter?: number | undefined;
  /** True when a part of the answer has been told already. */
  readonly isBegun: boolean;
}

async function tryOnce(
  client: IModelClient,
  request: IModelRequest,
  batch: Batch,
  signal: AbortSignal
): Promise<IFailure | null> {
  let isBegun = false;
  try {
    for await (const event of client.ask(request, signal)) {
      if (signal.aborted) {
        return null;
      }
      isBegun = true;
      batch.add(event);
    }
    return null;
  } catch (error) {
    if (signal.aborted) {
      return null;
    }
    const retryAfter = error instanceof ModelFailure ? error.retryAfter : undefined;
    return { problem: toProblem(error), retryAfter, isBegun };
  }
}

/** What a failure means; a stream that breaks is cut off, whatever the browser calls it. */
function toProblem(error: unknown): IModelProblem {
  if (error instanceof ModelFailure) {
    return error.problem;
  }
  return {
    code: 'cut-off',
    detail: reasonOf(error)
  };
}

/** Resolves after a time, at once when it is stopped. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}

/** Gathers events, texts that follow each other as one. */
class Batch {
  constructor(
    private readonly _onEvents: OnModelEvents,
    private readonly _hide: HideKey
  ) {}

  /** Takes an event in; the key never leaves with it. */
  add(event: ModelEvent): void {
    this._hide.take(event).forEach(each => this._add(each));
  }

  private _add(event: ModelEvent): void {
    const last = this._events[this._events.length - 1];
    if (event.type === 'text' && last?.type === 'text') {
      this._events[this._events.length - 1] = {
        type: 'text',
        text: last.text + event.text
      };
    } else {
      this._events.push(event);
    }
    const now = Date.now();
    if (now - this._told >= PACE) {
      this.flush();
    } else {
      this._timer ??= setTimeout(() => this.flush(), PACE);
    }
  }

  flush(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
    this._told = Date.now();
    if (this._events.length > 0) {
      const events = this._events;
      this._events = [];
      this._onEvents(events);
    }
  }

  private _events: ModelEvent[] = [];
  private _told = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}
