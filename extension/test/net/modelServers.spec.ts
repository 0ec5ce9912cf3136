/** @jest-environment node */
import type { IModelRequest, ModelEvent } from '@llmos-lab/skills';

import { MODEL_KEY, ModelServer } from '../../../ui-tests/modelServer';
import { ModelServers } from '../../src/net/model/modelServers';
import type { ModelApi } from '../../src/net/model/types';

const TOOL = {
  name: 'run',
  description: 'Run.',
  schema: { type: 'object', properties: {}, additionalProperties: false }
} as const;

const REQUEST: IModelRequest = {
  ...{ model: 'claude-sonnet-5-5', maxTokens: 1000, thinking: 0, system: 'Rules' },
  messages: [{ role: 'user', text: 'Hi' }],
  tools: [TOOL]
};

describe.each<ModelApi>(['anthropic', 'openai'])('a server of %s', api => {
  let server: ModelServer;
  let models: ModelServers;
  const address = (): string => (api === 'openai' ? `${server.url}/v1` : server.url);

  async function ask(
    request: Partial<IModelRequest> = {},
    signal = new AbortController().signal,
    onEvents: (events: readonly ModelEvent[]) => void = () => undefined
  ): Promise<readonly ModelEvent[]> {
    const events: ModelEvent[] = [];
    await models.ask(
      address(),
      { ...REQUEST, ...request },
      some => {
        events.push(...some);
        onEvents(some);
      },
      signal
    );
    return events;
  }

  const textOf = (events: readonly ModelEvent[]): string =>
    events.map(event => (event.type === 'text' ? event.text : '')).join('');

  beforeEach(async () => {
    server = await ModelServer.start();
    models = new ModelServers({ retries: 2, pause: 1, longest: 1000 });
    models.open({ api, server: address(), key: MODEL_KEY });
  });
  afterEach(() => server.stop());

  it('streams a text and counts its tokens', async () => {
    server.replies = [{ text: 'Grüße, the energy is −1.137 Ha.', step: 3 }];
    const events = await ask();
    expect(textOf(events)).toBe('Grüße, the energy is −1.137 Ha.');
    expect(events.at(-1)).toMatchObject({
      ...{ type: 'end', reason: 'done', model: 'claude-scripted' },
      usage: { output: 20, cacheRead: 7 }
    });
  });

  it('puts calls together that come in many events, and takes their results', async () => {
    const input = { choice: 'all', note: 'a "quoted" text, ü' };
    server.replies = [
      {
        text: 'I run it.',
        calls: [
          { tool: 'run', input },
          { tool: 'run', input: {} }
        ],
        step: 2
      },
      { text: 'Done.' }
    ];
    const events = await ask();
    const calls = events.flatMap(event => (event.type === 'call' ? event.call : []));
    expect(calls.map(call => call.input)).toEqual([input, {}]);
    expect(events.filter(({ type }) => type === 'calling')).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'tools' });
    const results = calls.map(({ id }) => ({ id, text: 'ok', isError: false }));
    const after = await ask({
      messages: [
        ...REQUEST.messages,
        { role: 'assistant', text: 'I run it.', calls },
        { role: 'tools', results }
      ]
    });
    expect(textOf(after)).toBe('Done.');
    const sent = JSON.stringify(server.seen.at(-1)?.body);
    calls.forEach(({ id }) => expect(sent.split(id)).toHaveLength(3));
  });

  it('gives arguments that are no JSON as null', async () => {
    server.replies = [{ calls: [{ tool: 'run', input: '{"choice": ' }] }];
    const events = await ask();
    const calls = events.filter(({ type }) => type === 'call');
    expect(calls).toMatchObject([{ call: { input: null } }]);
  });

  it('tells thinking apart from the answer', async () => {
    server.replies = [{ thinking: 'Let me see.', text: 'Yes.' }];
    const events = await ask({ thinking: 2000 });
    expect(textOf(events)).toBe('Yes.');
    expect(events.some(({ type }) => type === 'thinking')).toBe(true);
  });

  it('asks again while the server is overloaded, and says so', async () => {
    const busy = {
      status: 529,
      error: { type: 'overloaded_error', message: 'Overloaded' }
    };
    server.replies = [
      busy,
      { ...busy, headers: { 'retry-after-ms': '2' } },
      { text: 'Now.' }
    ];
    const events = await ask();
    expect(events.filter(({ type }) => type === 'retry')).toMatchObject([
      { attempt: 1, problem: { code: 'overloaded' } },
      { attempt: 2, after: 2 }
    ]);
    expect(textOf(events)).toBe('Now.');
  });

  it('gives up after some tries, and at once where waiting does not help', async () => {
    const limited = {
      status: 429,
      error: { type: 'rate_limit_error', message: 'Slow down' }
    };
    server.replies = [limited];
    expect((await ask()).at(-1)).toMatchObject({ problem: { code: 'rate-limited' } });
    expect(server.seen).toHaveLength(3);
    server.replies = [{ ...limited, headers: { 'retry-after': '3600' } }];
    expect(await ask()).toEqual([
      { type: 'problem', problem: { code: 'rate-limited', detail: 'Slow down' } }
    ]);
  });

  it.each([
    [400, 'invalid_request_error', 'Your credit balance is too low', 'no-credit'],
    [400, 'invalid_request_error', 'prompt is too long: 300000 tokens', 'too-long'],
    [400, 'invalid_request_error', 'max_tokens: too large', 'refused'],
    [
      401,
      'authentication_error',
      'CORS requests are not allowed for this Organization',
      'blocked'
    ],
    [403, 'permission_error', 'Not for you', 'forbidden'],
    [404, 'not_found_error', 'model: nope', 'unknown-model'],
    [413, 'request_too_large', 'Too large', 'too-long']
  ])('says what %i %s "%s" means', async (status, type, message, code) => {
    server.replies = [{ status, error: { type, message } }];
    expect(await ask()).toEqual([
      { type: 'problem', problem: { code, detail: message } }
    ]);
    expect(server.seen).toHaveLength(1);
  });

  it('knows a wrong key, also when it is only tried', async () => {
    models.open({ api, server: address(), key: 'wrong' });
    expect(await ask()).toMatchObject([{ problem: { code: 'wrong-key' } }]);
    const { signal } = new AbortController();
    expect(await models.test(address(), signal)).toMatchObject({
      ...{ ok: false, problem: { code: 'wrong-key' } }
    });
    models.open({ api, server: address(), key: MODEL_KEY });
    expect(await models.test(address(), signal)).toEqual({
      ...{ ok: true, models: ['claude-scripted'] }
    });
  });

  it('says nothing of the key, in whatever text a server quotes it', async () => {
    const message = `Key ${MODEL_KEY} has no rights`;
    server.replies = [{ status: 403, error: { type: 'permission_error', message } }];
    const detail = 'Key [key] has no rights';
    expect(await ask()).toEqual([
      { type: 'problem', problem: { code: 'forbidden', detail } }
    ]);
    const busy = { type: 'overloaded_error', message };
    server.replies = [
      { status: 529, error: busy },
      { text: 'Well', after: 1, then: 'error', error: busy }
    ];
    const events = await ask();
    expect(events[0]).toMatchObject({ type: 'retry', problem: { detail } });
    expect(events.at(-1)).toMatchObject({ type: 'problem' });
    expect(JSON.stringify(events)).not.toContain(MODEL_KEY);
  });

  it.each([1, 3, 7, 100])(
    'takes the key out of an answer that comes in steps of %i, and nothing else',
    async step => {
      const input = { [MODEL_KEY]: [`Bearer ${MODEL_KEY}`, 1, null] };
      server.replies = [
        {
          ...{ thinking: `I have ${MODEL_KEY}.`, step },
          text: `It is ${MODEL_KEY}, not sk-test-0123; ends with sk-te`,
          calls: [{ tool: 'run', input }]
        }
      ];
      const events = await ask({ thinking: 2000 });
      expect(textOf(events)).toBe('It is [key], not sk-test-0123; ends with sk-te');
      const call = events.find(({ type }) => type === 'call');
      expect(call).toMatchObject({
        call: { input: { '[key]': ['Bearer [key]', 1, null] } }
      });
      const thoughts = events.flatMap(event =>
        event.type === 'thinking' ? event.text : []
      );
      expect(thoughts.join('')).toBe('I have [key].');
      expect(JSON.stringify(events)).not.toContain(MODEL_KEY);
    }
  );

  it.each([
    ['error', 'overloaded'],
    ['drop', 'cut-off'],
    ['end', 'cut-off']
  ] as const)('keeps what came before an "%s" in mid-stream', async (then, code) => {
    server.replies = [
      {
        ...{ text: 'The first part and the second', step: 6, after: 5, then },
        ...(then === 'error' && {
          error: { type: 'overloaded_error', message: 'Overloaded' }
        })
      }
    ];
    const events = await ask();
    expect(textOf(events)).toMatch(/^The first/);
    expect(events.at(-1)).toMatchObject({ type: 'problem', problem: { code } });
    expect(server.seen).toHaveLength(1);
  });

  it('stops in mid-stream at once, and says nothing more', async () => {
    server.replies = [{ text: 'A long answer', step: 1, after: 6, then: 'hold' }];
    const stop = new AbortController();
    const events = await ask({}, stop.signal, () => stop.abort());
    expect(events.every(({ type }) => type === 'text')).toBe(true);
  });

  it('says when nobody is there', async () => {
    const gone = address();
    await server.stop();
    models = new ModelServers({ retries: 0, pause: 1, longest: 1 });
    models.open({ api, server: gone, key: MODEL_KEY });
    const events: ModelEvent[] = [];
    const { signal } = new AbortController();
    await models.ask(gone, REQUEST, some => events.push(...some), signal);
    expect(events).toMatchObject([{ problem: { code: 'offline' } }]);
    server = await ModelServer.start();
  });
});

