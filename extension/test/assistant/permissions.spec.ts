import { assistantOver, call, notebookOf, scripted, trackerOf } from './fixture';

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

import { ConversationStore } from '../../src/assistant/conversationStore';
import type { AssistantModel } from '../../src/assistant/panel/model';
import type { ApprovalAnswer } from '../../src/assistant/tools/toolContext';
import type { INotebookRuns } from '../../src/graph/run/tokens';
import type { ISessions } from '../../src/tokens';

/** Each notebook has the session of its path; runs do nothing. */
const STORE = new ConversationStore({
  sessions: {
    ...{ ready: Promise.resolve(), all: [], changed: new Signal({}) },
    ensure: ({ context }: NotebookPanel) =>
      Promise.resolve({ volume: 'user', id: `s-${context.path}` }),
    change: (_place: unknown, _file: string, edit: (text: string) => string) =>
      Promise.resolve(edit(''))
  } as unknown as ISessions,
  contents: {
    fileChanged: new Signal({}),
    get: () => Promise.resolve({ content: '' })
  } as unknown as Contents.IManager
});
const NO_STORE = new ConversationStore({
  sessions: null,
  contents: {} as Contents.IManager
});
const RUNS = {
  of: () => ({
    states: new Map(),
    plan: () => Promise.resolve({ cells: new Map([['c0', { action: 'run' }]]) }),
    run: () => Promise.resolve(),
    stop: () => undefined
  })
} as unknown as INotebookRuns;

/** A model that wants to run the notebook at every question, and how often it asked. */
function make(store: ConversationStore) {
  const replies = Array.from({ length: 10 }, () => [
    [call('run', { choice: 'all' })],
    []
  ]);
  const a = notebookOf('a.ipynb', 'x = 1');
  const b = notebookOf('b.ipynb', 'y = 1');
  const { tracker, front } = trackerOf(a.panel);
  const { provider } = scripted(...replies.flat());
  const model = assistantOver(tracker, provider, { store, runs: RUNS });
  const asked: string[] = [];
  let word: ApprovalAnswer = 'session';
  model.changed.connect(({ approval, path }: AssistantModel) => {
    if (approval) {
      asked.push(path ?? '');
      approval.answer(word);
    }
  });
  const say = (next: ApprovalAnswer): void => {
    word = next;
  };
  return { model, front, asked, say, a: a.panel, b: b.panel };
}

const ended = ({ messages }: AssistantModel): unknown =>
  messages.at(-1)?.parts?.map(part => (part.kind === 'tool' ? part.status : part.kind));

describe('what is allowed in a session', () => {
  it.each([
    ['of a notebook', STORE],
    ['of a notebook that has none', NO_STORE]
  ])('%s holds while others are in front, and for no other', async (_, store) => {
    const { model, front, asked, say, a, b } = make(store);
    await model.ask('Run it');
    await model.ask('Again');
    expect(asked).toEqual(['a.ipynb']);
    front(b);
    say('never');
    await model.ask('Run this');
    expect(asked).toEqual(['a.ipynb', 'b.ipynb']);
    expect(ended(model)).toEqual(['refused']);
    front(a);
    await model.ask('Once more');
    expect(ended(model)).toEqual(['done']);
    front(b);
    await model.ask('Here, too');
    expect(ended(model)).toEqual(['refused']);
    expect(asked).toEqual(['a.ipynb', 'b.ipynb']);
    model.dispose();
  });
});
