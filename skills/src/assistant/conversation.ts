/**
 * The assistant's messages. They stand in the session's `chat.jsonl`, one line a message,
 * with fields beside those that every message has; `parseChat` keeps them.
 */
import { isRecord } from '../json';
import { formatChatMessage, parseChat } from '../session/chat';
import type { IChatMessage, IChatProblem } from '../session/chat';
import type { JsonValue } from '../skill/skill';

const STEP_STATUSES = ['done', 'refused', 'failed', 'stopped'] as const;

/** How a tool call ended; `refused` by the person, `stopped` before it began or ended. */
export type StepStatus = (typeof STEP_STATUSES)[number];

/** A stretch of the answer's text. */
export interface ITextPart {
  readonly kind: 'text';
  readonly text: string;
}

/** A call of a tool within an answer. */
export interface IToolPart {
  readonly kind: 'tool';
  /** Given by the model; unique within the conversation. */
  readonly id: string;
  readonly tool: string;
  readonly input: JsonValue;
  readonly status: StepStatus;
  /** What the model was told. */
  readonly result: string;
}

/** What a model thought before it went on, where its server tells. Never sent again. */
export interface IThinkingPart {
  readonly kind: 'thinking';
  readonly text: string;
}

/** An answer is a sequence of thoughts, texts and tool calls. */
export type MessagePart = ITextPart | IThinkingPart | IToolPart;