describe('what Anthropic is asked', () => {
  it('has the key in its header only, marks for the cache, and thinking as the model has it', async () => {
    const server = await ModelServer.start();
    const models = new ModelServers();
    models.open({ api: 'anthropic', server: server.url, key: MODEL_KEY });
    const { signal } = new AbortController();
    for (const model of ['claude-sonnet-5-5', 'claude-haiku-4-5', 'qwen3']) {
      const request = { ...REQUEST, model, maxTokens: 4000, thinking: 2000 };
      await models.ask(server.url, request, () => undefined, signal);
    }
    await server.stop();
    const [first, second, third] = server.seen;
    expect(first?.headers).toHaveProperty(
      'anthropic-dangerous-direct-browser-access',
      'true'
    );
    expect(first?.headers.authorization).toBe(`Bearer ${MODEL_KEY}`);
    expect(first?.body).toMatchObject({
      system: [{ text: 'Rules', cache_control: { type: 'ephemeral' } }],
      messages: [{ content: [{ cache_control: { type: 'ephemeral' } }] }],
      thinking: { type: 'adaptive' }
    });
    expect(second?.body['thinking']).toEqual({ type: 'enabled', budget_tokens: 2000 });
    expect(third?.body['thinking']).toBeUndefined();
    expect(first?.body['temperature']).toBeUndefined();
    expect(
      JSON.stringify(server.seen.map(({ body, path }) => [body, path]))
    ).not.toContain(MODEL_KEY);
  });

  it('is refused for an address that is no https address', () => {
    const models = new ModelServers();
    const access = {
      api: 'anthropic',
      server: 'http://example.org',
      key: 'x'
    } as const;
    expect(models.open(access)).toMatchObject({ code: 'invalid-address' });
  });
});
