import '../browser';

import { changeConversations, type IConversation } from '@llmos-lab/skills';

import type { NotebookConversations } from '../../src/assistant/panel/conversations';
import type { IAssistantModelOptions } from '../../src/assistant/panel/modelOptions';
import { Turns } from '../../src/assistant/panel/turns';
import { TurnUndo } from '../../src/assistant/panel/turnUndo';
import { HAMILTONIAN, libraryOf } from '../skills/fixtures';
import { assistantOver, notebookOf, trackerOf } from './fixture';

describe('turns', () => {
  it('are about the notebook that was asked about, until the last is kept', async () => {
    const events: string[] = [];
    let current: IConversation = { id: 'main', messages: [] };
    const conversations = {
      panel: null,
      get current() {
        return current;
      },
      put: (id: string, ...messages: IConversation['messages']) => {
        const put = messages.map(message => ({ conversation: id, message }));
        [current = current] = changeConversations([current], { put, gone: new Set() });
      },
      ready: () => Promise.resolve(),
      keep: () => {
        const isBusy = turns.isBusy ? 'busy' : 'free';
        events.push(`keep ${current.messages.length}, ${isBusy}`);
        return Promise.resolve();
      }
    };
    const turns: Turns = new Turns({
      options: {
        library: libraryOf(HAMILTONIAN).library,
        settings: { settled: Promise.resolve(), values: {} },
        onFailure: (reason: unknown) => {
          throw reason;
        }
      } as unknown as IAssistantModelOptions,
      conversations: conversations as unknown as NotebookConversations,
      ...{ undo: new TurnUndo(), executor: () => null, onContext: () => undefined },
      provider: () => Promise.resolve(null),
      ...{ show: () => Promise.resolve(), onChange: () => undefined },
      onEnd: () => {
        events.push(turns.isBusy ? 'end, busy' : 'end, free');
        return Promise.resolve();
      }
    });
    const first = turns.ask('One');
    await turns.ask('Two');
    expect(turns.queue.map(({ text }) => text)).toEqual(['Two']);
    await first;
    // Only then may another notebook's conversations be shown.
    expect(events).toEqual([
      // Each question as it is asked, and again with its answer.
      ...['keep 1, busy', 'keep 2, busy', 'keep 3, busy', 'keep 4, busy'],
      'end, free'
    ]);
  });

  it('tell without a model the values that the kernel has', async () => {
    const { panel } = notebookOf('a.ipynb', 'total = 3');
    const facts = { total: { type: 'int', preview: '3' } };
    const asked = { status: 'ok', data: { 'application/json': facts } };
    const reply = { content: { status: 'ok', user_expressions: { asked } } };
    const requestExecute = jest.fn(() => ({ done: Promise.resolve(reply) }));
    Object.assign(panel.sessionContext, {
      session: { kernel: { status: 'idle', requestExecute } }
    });
    const model = assistantOver(trackerOf(panel).tracker, null);
    await model.ask('What is the value of total?');
    expect(model.messages.at(-1)?.content).toContain('`total` is `3` (int)');
    expect(requestExecute).toHaveBeenCalledTimes(1);
    // The kernel is asked only for what the answer tells.
    for (const question of ['VQE for H2', 'help', 'What does this cell do?']) {
      await model.ask(question);
    }
    expect(requestExecute).toHaveBeenCalledTimes(1);
  });
});
