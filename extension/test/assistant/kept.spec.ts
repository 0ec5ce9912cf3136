import {
  assistantOver,
  call,
  gate,
  notebookOf,
  scripted,
  trackerOf,
  type Reply
} from './fixture';
import { SessionFiles } from './sessionFiles';

import { NO_USAGE, type ModelEvent } from '@llmos-lab/skills';

import type { AssistantModel } from '../../src/assistant/panel/model';
import { ConversationStore } from '../../src/assistant/conversationStore';
import type { IChatProvider } from '../../src/assistant/tokens';
import { traceTurn } from '../../src/assistant/traceTurn';

/** A turn under way: a model that says what it is told to, and ends. */
function begin(files = new SessionFiles()) {
  const { panel, sources } = notebookOf('a.ipynb', 'x = 1');
  const { tracker } = trackerOf(panel);
  const asked = gate();
  const ended = gate();
  let tell: (events: readonly ModelEvent[]) => void = () => undefined;
  let requests = 0;
  const provider: IChatProvider = {
    ...{ id: 'x', name: 'X', problem: () => Promise.resolve(null) },
    ask: async (_request, onEvents) => {
      tell = onEvents;
      requests++;
      if (requests === 1) {
        onEvents([{ type: 'text', text: 'I look.' }, call('read_notebook', {})]);
      } else {
        asked.open();
        await ended.passed;
      }
      onEvents([{ type: 'end', reason: 'done', usage: NO_USAGE, model: 'm' }]);
    }
  };
  const { sessions, contents } = files;
  const model = assistantOver(tracker, provider, {
    store: new ConversationStore({ sessions, contents }),
    trace: (place, turn) => traceTurn(sessions, 'ana', place, turn)
  });
  const turn = model.ask('What is x?');
  const say = (text: string): void => tell([{ type: 'text', text }]);
  return { files, model, panel, sources, turn, asked, ended, say };
}

describe('what is said', () => {
  it('is on the disk when it is asked, and after each tool', async () => {
    const { files, model, turn, asked, ended } = begin();
    await files.says('user What is x?');
    await asked.passed;
    await files.says('user What is x?', 'assistant stopped I look.');
    expect(model.live?.parts).toHaveLength(2);
    ended.open();
    await turn;
    await files.says('user What is x?', 'assistant I look.');
    model.dispose();
  });

  it('is on the disk when the page goes, and at last as a whole', async () => {
    const { files, model, turn, asked, ended, say } = begin();
    await asked.passed;
    say('x is');
    window.dispatchEvent(new Event('pagehide'));
    await files.says('user What is x?', 'assistant stopped I look.\n\nx is');
    say(' one.');
    const hidden = jest.spyOn(document, 'visibilityState', 'get');
    hidden.mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    hidden.mockRestore();
    await files.says('user What is x?', 'assistant stopped I look.\n\nx is one.');
    ended.open();
    await turn;
    expect(files.said()).toEqual(['user What is x?', 'assistant I look.\n\nx is one.']);
    // Nothing of an ended turn is written again.
    const before = files.texts.get('chat.jsonl');
    window.dispatchEvent(new Event('pagehide'));
    expect(files.texts.get('chat.jsonl')).toBe(before);
    model.dispose();
  });

  it('is kept with its trace when the notebook was closed meanwhile', async () => {
    const { files, model, panel, turn, asked, ended, say } = begin();
    await asked.passed;
    Object.assign(panel, { isDisposed: true, model: null });
    say('x is one.');
    ended.open();
    await turn;
    expect(files.said()).toEqual(['user What is x?', 'assistant I look.\n\nx is one.']);
    expect(files.traces).toMatchObject([
      {
        ...{ v: 1, kind: 'chat', session: 's-1', user: 'ana', status: 'success' },
        prompt: 'What is x?',
        tools: [{ tool: 'read_notebook', status: 'done' }]
      }
    ]);
    model.dispose();
  });
});

describe('an answer beside which another tab has asked', () => {
  const say = (text: string): readonly ModelEvent[] => [{ type: 'text', text }];
  /** A tab with the notebook open. */
  const tab = ({ sessions, contents }: SessionFiles, ...replies: readonly Reply[]) => {
    const { provider, requests } = scripted(...replies);
    const { tracker } = trackerOf(notebookOf('a.ipynb', 'x = 1').panel);
    const store = new ConversationStore({ sessions, contents });
    const confirm = (): Promise<'keep'> => Promise.resolve('keep');
    return { model: assistantOver(tracker, provider, { store, confirm }), requests };
  };
  const said = (model: AssistantModel): readonly string[] =>
    model.messages.map(({ content }) => content);
  const shows = (model: AssistantModel, ...expected: readonly string[]) =>
    new Promise<void>(resolve => {
      const look = (): void => {
        if (JSON.stringify(said(model)) === JSON.stringify(expected)) {
          model.changed.disconnect(look);
          resolve();
        }
      };
      model.changed.connect(look);
      look();
    });
  const retry = (model: AssistantModel, answer: string): Promise<void> =>
    model.retry(model.messages.find(({ content }) => content === answer)?.id ?? '');

  it('stands behind its own question, which Retry asks again', async () => {
    const files = new SessionFiles();
    const answered = gate();
    const one = tab(files, () => answered.passed.then(() => say('a')), say('a, again'));
    const two = tab(files, say('b'), say('b, again'));
    const first = one.model.ask('A?');
    await files.says('user A?');
    await two.model.ask('B?');
    // What is being answered stands at the end.
    await shows(one.model, 'B?', 'b', 'A?');
    answered.open();
    await first;
    expect(files.said()).toEqual(['user A?', 'user B?', 'assistant b', 'assistant a']);
    expect(said(one.model)).toEqual(['A?', 'a', 'B?', 'b']);
    await shows(two.model, 'A?', 'a', 'B?', 'b');

    await retry(two.model, 'b');
    expect(said(two.model)).toEqual(['A?', 'a', 'B?', 'b, again']);
    const [told] = two.requests.slice(-1);
    expect(told?.messages).toMatchObject([
      { role: 'user', text: 'A?' },
      { role: 'assistant', text: 'a' },
      { role: 'user' }
    ]);
    expect(JSON.stringify(told?.messages.at(-1))).toContain('B?');

    await shows(one.model, 'A?', 'a', 'B?', 'b, again');
    await retry(one.model, 'a');
    expect(said(one.model)).toEqual(['A?', 'a, again']);
    expect(JSON.stringify(one.requests.at(-1)?.messages)).not.toContain('B?');
    [one, two].forEach(({ model }) => model.dispose());
  });
});
