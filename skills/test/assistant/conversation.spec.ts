import fc from 'fast-check';
import {
  contentOf,
  conversationTitle,
  FIRST_CONVERSATION,
  excerptOf,
  formatConversations,
  parseConversations,
  searchMessages,
  type IConversation,
  type ITurnMessage
} from '../../src/assistant/conversation';
import { toModelMessages } from '../../src/assistant/turn';

const PART = fc.oneof(
  fc.record({
    kind: fc.constantFrom('text' as const, 'thinking' as const),
    text: fc.string()
  }),
  fc.record({
    kind: fc.constant('tool' as const),
    id: fc.string(),
    tool: fc.string(),
    input: fc.record({ a: fc.oneof(fc.integer(), fc.string(), fc.constant(null)) }),
    status: fc.constantFrom('done', 'refused', 'failed', 'stopped'),
    result: fc.string()
  })
);
const COUNT = fc.nat(1_000_000);
const MESSAGE = fc.record(
  {
    v: fc.constant(1 as const),
    id: fc.string(),
    role: fc.constantFrom('user' as const, 'assistant' as const),
    content: fc.string(),
    timestamp: fc.constant('2026-11-21T10:00:00.000Z'),
    skills_used: fc.array(fc.string()),
    traces: fc.array(fc.string()),
    artifacts: fc.array(fc.record({ type: fc.string(), name: fc.string() })),
    question: fc.string(),
    parts: fc.array(PART),
    model: fc.string(),
    usage: fc.record({
      ...{ input: COUNT, output: COUNT },
      ...{ cacheRead: COUNT, cacheWrite: COUNT }
    }),
    status: fc.constantFrom('stopped' as const, 'failed' as const),
    problem: fc.string()
  },
  {
    requiredKeys: [
      ...(['v', 'id', 'role', 'content', 'timestamp'] as const),
      ...(['skills_used', 'traces', 'artifacts'] as const)
    ]
  }
) as fc.Arbitrary<ITurnMessage>;
const IDS = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 4 });
const CONVERSATIONS = IDS.chain(ids =>
  fc.tuple(
    ...ids.map(id =>
      fc
        .array(MESSAGE, { minLength: 1, maxLength: 5 })
        .map((messages): IConversation => ({ id, messages }))
    )
  )
);

function message(role: 'user' | 'assistant', content: string): ITurnMessage {
  return {
    ...{ v: 1, id: content, role, content, timestamp: '2026-11-21T10:00:00.000Z' },
    ...{ skills_used: [], traces: [], artifacts: [] }
  };
}

describe('conversations in chat.jsonl', () => {
  it('read back as they were written', () => {
    fc.assert(
      fc.property(CONVERSATIONS, conversations => {
        const named = conversations.map(({ id, messages }) => ({
          id,
          messages: messages.map(each =>
            id === FIRST_CONVERSATION ? each : { ...each, conversation: id }
          )
        }));
        const read = parseConversations(formatConversations(conversations));
        expect(read).toEqual({ conversations: named, problems: [] });
      })
    );
  });

  it('keep a message whose own fields are malformed, without those', () => {
    const line = JSON.stringify({
      ...message('assistant', 'Hi'),
      ...{ parts: [{ kind: 'tool' }], usage: { input: 'x' }, status: 'odd', more: 1 }
    });
    const [only] = parseConversations(line).conversations;
    expect(only?.messages).toEqual([{ ...message('assistant', 'Hi'), more: 1 }]);
  });

  it('are named by what was asked first, and searched by words', () => {
    const talk = {
      id: 'a',
      messages: [message('user', 'VQE for H2\nplease'), message('assistant', 'Energy')]
    };
    expect(conversationTitle(talk)).toBe('VQE for H2');
    expect(searchMessages([talk], 'h2 vqe').map(found => found.message.id)).toEqual([
      'VQE for H2\nplease'
    ]);
    expect(searchMessages([talk], ' ')).toEqual([]);
  });

  it('shows what was found in plain words, from where it stands', () => {
    const said = [
      '## Steps',
      '- **VQE Optimizer** (`quantum-vqe`): *finds* a_b * c, [more](https://x.y).',
      '```python',
      'vqe = 1',
      '```'
    ].join('\n');
    expect(excerptOf(said, 'vqe')).toBe(
      'Steps VQE Optimizer (quantum-vqe): finds a_b * c, more. vqe = 1'
    );
    const long = `${'word '.repeat(60)}energy ${'more '.repeat(60)}`;
    expect(excerptOf(long, 'energy')).toMatch(/^… (?:word ){8,9}energy (?:more )+…$/);
  });
});

describe('what a model is told of a conversation', () => {
  it('is each run of calls as one reply with its results', () => {
    const call = (id: string) =>
      ({
        kind: 'tool',
        id,
        tool: 'run',
        input: {},
        status: 'done',
        result: id
      }) as const;
    const parts = [
      { kind: 'text', text: 'First' } as const,
      call('1'),
      call('2'),
      { kind: 'text', text: 'Then' } as const
    ];
    const asked = message('user', 'Go');
    const answer = { ...message('assistant', contentOf(parts)), parts };
    expect(toModelMessages([asked, answer]).map(({ role }) => role)).toEqual([
      ...['user', 'assistant', 'tools', 'assistant']
    ]);
  });

  it('leaves out questions without an answer, and never ends with a result', () => {
    const stopped: ITurnMessage = {
      ...message('assistant', ''),
      parts: [
        { kind: 'tool', id: '1', tool: 'run', input: {}, status: 'stopped', result: '' }
      ]
    };
    const list = toModelMessages([
      message('user', 'lost'),
      message('user', 'asked'),
      stopped,
      message('user', 'open')
    ]);
    expect(list).toMatchObject([
      { role: 'user', text: 'asked' },
      { role: 'assistant' },
      { role: 'tools', results: [{ isError: true }] },
      { role: 'assistant', text: '(stopped)' }
    ]);
  });
});
