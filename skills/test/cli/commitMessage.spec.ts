import { llmos } from './run';

const MESSAGE = `session: Bell state

Prompt: Make a Bell state.
  Then measure it.

Stats:
- 2 messages
- 1 artifacts generated
- 3 traces executed

Artifacts:
- circuit: bell

🤖 LLMunix Context Memory

Session: s-1`;

describe('llmos commit-message', () => {
  it('parses a message into JSON and formats that JSON into the same text', () => {
    const parsed = llmos(['commit-message', 'parse'], { input: MESSAGE });
    expect(parsed.code).toBe(0);
    expect(JSON.parse(parsed.stdout)).toMatchObject({
      name: 'Bell state',
      prompt: 'Make a Bell state.\nThen measure it.',
      stats: { messages: 2, artifacts: 1, traces: 3 }
    });
    const formatted = llmos(['commit-message', 'format'], { input: parsed.stdout });
    expect([formatted.code, formatted.stdout]).toEqual([0, `${MESSAGE}\n`]);
  });

  it.each([
    ['nonsense', 'not JSON'],
    ['[]', 'JSON object'],
    ['{}', '"name" must be a text; found nothing.'],
    ['{"name":"x","stats":{"messages":-1}}', '"messages" must be a whole number'],
    ['{"name":"x","artifacts":[1]}', '"artifacts" must be a list'],
    ['{"kind":"dance"}', '"kind" must be session, evolution or other']
  ])('refuses %s', (input, message) => {
    const { code, stdout, stderr } = llmos(['commit-message', 'format'], { input });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
