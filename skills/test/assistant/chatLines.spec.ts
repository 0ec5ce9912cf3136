import {
  changeChat,
  changeConversations,
  chatChange,
  groupMessages,
  readChatLines
} from '../../src/assistant/chatLines';
import {
  FIRST_CONVERSATION,
  formatConversations,
  type IConversation,
  type ITurnMessage
} from '../../src/assistant/conversation';

const NONE = new Set<string>();

function message(id: string, content = id): ITurnMessage {
  return {
    ...{ v: 1, id, role: 'user', content, timestamp: '2026-11-21T10:00:00.000Z' },
    ...{ skills_used: [], traces: [], artifacts: [] }
  };
}

const said = (conversation: string, ...ids: string[]) =>
  ids.map(id => ({ conversation, message: message(id) }));

const text = (...conversations: IConversation[]): string =>
  formatConversations(conversations);

const read = (chat: string): readonly IConversation[] =>
  groupMessages(readChatLines(chat).values());

const ids = (conversations: readonly IConversation[]): unknown =>
  conversations.map(({ id, messages }) => [id, messages.map(each => each.id)]);

describe('the lines of a conversation', () => {
  it('are added to without a change of those that are there', () => {
    const later = '{"v":2,"id":"x","blocks":["of a later version"]}';
    const old = `${text({ id: FIRST_CONVERSATION, messages: [message('a')] })}not JSON\n${later}`;
    const changed = changeChat(old, { put: said('two', 'b'), gone: NONE });
    expect(changed).toBe(`${old}\n${text({ id: 'two', messages: [message('b')] })}`);
    expect(ids(read(changed))).toEqual([
      [FIRST_CONVERSATION, ['a']],
      ['two', ['b']]
    ]);
  });

  it('are replaced in their place and taken away by the id of their message', () => {
    const old = text({
      id: FIRST_CONVERSATION,
      messages: ['a', 'b', 'c'].map(id => message(id))
    });
    const put = [{ conversation: FIRST_CONVERSATION, message: message('b', 'new') }];
    const changed = changeChat(old, { put, gone: new Set(['a']) });
    expect(changed).toBe(
      text({ id: FIRST_CONVERSATION, messages: [message('b', 'new'), message('c')] })
    );
    expect(changeChat(changed, { put: [], gone: new Set(['b', 'c']) })).toBe('');
  });

  it('stay where they only name an id, or cannot be read', () => {
    const quote = text({ id: FIRST_CONVERSATION, messages: [message('q', '"a"')] });
    const later = '{"v":2,"id":"a"}\n';
    expect(changeChat(quote + later, { put: [], gone: new Set(['a']) })).toBe(
      quote + later
    );
  });

  it('give each answer behind its question, where that is there', () => {
    const answer = (id: string, question?: string): ITurnMessage => ({
      ...{ ...message(id), role: 'assistant' },
      ...(question === undefined ? {} : { question })
    });
    const messages = [
      ...[message('A'), message('B'), answer('b', 'B'), answer('a', 'A')],
      ...[answer('a2', 'A'), answer('gone', 'X'), message('C'), answer('old')],
      // No question, whatever it says.
      answer('odd', 'a')
    ];
    expect(ids(read(text({ id: FIRST_CONVERSATION, messages })))).toEqual([
      [FIRST_CONVERSATION, ['A', 'a', 'a2', 'B', 'b', 'gone', 'C', 'old', 'odd']]
    ]);
  });

  it('give the last of two messages with one id, and one line once it is written', () => {
    const twice =
      text({ id: FIRST_CONVERSATION, messages: [message('a', 'old'), message('b')] }) +
      text({ id: FIRST_CONVERSATION, messages: [message('a', 'newer')] });
    expect(read(twice)[0]?.messages.map(({ content }) => content)).toEqual([
      ...['newer', 'b']
    ]);
    const put = said(FIRST_CONVERSATION, 'a');
    expect(ids(read(changeChat(twice, { put, gone: NONE })))).toEqual([
      [FIRST_CONVERSATION, ['a', 'b']]
    ]);
  });

  it('keep their messages the same objects when they are read again', () => {
    const chat = text({ id: FIRST_CONVERSATION, messages: [message('a')] });
    const first = readChatLines(chat);
    const put = said(FIRST_CONVERSATION, 'b');
    const again = readChatLines(changeChat(chat, { put, gone: NONE }), first);
    expect([...again.values()][0]).toBe([...first.values()][0]);
  });
});

describe('a change of conversations', () => {
  it('is what was said, said otherwise and taken away since, and comes to others', () => {
    const before = said(FIRST_CONVERSATION, 'a', 'b');
    const [a, b] = before.map(each => each.message);
    const mine = [
      { id: FIRST_CONVERSATION, messages: [b as ITurnMessage, message('c')] }
    ];
    const change = chatChange(before, mine);
    expect(change.put.map(each => each.message.id)).toEqual(['c']);
    expect([...change.gone]).toEqual(['a']);
    const theirs = [
      {
        id: FIRST_CONVERSATION,
        messages: [a as ITurnMessage, b as ITurnMessage, message('d')]
      }
    ];
    expect(ids(changeConversations(theirs, change))).toEqual([
      [FIRST_CONVERSATION, ['b', 'd', 'c']]
    ]);
  });
});
