import { assistantOver, call, notebookOf, scripted, trackerOf } from './fixture';
import { PLACE, SessionFiles } from './sessionFiles';

import { NO_USAGE, type ModelEvent } from '@llmos-lab/skills';

import { ConversationStore } from '../../src/assistant/conversationStore';
import type { AssistantModel } from '../../src/assistant/panel/model';
import type { IChatProvider } from '../../src/assistant/tokens';
import { traceTurn } from '../../src/assistant/traceTurn';
import { newUlid } from '../../src/session/store/ulid';
import type { ISessions } from '../../src/tokens';

const say = (text: string): readonly ModelEvent[] => [{ type: 'text', text }];

/** The assistant over a notebook, its traces written as on the site; what has failed. */
function make(provider: IChatProvider | null, append?: ISessions['append']) {
  const files = new SessionFiles();
  const { contents, sessions } = files;
  const traced = append ? { append } : sessions;
  const failures: unknown[] = [];
  const { tracker } = trackerOf(notebookOf('a.ipynb', 'x = 1').panel);
  const model = assistantOver(tracker, provider, {
    store: new ConversationStore({ sessions, contents }),
    trace: (place, turn) => traceTurn(traced, 'ana', place, turn),
    ...{ log: () => undefined, onFailure: reason => void failures.push(reason) }
  });
  return { files, model, failures };
}

describe('the trace of a turn', () => {
  it.each([
    ['done', 'success'],
    ['stopped', 'cancelled'],
    ['failed', 'failed']
  ] as const)('says of a turn that is %s: %s', async (status, expected) => {
    const files = new SessionFiles();
    await traceTurn(files.sessions, 'ana', PLACE, {
      ...{ prompt: 'Build it', skills: ['quantum-vqe'], startedAt: 1e12, ms: 7 },
      result: { parts: [], usage: NO_USAGE, model: 'm', status, isCut: false }
    });
    const [trace] = files.traces;
    expect(files.traces).toEqual([
      {
        ...{ v: 1, kind: 'chat', id: trace?.id, session: 's-1', user: 'ana' },
        ...{ started: '2001-09-09T01:46:40.000Z', ms: 7, status: expected },
        ...{ prompt: 'Build it', skills_used: ['quantum-vqe'], tools: [] }
      }
    ]);
    // Ids sort as turns began.
    expect(trace?.id.slice(0, 10)).toBe(newUlid(1e12).slice(0, 10));
    expect(files.texts.get('traces.jsonl')).toMatch(/^[^\n]+\n$/);
  });

  it('has the tools in order, each with how it ended, and not what was said', async () => {
    const { provider } = scripted(
      [...say('I look.'), call('read_skill', { skill: 'quantum-vqe' })],
      [
        call('edit_cell', { cell: 'c0', source: 'x = 2' }),
        call('edit_cell', { cell: 'gone', source: 'y' }),
        call('commit_session', {})
      ],
      say('Done.')
    );
    const { files, model } = make(provider);
    model.changed.connect(({ approval }: AssistantModel) => approval?.answer('no'));
    await model.ask('Change x');
    const [trace] = files.traces;
    expect(trace).toMatchObject({
      ...{ prompt: 'Change x', status: 'success', skills_used: ['quantum-vqe'] },
      tools: [
        { tool: 'read_skill', status: 'done' },
        { tool: 'edit_cell', status: 'done' },
        { tool: 'edit_cell', status: 'failed' },
        { tool: 'commit_session', status: 'refused' }
      ]
    });
    expect(files.texts.get('traces.jsonl')).not.toContain('x = 2');
  });

  it('is there for an answer of the library, with its skills', async () => {
    const { files, model } = make(null);
    await model.ask('What does the VQE Optimizer do?');
    const answer = model.messages.at(-1);
    expect(answer?.skills_used).toContain('quantum-vqe');
    expect(files.traces).toMatchObject([
      { status: 'success', tools: [], skills_used: answer?.skills_used }
    ]);
  });

  it('is there for a turn that was stopped, and one that failed', async () => {
    const { provider } = scripted(
      () => {
        model.stop();
        return Promise.resolve([]);
      },
      [{ type: 'problem', problem: { code: 'overloaded', detail: '' } }],
      () => Promise.reject(new Error('a mistake'))
    );
    const { files, model } = make(provider);
    await model.ask('One');
    await model.ask('Two');
    await model.ask('Three');
    expect(files.traces).toMatchObject([
      { prompt: 'One', status: 'cancelled' },
      { prompt: 'Two', status: 'failed' },
      { prompt: 'Three', status: 'failed' }
    ]);
  });

  it('that cannot be written is told, and takes nothing from the answer', async () => {
    const { provider } = scripted(say('It is one.'), say('Still.'));
    const full = new Error('The disk is full.');
    const { files, model, failures } = make(provider, () => Promise.reject(full));
    await model.ask('What is x?');
    await model.ask('And now?');
    expect(failures).toEqual([full, full]);
    expect(files.said()).toEqual([
      ...['user What is x?', 'assistant It is one.'],
      ...['user And now?', 'assistant Still.']
    ]);
  });
});
