import type Anthropic from '@anthropic-ai/sdk';
import type { ITokenUsage, JsonValue, ModelEvent } from '@llmos-lab/skills';

import { NO_USAGE, readInput } from './records';
import { ModelFailure } from './types';

/** The block that is being written. */
interface IOpenBlock {
  readonly start: Anthropic.RawContentBlockStartEvent['content_block'];
  json: string;
  thinking: string;
  signature: string;
}

/** An answer's events as they come; an answer that breaks off ends with its failure. */
export async function* readStream(
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
