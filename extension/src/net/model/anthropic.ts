import Anthropic from '@anthropic-ai/sdk';
import type {
  IModelRequest,
  ITokenUsage,
  JsonValue,
  ModelEvent,
  ModelMessage
} from '@llmos-lab/skills';

import { fetchWithin } from '../address';
import { problemOf, retryAfterOf, whyNoAnswer } from './failure';
import { NO_USAGE } from './records';
import { ModelFailure, type IModelAccess, type IModelClient } from './types';

type Block = Anthropic.ContentBlockParam;

/** Models that think for a number of tokens that is given; later ones decide themselves. */
const BUDGETED =
  /^claude-(?:(?:opus|sonnet|haiku)-4-5|opus-4-[01]|3-7|(?:opus|sonnet)-4-2)/;
/** Models that cannot think. */
const THOUGHTLESS = /^claude-3-(?!7)/;
const CACHE = { type: 'ephemeral' } as const;

/** Speaks Anthropic's Messages API through its own SDK, in the browser or any runtime. */
export class AnthropicClient implements IModelClient {
  constructor(access: IModelAccess) {
    const { server, key } = access;
    const { origin } = new URL(server);
    this._server = server;
    this._client = new Anthropic({
      apiKey: key,
      // Nothing of the environment: only what the person entered.
      authToken: null,
      baseURL: server.replace(/\/$/, ''),
      // The key is the person's own, and lives in this worker.
      dangerouslyAllowBrowser: true,
      // Retries are ours, so that the panel can show them.
      maxRetries: 0,
      logLevel: 'off',
      fetch: (url, init) => fetchWithin(origin, urlOf(url), init)
    });
  }

  async *ask(request: IModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent> {
    try {
      const stream = await this._client.messages.create(bodyOf(request), { signal });
      yield* readStream(stream);
    } catch (error) {
      throw await this._failure(error);
    }
  }

  async models(signal: AbortSignal): Promise<readonly string[]> {
    try {
      const page = await this._client.models.list({ limit: 100 }, { signal });
      return page.data.map(({ id }) => id);
    } catch (error) {
      throw await this._failure(error);
    }
  }

  private async _failure(error: unknown): Promise<unknown> {
    if (error instanceof Anthropic.APIUserAbortError || error instanceof ModelFailure) {
      return error;
    }
    if (error instanceof Anthropic.APIConnectionError) {
      return whyNoAnswer(this._server, error.cause ?? error);
    }
    if (error instanceof Anthropic.APIError) {
      const { status, type, headers } = error as InstanceType<
        typeof Anthropic.APIError
      >;
      const detail = error.apiMessage ?? error.message;
      return new ModelFailure(problemOf(status, type, detail), retryAfterOf(headers));
    }
    return error;
  }

  private readonly _client: Anthropic;
  private readonly _server: string;
}

function urlOf(url: RequestInfo | URL): string {
  return typeof url === 'string' ? url : url instanceof URL ? url.href : url.url;
}

function bodyOf(request: IModelRequest): Anthropic.MessageCreateParamsStreaming {
  const { model, maxTokens, temperature, system, messages, tools } = request;
  const body: Anthropic.MessageCreateParamsStreaming = {
    ...{ model, max_tokens: maxTokens, stream: true },
    // Tools and rules come first and never change: one mark caches both.
    system: [{ type: 'text', text: system, cache_control: CACHE }],
    messages: withCacheMark(messages.map(toParam)),
    tools: tools.map(({ name, description, schema }) => ({
      ...{ name, description },
      input_schema: schema as unknown as Anthropic.Tool.InputSchema
    })),
    ...thinkingOf(request)
  };
  // The newest models take no temperature, and their types none: it is sent when set.
  return temperature === undefined ? body : Object.assign(body, { temperature });
}

function thinkingOf({
  model,
  maxTokens,
  thinking
}: IModelRequest): Partial<Anthropic.MessageCreateParamsStreaming> {
  if (thinking <= 0 || !model.startsWith('claude-') || THOUGHTLESS.test(model)) {
    return {};
  }
  if (!BUDGETED.test(model)) {
    return { thinking: { type: 'adaptive', display: 'summarized' } };
  }
  const budget = Math.min(Math.max(1024, thinking), maxTokens - 1);
  return budget < 1024 ? {} : { thinking: { type: 'enabled', budget_tokens: budget } };
}

function toParam(message: ModelMessage): Anthropic.MessageParam {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: [{ type: 'text', text: message.text }] };
    case 'assistant': {
      const { text, calls, opaque = [] } = message;
      const content: Block[] = [
        ...(opaque as unknown as readonly Block[]),
        ...(text === '' ? [] : [{ type: 'text', text } as const]),
        ...calls.map(({ id, tool, input }) => ({
          ...({ type: 'tool_use', id, name: tool } as const),
          input: input ?? {}
        }))
      ];
      return { role: 'assistant', content };
    }
    case 'tools':
      return {
        role: 'user',
        content: message.results.map(({ id, text, isError }) => ({
          ...({ type: 'tool_result', tool_use_id: id } as const),
          ...{ content: text, is_error: isError }
        }))
      };
  }
}

