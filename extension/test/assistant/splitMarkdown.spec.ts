import { splitMarkdown } from '../../src/assistant/panel/splitMarkdown';

describe('the pieces of an answer', () => {
  it('are its paragraphs and its code', () => {
    expect(
      splitMarkdown('One\n\nTwo\nmore\n\n```python\nx = 1\n\ny = 2\n```\nEnd')
    ).toEqual([
      { kind: 'text', text: 'One' },
      { kind: 'text', text: 'Two\nmore' },
      { kind: 'code', language: 'python', code: 'x = 1\n\ny = 2', isWhole: true },
      { kind: 'text', text: 'End' }
    ]);
  });

  it('keep lists together, and code that has not ended', () => {
    expect(splitMarkdown('- a\n\n- b\n\n  more\n\n~~~\nx')).toEqual([
      { kind: 'text', text: '- a\n\n- b\n\n  more' },
      { kind: 'code', language: '', code: 'x', isWhole: false }
    ]);
  });

  it('leave a growing answer as it was, its last piece apart', () => {
    const whole = 'First.\n\nSecond `x`.\n\n```js\na()\n```\n\nThird';
    for (let end = 1; end < whole.length; end++) {
      const now = splitMarkdown(whole.slice(0, end));
      const later = splitMarkdown(whole);
      expect(now.slice(0, -1)).toEqual(later.slice(0, Math.max(0, now.length - 1)));
    }
  });
});
