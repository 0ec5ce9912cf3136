import type {
  IModelRequest,
  ITokenUsage,
  ModelEvent,
  ModelMessage
} from '@llmos-lab/skills';

import { fetchWithin } from '../address';
import { problemOf, retryAfterOf } from '../core';
import { whyNoAnswer } from './failure';
import { isRecord, NO_USAGE, readInput } from './records';
import { readEvents } from './sse';
import { ModelFailure, type IModelAccess, type IModelClient } from './types';

/**
 * Speaks the chat completions that OpenRouter, Ollama, vLLM and many gateways offer. Two
 * requests and one stream need no library; OpenAI's own weighs twenty times as much and
 * sends headers that local servers refuse in their CORS rules.
 */
export class OpenAiClient implements IModelClient {
  constructor({ server, key }: IModelAccess) {
    this._server = server.replace(/\/$/, '');
    this._key = key;
  }

  async *ask(request: IModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent> {
    const response = await this._fetch('/chat/completions', {
      method: 'POST',
      body: JSON.stringify(bodyOf(request)),
      signal
    });
    if (!response.body) {
      throw new ModelFailure({ code: 'cut-off', detail: '' });
    }
    yield* readStream(readEvents(response.body), request.model);
  }

  async models(signal: AbortSignal): Promise<readonly string[]> {
    const response = await this._fetch('/models', { method: 'GET', signal });
    const answer: unknown = await response.json();
    const list = isRecord(answer) ? answer['data'] : null;
    return Array.isArray(list)
      ? list.flatMap((item: unknown) =>
          isRecord(item) && typeof item['id'] === 'string' ? item['id'] : []
        )
      : [];
  }

  private async _fetch(path: string, init: RequestInit): Promise<Response> {
    const url = `${this._server}${path}`;
    let response: Response;
    try {
      response = await fetchWithin(new URL(url).origin, url, {
        ...init,
        headers: {
          'content-type': 'application/json',
          ...(this._key === '' ? {} : { authorization: `Bearer ${this._key}` })
        }
      });
    } catch (error) {
      throw init.signal?.aborted ? error : await whyNoAnswer(this._server, error);
    }
    if (!response.ok) {
      const { type, detail } = await readRefusal(response);
      const problem = problemOf(response.status, type, detail);
      throw new ModelFailure(problem, retryAfterOf(response.headers));
    }
    return response;
  }

  private readonly _server: string;
  private readonly _key: string;
}

async function readRefusal(
  response: Response
): Promise<{ readonly type?: string; readonly detail: string }> {
  const text = await response.text();
  return errorOf(readInput(text)) ?? { detail: text.slice(0, 500) };
}

/** `{ error: { message, code } }`, in an answer or in mid-stream. */
function errorOf(
  answer: unknown
): { readonly type?: string; readonly detail: string } | null {
  const error = isRecord(answer) ? answer['error'] : undefined;
  if (typeof error === 'string') {
    return { detail: error };
  }
  if (!isRecord(error)) {
    return null;
  }
  const type = [error['code'], error['type']].find(each => typeof each === 'string');
  const { message } = error;
  const detail = typeof message === 'string' ? message : JSON.stringify(error);
  return { detail, ...(type === undefined ? {} : { type }) };
}

function bodyOf(request: IModelRequest): unknown {
  const { model, maxTokens, temperature, system, messages, tools } = request;
  return {
    ...{ model, max_tokens: maxTokens, stream: true },
    stream_options: { include_usage: true },
    ...(temperature === undefined ? {} : { temperature }),
    messages: [{ role: 'system', content: system }, ...messages.flatMap(toParams)],
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, schema }) => ({
            type: 'function',
            function: { name, description, parameters: schema }
          }))
        })
  };
}

function toParams(message: ModelMessage): readonly unknown[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: message.text }];
    case 'assistant': {
      const calls = message.calls.map(({ id, tool, input }) => ({
        ...{ id, type: 'function' },
        function: { name: tool, arguments: JSON.stringify(input) }
      }));
      const { text } = message;
      return [
        {
          ...{ role: 'assistant', content: text === '' ? null : text },
          ...(calls.length > 0 ? { tool_calls: calls } : {})
        }
      ];
    }
    case 'tools':
      return message.results.map(({ id, text }) => ({
        ...{ role: 'tool', tool_call_id: id, content: text }
      }));
  }
}

interface IOpenCall {
  id: string;
  name: string;
  json: string;
}

async function* readStream(
  events: AsyncIterable<string>,
  asked: string
): AsyncIterable<ModelEvent> {
  const calls = new Map<number, IOpenCall>();
  let usage = NO_USAGE;
  let model = asked;
  let reason: unknown = null;
  for await (const data of events) {
    if (data === '[DONE]') {
      break;
    }
    const chunk: unknown = readInput(data);
    const error = errorOf(chunk);
    if (error) {
      throw new ModelFailure(problemOf(undefined, error.type, error.detail));
    }
    if (!isRecord(chunk)) {
      continue;
    }
    usage = usageOf(chunk['usage']) ?? usage;
    model = typeof chunk['model'] === 'string' ? chunk['model'] : model;
    const choices = chunk['choices'];
    const choice: unknown = Array.isArray(choices) ? choices[0] : null;
    if (isRecord(choice)) {
      reason = choice['finish_reason'] ?? reason;
      yield* readDelta(choice['delta'], calls);
    }
  }
  if (reason === null) {
    throw new ModelFailure({ code: 'cut-off', detail: '' });
  }
  for (const [index, { id, name, json }] of [...calls].sort(([a], [b]) => a - b)) {
    const call = { id: id === '' ? `call-${index}` : id, tool: name };
    yield { type: 'call', call: { ...call, input: readInput(json) } };
  }
  const isCalling = calls.size > 0;
  const ended = reason === 'length' ? 'length' : isCalling ? 'tools' : 'done';
  yield {
    type: 'end',
    reason: reason === 'content_filter' ? 'refused' : ended,
    ...{ usage, model }
  };
}

function* readDelta(
  delta: unknown,
  calls: Map<number, IOpenCall>
): Iterable<ModelEvent> {
  if (!isRecord(delta)) {
    return;
  }
  const thought = delta['reasoning_content'] ?? delta['reasoning'];
  if (typeof thought === 'string' && thought !== '') {
    yield { type: 'thinking', text: thought };
  }
  const { content, tool_calls: parts } = delta;
  if (typeof content === 'string' && content !== '') {
    yield { type: 'text', text: content };
  }
  for (const part of Array.isArray(parts) ? (parts as readonly unknown[]) : []) {
    const made = isRecord(part) && isRecord(part['function']) ? part['function'] : null;
    if (!isRecord(part) || !made) {
      continue;
    }
    const index = typeof part['index'] === 'number' ? part['index'] : calls.size;
    const call = calls.get(index) ?? { id: '', name: '', json: '' };
    if (!calls.has(index)) {
      calls.set(index, call);
      yield { type: 'calling', tool: textOf(made['name']) };
    }
    call.id = call.id === '' ? textOf(part['id']) : call.id;
    call.name += textOf(made['name']);
    call.json += textOf(made['arguments']);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function usageOf(value: unknown): ITokenUsage | null {
  if (!isRecord(value)) {
    return null;
  }
  const count = (item: unknown): number => (typeof item === 'number' ? item : 0);
  const details = value['prompt_tokens_details'];
  const cacheRead = isRecord(details) ? count(details['cached_tokens']) : 0;
  return {
    input: Math.max(0, count(value['prompt_tokens']) - cacheRead),
    output: count(value['completion_tokens']),
    ...{ cacheRead, cacheWrite: 0 }
  };
}
