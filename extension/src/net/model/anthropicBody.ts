import type Anthropic from '@anthropic-ai/sdk';
import type { IModelRequest, ModelMessage } from '@llmos-lab/skills';

type Block = Anthropic.ContentBlockParam;

/** Models that think for a number of tokens that is given; later ones decide themselves. */
const BUDGETED =
  /^claude-(?:(?:opus|sonnet|haiku)-4-5|opus-4-[01]|3-7|(?:opus|sonnet)-4-2)/;
/** Models that cannot think. */
const THOUGHTLESS = /^claude-3-(?!7)/;
const CACHE = { type: 'ephemeral' } as const;

/** A request as Anthropic's API takes it, with marks for its cache. */
export function bodyOf(request: IModelRequest): Anthropic.MessageCreateParamsStreaming {
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
