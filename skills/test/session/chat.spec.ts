import fc from 'fast-check';
import {
  chatMarkdown,
  formatChatMessage,
  parseChat,
  type IChatMessage
} from '../../src/session/chat';

const MESSAGE: fc.Arbitrary<IChatMessage> = fc.record({
  v: fc.constant(1 as const),
  id: fc.string(),
  role: fc.constantFrom('user' as const, 'assistant' as const),
  content: fc.string(),
  timestamp: fc.constant('2026-11-21T10:00:00.000Z'),
  skills_used: fc.array(fc.string()),
  traces: fc.array(fc.string()),
  artifacts: fc.array(fc.record({ type: fc.string(), name: fc.string() }))
});

describe('chat.jsonl', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(MESSAGE), messages => {
        const text = messages
          .map(message => `${formatChatMessage(message)}\n`)
          .join('');
        expect(parseChat(text)).toEqual({ messages, problems: [] });
      })
    );
  });

  it('keeps the good lines and names the bad ones', () => {
    const good =
      '{"v":1,"id":"a","role":"user","content":"Hi","timestamp":"t","more":1}';
    const bad = [
      'nonsense',
      '[]',
      '{"v":2}',
      '{"v":1,"id":"a","content":"x","role":"me"}'
    ];
    const { messages, problems } = parseChat([good, ...bad].join('\n'));
    expect(messages).toMatchObject([{ content: 'Hi', skills_used: [], more: 1 }]);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  });

  it('is exported as Markdown', () => {
    const message: IChatMessage = {
      ...{ v: 1, id: '1', role: 'assistant', content: 'Done.\n', timestamp: 'T' },
      ...{ skills_used: ['quantum-vqe'], traces: [] },
      artifacts: [{ type: 'plot', name: 'energy' }]
    };
    expect(chatMarkdown('H2', [message])).toBe(
      '# H2\n\n## Assistant · T\n\nDone.\n\nSkills: quantum-vqe\n\n- plot: energy'
    );
  });
});
