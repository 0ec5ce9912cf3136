/** @jest-environment node */
import { NO_USAGE, type IModelRequest, type ModelEvent } from '@llmos-lab/skills';

import type { IChatProvider } from '../../src/assistant/tokens';
import { runTurn, type ITurnState } from '../../src/assistant/turn';

const REQUEST: IModelRequest = {
  ...{ model: 'm', maxTokens: 100, thinking: 0, system: '', tools: [] },
  messages: [{ role: 'user', text: 'Go' }]
};

const end = (reason: 'done' | 'tools' | 'refused'): ModelEvent => ({
  ...{ type: 'end', reason, usage: { ...NO_USAGE, output: 5 }, model: 'm-1' }
});
const call = (id: string): ModelEvent => ({
  ...{ type: 'call', call: { id, tool: 'read_graph', input: {} } }
});

/** A provider that gives these answers, one a request. */
function scripted(...answers: readonly (readonly ModelEvent[])[]) {
  const requests: IModelRequest[] = [];
  const provider: IChatProvider = {
    ...{ id: 'x', name: 'X', problem: () => Promise.resolve(null) },
    ask: (request, onEvents) => {
      onEvents(answers[requests.length] ?? []);
      requests.push(request);
      return Promise.resolve();
    }
  };
  return { provider, requests };
}

const stop = new AbortController();
const shared = {
  request: REQUEST,
  execute: () => Promise.resolve({ status: 'done', result: 'seen' } as const),
  onState: () => undefined,
  onFault: () => undefined,
  signal: stop.signal
};

describe('a turn', () => {
  it('fails where the model declines, and carries out nothing of what it called', async () => {
    const { provider, requests } = scripted([
      ...[{ type: 'text', text: 'I' } as const, call('1'), end('refused')]
    ]);
    const result = await runTurn({ ...shared, provider });
    expect(result).toMatchObject({
      ...{ status: 'failed', problem: { code: 'declined' }, usage: { output: 5 } },
      parts: [{ kind: 'text', text: 'I' }]
    });
    expect(requests).toHaveLength(1);
  });

  it('carries out calls, tells their results, and adds up tokens', async () => {
    const { provider, requests } = scripted(
      [
        { type: 'text', text: 'I ' },
        { type: 'text', text: 'look.' },
        call('1'),
        end('tools')
      ],
      [{ type: 'text', text: 'Done.' }, end('done')]
    );
    const states: ITurnState[] = [];
    const onState = (state: ITurnState): void => void states.push(state);
    const result = await runTurn({ ...shared, provider, onState });
    expect(result).toMatchObject({
      status: 'done',
      model: 'm-1',
      usage: { output: 10 }
    });
    expect(
      result.parts.map(part => (part.kind === 'tool' ? part.result : part.text))
    ).toEqual([...['I look.', 'seen', 'Done.']]);
    expect(requests[1]?.messages.map(({ role }) => role)).toEqual([
      ...['user', 'assistant', 'tools']
    ]);
    expect(states.map(({ activity }) => activity.kind)).toContain('working');
  });

  it('keeps thoughts apart from the answer, and tells the model none of them', async () => {
    const { provider, requests } = scripted(
      [
        { type: 'thinking', text: 'Hm, ' },
        { type: 'thinking', text: 'look.' },
        { type: 'text', text: 'I look.' },
        call('1'),
        end('tools')
      ],
      [{ type: 'thinking', text: 'So.' }, { type: 'text', text: 'Done.' }, end('done')]
    );
    const { parts } = await runTurn({ ...shared, provider });
    expect(parts.map(part => [part.kind, 'text' in part ? part.text : ''])).toEqual([
      ['thinking', 'Hm, look.'],
      ['text', 'I look.'],
      ['tool', ''],
      ['thinking', 'So.'],
      ['text', 'Done.']
    ]);
    expect(JSON.stringify(requests[1]?.messages)).not.toContain('Hm');
  });

  it('keeps what was said when the server fails', async () => {
    const problem = { code: 'cut-off', detail: '' } as const;
    const { provider } = scripted([
      { type: 'text', text: 'Half' },
      { type: 'problem', problem }
    ]);
    const result = await runTurn({ ...shared, provider });
    expect(result).toMatchObject({
      status: 'failed',
      problem,
      parts: [{ text: 'Half' }]
    });
  });

  it('ends with what a provider threw, and keeps what was said', async () => {
    const provider: IChatProvider = {
      ...{ id: 'x', name: 'X', problem: () => Promise.resolve(null) },
      ask: (_request, onEvents) => {
        onEvents([{ type: 'text', text: 'Half' }]);
        return Promise.reject(new Error('odd'));
      }
    };
    const onFault = jest.fn();
    const result = await runTurn({ ...shared, provider, onFault });
    expect(result).toMatchObject({
      status: 'failed',
      problem: { code: 'unexpected', detail: 'odd' },
      parts: [{ text: 'Half' }]
    });
    expect(onFault).toHaveBeenCalledWith(new Error('odd'));
  });

  it('asks nothing when it was stopped before it began', async () => {
    const { provider, requests } = scripted([end('done')]);
    const signal = AbortSignal.abort();
    const { status } = await runTurn({ ...shared, provider, signal });
    expect([status, requests]).toEqual(['stopped', []]);
  });

  it('stops between calls', async () => {
    const halt = new AbortController();
    const { provider, requests } = scripted([call('1'), call('2'), end('tools')]);
    const execute = jest.fn(() => {
      halt.abort();
      return Promise.resolve({ status: 'done', result: '' } as const);
    });
    const result = await runTurn({ ...shared, provider, execute, signal: halt.signal });
    expect(execute).toHaveBeenCalledTimes(1);
    expect(requests).toHaveLength(1);
    expect(result.status).toBe('stopped');
    expect(result.parts).toMatchObject([{ status: 'done' }, { status: 'stopped' }]);
  });

  it('ends a loop of calls', async () => {
    const answers = Array.from({ length: 60 }, (_, at) => [
      call(String(at)),
      end('tools')
    ]);
    const { provider, requests } = scripted(...answers);
    expect((await runTurn({ ...shared, provider })).status).toBe('failed');
    expect(requests).toHaveLength(30);
  });
});