/** Tokens of an answer, all its requests together. */
export interface ITokenUsage {
  /** Read anew; those from and into the provider's cache are counted apart. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** A message as the panel shows it and the model is told of it. */
export interface ITurnMessage extends IChatMessage {
  /** Which of the session's conversations it belongs to; absent: the first. */
  readonly conversation?: string;
  /** Of a question: id of the cell that it is about. */
  readonly cell?: string;
  /** Of an answer: id of its question, behind which it stands wherever its line does. */
  readonly question?: string;
  /** Of an answer that called tools; without it, `content` is the whole. */
  readonly parts?: readonly MessagePart[];
  /** The model that wrote it; absent for people and for answers without a model. */
  readonly model?: string;
  readonly usage?: ITokenUsage;
  /** Absent when the answer is complete. */
  readonly status?: 'stopped' | 'failed';
  /** True of an answer whose changes of the notebook were taken back. */
  readonly isUndone?: true;
  /** Why it failed, as a sentence for people. */
  readonly problem?: string;
}

/** Name of the conversation whose messages name none. */
export const FIRST_CONVERSATION = 'main';

/** The messages of one conversation, oldest first. */
export interface IConversation {
  readonly id: string;
  readonly messages: readonly ITurnMessage[];
}

/** Reads `chat.jsonl`; a field of ours that is malformed is left out, its message stays. */
export function parseConversations(text: string): {
  readonly conversations: readonly IConversation[];
  readonly problems: readonly IChatProblem[];
} {
  const { messages, problems } = parseChat(text);
  const found = new Map<string, ITurnMessage[]>();
  for (const message of messages.map(readTurnMessage)) {
    const id = message.conversation ?? FIRST_CONVERSATION;
    const list = found.get(id) ?? [];
    list.push(message);
    found.set(id, list);
  }
  const conversations = [...found].map(([id, list]) => ({ id, messages: list }));
  return { conversations, problems };
}

/** The text of `chat.jsonl`, conversation after conversation; empty for none. */
export function formatConversations(conversations: readonly IConversation[]): string {
  return conversations
    .flatMap(({ id, messages }) =>
      messages.map(({ conversation: _old, ...message }) => {
        const named = id === FIRST_CONVERSATION ? {} : { conversation: id };
        return `${formatChatMessage({ ...message, ...named })}\n`;
      })
    )
    .join('');
}

/** The message with those of the assistant's fields that are well formed. */
export function readTurnMessage(message: IChatMessage): ITurnMessage {
  const {
    conversation,
    cell,
    question,
    isUndone,
    parts: oldParts,
    model,
    usage: oldUsage,
    status,
    problem,
    ...rest
  } = message as IChatMessage & Readonly<Record<string, unknown>>;
  const parts = Array.isArray(oldParts) ? oldParts.map(readPart) : null;
  const usage = readUsage(oldUsage);
  const isEnded = status === 'stopped' || status === 'failed';
  return {
    ...(rest as IChatMessage),
    ...(typeof conversation === 'string' && conversation !== FIRST_CONVERSATION
      ? { conversation }
      : {}),
    ...(typeof cell === 'string' ? { cell } : {}),
    ...(typeof question === 'string' ? { question } : {}),
    ...(parts?.every(part => part !== null) ? { parts } : {}),
    ...(typeof model === 'string' ? { model } : {}),
    ...(usage ? { usage } : {}),
    ...(isEnded ? { status } : {}),
    ...(isUndone === true ? { isUndone } : {}),
    ...(typeof problem === 'string' ? { problem } : {})
  };
}

function readPart(part: unknown): MessagePart | null {
  if (!isRecord(part)) {
    return null;
  }
  const { kind, text, id, tool, input, status, result } = part;
  if (kind === 'text' || kind === 'thinking') {
    return typeof text === 'string' ? { kind, text } : null;
  }
  const known = STEP_STATUSES.find(each => each === status);
  const isTool =
    kind === 'tool' &&
    typeof id === 'string' &&
    typeof tool === 'string' &&
    typeof result === 'string' &&
    input !== undefined &&
    known !== undefined;
  return isTool
    ? { kind, id, tool, input: input as JsonValue, status: known, result }
    : null;
}

function readUsage(value: unknown): ITokenUsage | null {
  if (!isRecord(value)) {
    return null;
  }
  const { input, output, cacheRead, cacheWrite } = value;
  const counts = [input, output, cacheRead, cacheWrite];
  return counts.every(count => typeof count === 'number')
    ? ({ input, output, cacheRead, cacheWrite } as ITokenUsage)
    : null;
}

/** The whole text of an answer's parts, for readers that know no parts. */
export function contentOf(parts: readonly MessagePart[]): string {
  return parts
    .flatMap(part => (part.kind === 'text' && part.text.trim() !== '' ? part.text : []))
    .join('\n\n');
}

/** What a conversation is called: the first thing that was asked, in one short line. */
export function conversationTitle({ messages }: IConversation): string {
  const asked = messages.find(({ role }) => role === 'user')?.content ?? '';
  const line = asked.trim().split('\n')[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Characters of a message that stand before the words that were found, and in all. */
const EXCERPT = { before: 40, all: 160 };

/**
 * A message where it has the first of the words that were searched, in one line without the
 * marks of Markdown.
 *
 * @example excerptOf('1. **VQE Optimizer** (`quantum-vqe`)', 'vqe'); // '1. VQE Optimizer (quantum-vqe)'
 */
export function excerptOf(content: string, query: string): string {
  const text = content
    .replace(/^\s*(?:`{3}.*|~{3}.*|#{1,6}\s+|>\s?|[-*+]\s+)/gm, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*{2}|`|(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*])/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const [word = ''] = query.trim().toLowerCase().split(/\s+/);
  const found = text.toLowerCase().indexOf(word);
  const near = found <= EXCERPT.before ? 0 : found - EXCERPT.before;
  // From the beginning of a word.
  const start = near === 0 ? 0 : text.lastIndexOf(' ', near) + 1;
  const rest = text.slice(start);
  const shown =
    rest.length <= EXCERPT.all
      ? rest
      : `${rest.slice(0, EXCERPT.all).replace(/ \S*$/, '')} …`;
  return `${start > 0 ? '… ' : ''}${shown}`;
}

/** The messages with all these words, in any order and case. */
export function searchMessages(
  conversations: readonly IConversation[],
  query: string
): readonly { readonly conversation: string; readonly message: ITurnMessage }[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  return words.length === 0
    ? []
    : conversations.flatMap(({ id, messages }) =>
        messages
          .filter(({ content }) => {
            const text = content.toLowerCase();
            return words.every(word => text.includes(word));
          })
          .map(message => ({ conversation: id, message }))
      );
}
