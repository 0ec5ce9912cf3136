import type { ITurnMessage } from '../../src/assistant/conversation';
import { fixedTokens, sentTokens } from '../../src/assistant/sentTokens';
import { estimateTokens } from '../../src/assistant/tokens';

const message = (more: Partial<ITurnMessage>): ITurnMessage => ({
  ...{ v: 1, id: 'm', role: 'assistant', content: 'So.', timestamp: '' },
  ...{ skills_used: [], traces: [], artifacts: [] },
  ...more
});

describe('the tokens that are sent', () => {
  it('are those of texts, calls and what tools said; thoughts are not sent', () => {
    const result = 'word '.repeat(1000);
    const input = { source: 'x = 1\n'.repeat(100) };
    const told = message({
      parts: [
        { kind: 'thinking', text: 'hm '.repeat(9000) },
        { kind: 'tool', id: '1', tool: 'edit_cell', input, status: 'done', result },
        { kind: 'text', text: 'So.' }
      ]
    });
    const least = estimateTokens(result) + estimateTokens(JSON.stringify(input));
    expect(sentTokens(told)).toBeGreaterThan(least);
    expect(sentTokens(told)).toBeLessThan(least + 20);
    expect(sentTokens(message({}))).toBe(estimateTokens('So.'));
    expect(sentTokens(message({ role: 'user', content: 'Why so?' }))).toBe(
      estimateTokens('Why so?')
    );
  });

  it('are none for an answer that said nothing, and many for rules and tools', () => {
    expect(sentTokens(message({ parts: [], status: 'failed' }))).toBe(0);
    expect(fixedTokens()).toBeGreaterThan(1500);
  });
});
