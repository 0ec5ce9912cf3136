import { SYSTEM_PROMPT } from './context';
import type { ITurnMessage } from './conversation';
import { estimateTokens } from './tokens';
import { toolSpecs } from './tools';
import { answerMessages, type ModelMessage } from './turn';

/** About how many tokens stand in each request whatever is asked: the rules and the tools. */
export function fixedTokens(): number {
  return estimateTokens(SYSTEM_PROMPT) + estimateTokens(JSON.stringify(toolSpecs()));
}

/**
 * About how many tokens a message is in the requests after it: its texts, what it called,
 * and what the tools said. Thoughts are not sent again.
 */
export function sentTokens(message: ITurnMessage): number {
  const sent: readonly ModelMessage[] =
    message.role === 'user'
      ? [{ role: 'user', text: message.content }]
      : answerMessages(message);
  return sent.flatMap(textsOf).reduce((sum, text) => sum + estimateTokens(text), 0);
}

function textsOf(message: ModelMessage): readonly string[] {
  switch (message.role) {
    case 'user':
      return [message.text];
    case 'assistant':
      return [
        message.text,
        ...message.calls.map(({ tool, input }) => `${tool} ${JSON.stringify(input)}`)
      ];
    case 'tools':
      return message.results.map(({ text }) => text);
  }
}