/** Marks the end of the conversation so far, which the next request begins with. */
function withCacheMark(
  messages: readonly Anthropic.MessageParam[]
): Anthropic.MessageParam[] {
  const last = messages.at(-1);
  if (last?.role !== 'user' || typeof last.content === 'string') {
    return [...messages];
  }
  const content = last.content.map((block, at, all) =>
    at === all.length - 1 && (block.type === 'text' || block.type === 'tool_result')
      ? { ...block, cache_control: CACHE }
      : block
  );
  return [...messages.slice(0, -1), { role: 'user', content }];
}

/** The block that is being written. */
interface IOpenBlock {
  readonly start: Anthropic.RawContentBlockStartEvent['content_block'];
  json: string;
  thinking: string;
  signature: string;
}

async function* readStream(
  stream: AsyncIterable<Anthropic.RawMessageStreamEvent>
): AsyncIterable<ModelEvent> {
  const blocks = new Map<number, IOpenBlock>();
  const opaque: JsonValue[] = [];
  let usage: ITokenUsage = NO_USAGE;
  let model = '';
  let reason: string | null = null;
  let isEnded = false;
  for await (const event of stream) {
    switch (event.type) {
      case 'message_start':
        ({ model } = event.message);
        usage = usageOf(usage, event.message.usage);
        break;
      case 'content_block_start': {
        const { index, content_block: start } = event;
        blocks.set(index, { start, json: '', thinking: '', signature: '' });
        if (start.type === 'tool_use') {
          yield { type: 'calling', tool: start.name };
        }
        break;
      }
      case 'content_block_delta': {
        const block = blocks.get(event.index);
        const shown = block ? addDelta(block, event.delta) : null;
        if (shown) {
          yield shown;
        }
        break;
      }
      case 'content_block_stop': {
        const block = blocks.get(event.index);
        const call = block ? endBlock(block, opaque) : null;
        if (call) {
          yield call;
        }
        break;
      }
      case 'message_delta':
        reason = event.delta.stop_reason ?? reason;
        usage = usageOf(usage, event.usage);
        break;
      case 'message_stop':
        isEnded = true;
    }
  }
  if (!isEnded) {
    throw new ModelFailure({ code: 'cut-off', detail: '' });
  }
  yield { type: 'end', reason: reasonOf(reason), usage, model, opaque };
}

function addDelta(
  block: IOpenBlock,
  delta: Anthropic.RawContentBlockDelta
): ModelEvent | null {
  switch (delta.type) {
    case 'text_delta':
      return { type: 'text', text: delta.text };
    case 'thinking_delta':
      block.thinking += delta.thinking;
      return { type: 'thinking', text: delta.thinking };
    case 'signature_delta':
      block.signature += delta.signature;
      return null;
    case 'input_json_delta':
      block.json += delta.partial_json;
      return null;
    case 'citations_delta': // Nothing is sent that could be cited.
      return null;
    default: // Of a newer server: what is not known is left out.
      return null;
  }
}

/** A finished call; thinking goes to what the model wants back unchanged. */
function endBlock(
  { start, json, thinking, signature }: IOpenBlock,
  opaque: JsonValue[]
): ModelEvent | null {
  if (start.type === 'thinking') {
    opaque.push({ type: 'thinking', thinking, signature });
  } else if (start.type === 'redacted_thinking') {
    opaque.push({ type: 'redacted_thinking', data: start.data });
  } else if (start.type === 'tool_use') {
    const { id, name } = start;
    return { type: 'call', call: { id, tool: name, input: readInput(json) } };
  }
  return null;
}

/** Arguments of a call; what is no JSON becomes null, which the check of calls refuses. */
export function readInput(json: string): JsonValue {
  if (json.trim() === '') {
    return {};
  }
  try {
    return JSON.parse(json) as JsonValue;
  } catch {
    return null;
  }
}

function usageOf(
  before: ITokenUsage,
  now: {
    readonly input_tokens?: number | null;
    readonly output_tokens: number;
    readonly cache_read_input_tokens?: number | null;
    readonly cache_creation_input_tokens?: number | null;
  }
): ITokenUsage {
  // Counts are of the whole answer so far; what is left out has not changed.
  return {
    input: now.input_tokens ?? before.input,
    output: now.output_tokens,
    cacheRead: now.cache_read_input_tokens ?? before.cacheRead,
    cacheWrite: now.cache_creation_input_tokens ?? before.cacheWrite
  };
}

function reasonOf(
  reason: string | null
): Extract<ModelEvent, { type: 'end' }>['reason'] {
  switch (reason) {
    case 'tool_use':
      return 'tools';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'refusal':
      return 'refused';
    case null: // A server like it that gives no reason: the answer has ended all the same.
    default:
      return 'done';
  }
}
