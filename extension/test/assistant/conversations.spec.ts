import '../browser';

import type { NotebookPanel } from '@jupyterlab/notebook';
import {
  FIRST_CONVERSATION,
  formatConversations,
  parseConversations,
  type IConversation
} from '@llmos-lab/skills';

import { newMessage } from '../../src/assistant/panel/answers';
import { NotebookConversations } from '../../src/assistant/panel/conversations';
import type { ISessionPlace } from '../../src/tokens';

const PLACE: ISessionPlace = { volume: 'user', id: 's1' };
const PANEL = {
  context: { ready: Promise.resolve(), path: 'a.ipynb' },
  isDisposed: false
} as unknown as NotebookPanel;

const OLD: IConversation = {
  id: FIRST_CONVERSATION,
  messages: [newMessage('user', 'earlier')]
};

/** A store whose session becomes known when it is asked for, and what it was given. */
function storeOf(stored: readonly IConversation[] | Error) {
  const written: (readonly IConversation[])[] = [];
  let text = stored instanceof Error ? '' : formatConversations(stored);
  return {
    written,
    known: () => Promise.resolve(null),
    ensure: () => Promise.resolve(PLACE),
    isAbout: () => true,
    read: () =>
      stored instanceof Error ? Promise.reject(stored) : Promise.resolve(text),
    change: (_: ISessionPlace, edit: (old: string) => string) => {
      text = edit(text);
      written.push(parseConversations(text).conversations);
      return Promise.resolve(text);
    }
  };
}

function texts(all: readonly IConversation[] | undefined): unknown {
  return all?.map(({ id, messages }) => [id, messages.map(({ content }) => content)]);
}

describe('NotebookConversations', () => {
  const failures: unknown[] = [];
  const open = (store: ReturnType<typeof storeOf>): NotebookConversations =>
    new NotebookConversations({
      ...{ store, onChange: () => undefined },
      onFailure: reason => failures.push(reason)
    });
  beforeEach(() => failures.splice(0));

  it('puts what was asked before the session was known after what is stored', async () => {
    const store = storeOf([
      OLD,
      { id: 'two', messages: [newMessage('user', 'other')] }
    ]);
    const conversations = open(store);
    await conversations.show(PANEL);
    conversations.set(FIRST_CONVERSATION, [newMessage('user', 'asked at once')]);
    await conversations.ready();
    await conversations.keep();
    const expected = [
      [FIRST_CONVERSATION, ['earlier', 'asked at once']],
      ['two', ['other']]
    ];
    expect(texts(conversations.all)).toEqual(expected);
    expect(texts(store.written.at(-1))).toEqual(expected);
    expect(conversations.current.id).toBe(FIRST_CONVERSATION);
  });

  it('writes nothing over conversations that could not be read', async () => {
    const store = storeOf(new Error('disk'));
    const conversations = open(store);
    await conversations.show(PANEL);
    conversations.set(FIRST_CONVERSATION, [newMessage('user', 'asked')]);
    await conversations.ready();
    await conversations.keep();
    expect(store.written).toEqual([]);
    expect(failures).toEqual([new Error('disk')]);
  });

  it('begins, opens and deletes conversations', async () => {
    const store = storeOf([OLD]);
    const conversations = open(store);
    await conversations.show(PANEL);
    await conversations.ready();
    conversations.begin();
    const { id } = conversations.current;
    expect(id).not.toBe(FIRST_CONVERSATION);
    conversations.set(id, [newMessage('user', 'new')]);
    conversations.open(FIRST_CONVERSATION);
    expect(texts([conversations.current])).toEqual([[FIRST_CONVERSATION, ['earlier']]]);
    await conversations.remove();
    expect(texts(store.written.at(-1))).toEqual([[id, ['new']]]);
    expect(conversations.current.id).toBe(id);
  });
});
