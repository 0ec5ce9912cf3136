import fc from 'fast-check';

import {
  NO_SPLIT,
  splitGrown,
  splitMarkdown
} from '../../src/assistant/panel/splitMarkdown';

const PIECES = [
  'word',
  '\n',
  '\n\n',
  '- item\n',
  '```',
  '~~~\n',
  'py',
  '  ',
  '| a |\n'
];
const texts = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 100 })
  .map(pieces => pieces.join(''));

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

  it('are the same when they are cut letter by letter, those before the open one untouched', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 9 }), (text, step) => {
        let split = NO_SPLIT;
        for (let end = 0; end <= text.length; end += step) {
          const before = split;
          split = splitGrown(text.slice(0, end), before);
          expect(split.blocks).toEqual(splitMarkdown(text.slice(0, end)));
          for (let at = 0; at < before.settled.blocks; at++) {
            expect(split.blocks[at]).toBe(before.blocks[at]);
          }
        }
      })
    );
  });

  it('are cut anew for another text', () => {
    const before = splitGrown('One\n\nTwo\n\nThree', NO_SPLIT);
    expect(splitGrown('Other\n\nTwo', before).blocks).toEqual([
      { kind: 'text', text: 'Other' },
      { kind: 'text', text: 'Two' }
    ]);
  });
});
