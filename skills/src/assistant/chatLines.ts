/**
 * A session's `chat.jsonl` as several tabs, a pull and a restored version write it: each
 * writer changes the lines of its own messages and leaves all others as they are.
 */
import { endLine } from '../endLine';
import { parseChat, type IChatMessage } from '../session/chat';
import {
  FIRST_CONVERSATION,
  formatConversations,
  readTurnMessage,
  type IConversation,
  type ITurnMessage
} from './conversation';

/** A message and the conversation that it belongs to. */
export interface IPlacedMessage {
  readonly conversation: string;
  readonly message: ITurnMessage;
}

/** What becomes of some messages. */
export interface IChatChange {
  /** New ones, which go to the end, and known ones, which take the place of the old. */
  readonly put: readonly IPlacedMessage[];
  /** Ids of those that go. */
  readonly gone: ReadonlySet<string>;
}

/** The line of a message, without its newline. */
export function formatChatLine({ conversation, message }: IPlacedMessage): string {
  return formatConversations([{ id: conversation, messages: [message] }]).trimEnd();
}

/**
 * The messages of a `chat.jsonl` by their lines, in the order of the file; lines that
 * cannot be read are none.
 *
 * @param known lines that were read before; their messages stay the same objects
 */
export function readChatLines(
  text: string,
  known: ReadonlyMap<string, IPlacedMessage> = new Map()
): ReadonlyMap<string, IPlacedMessage> {
  const lines = new Map<string, IPlacedMessage>();
  for (const line of text.split('\n')) {
    const placed = known.get(line) ?? readLine(line);
    if (placed) {
      lines.set(line, placed);
    }
  }
  return lines;
}

function readLine(line: string): IPlacedMessage | null {
  const [read] = parseChat(line).messages;
  return read ? placeMessage(read) : null;
}

/** A message of `chat.jsonl` with what the assistant knows of it. */
export function placeMessage(read: IChatMessage): IPlacedMessage {
  const message = readTurnMessage(read);
  return { conversation: message.conversation ?? FIRST_CONVERSATION, message };
}

/**
 * Messages as conversations; of two with one id the later stands in the earlier's place,
 * and an answer behind its question: in the file another tab's may stand between them.
 */
export function groupMessages(
  placed: Iterable<IPlacedMessage>
): readonly IConversation[] {
  const found = new Map<string, Map<string, ITurnMessage>>();
  for (const { conversation, message } of placed) {
    const list = found.get(conversation) ?? new Map<string, ITurnMessage>();
    found.set(conversation, list.set(message.id, message));
  }
  return [...found].map(([id, list]) => ({ id, messages: behindQuestions(list) }));
}

function behindQuestions(
  messages: ReadonlyMap<string, ITurnMessage>
): readonly ITurnMessage[] {
  const answers = new Map<string, ITurnMessage[]>();
  const others: ITurnMessage[] = [];
  for (const message of messages.values()) {
    const { role, question = '' } = message;
    if (role === 'assistant' && messages.get(question)?.role === 'user') {
      answers.set(question, [...(answers.get(question) ?? []), message]);
    } else {
      others.push(message);
    }
  }
  return others.flatMap(message => [message, ...(answers.get(message.id) ?? [])]);
}

/** What one version of conversations has that an earlier one has not, and the reverse. */
export function chatChange(
  before: Iterable<IPlacedMessage>,
  now: readonly IConversation[]
): IChatChange {
  const known = new Map([...before].map(({ message }) => [message.id, message]));
  const placed = placedMessages(now);
  const ids = new Set(placed.map(({ message }) => message.id));
  return {
    put: placed.filter(({ message }) => known.get(message.id) !== message),
    gone: new Set([...known.keys()].filter(id => !ids.has(id)))
  };
}

/** Makes a change to conversations; see `changeChat`. */
export function changeConversations(
  conversations: readonly IConversation[],
  { put, gone }: IChatChange
): readonly IConversation[] {
  const kept = placedMessages(conversations).filter(
    ({ message }) => !gone.has(message.id)
  );
  return groupMessages([...kept, ...put]);
}

/**
 * Makes a change to the text of a `chat.jsonl`. All other lines stay byte for byte, also
 * those that cannot be read.
 */
export function changeChat(text: string, { put, gone }: IChatChange): string {
  const placed = new Map(put.map(each => [each.message.id, each]));
  const marks = [...placed.keys(), ...gone].map(id => JSON.stringify(id));
  const written = new Set<string>();
  const write = (id: string): readonly string[] => {
    const one = written.has(id) ? undefined : placed.get(id);
    written.add(id);
    return one ? [formatChatLine(one)] : [];
  };
  const lines = text.split('\n').flatMap(line => {
    // Most lines are of others: only those that name an id are looked into.
    const id = marks.some(mark => line.includes(mark)) ? idOf(line) : null;
    return id !== null && (placed.has(id) || gone.has(id)) ? write(id) : [line];
  });
  const added = [...placed.keys()].flatMap(write).map(line => `${line}\n`);
  const kept = lines.join('\n');
  return added.length === 0 ? kept : endLine(kept) + added.join('');
}

/** Only of messages that can be read: others are not ours to change. */
function idOf(line: string): string | null {
  return readLine(line)?.message.id ?? null;
}

function placedMessages(
  conversations: readonly IConversation[]
): readonly IPlacedMessage[] {
  return conversations.flatMap(({ id, messages }) =>
    messages.map(message => ({ conversation: id, message }))
  );
}
