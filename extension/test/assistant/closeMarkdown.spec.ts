/** @jest-environment node */
import fc from 'fast-check';

import { closeMarkdown } from '../../src/assistant/panel/closeMarkdown';

describe('Markdown that is still being written', () => {
  it.each([
    ['Run **VQ', 'Run **VQ**'],
    ['Run **VQE ', 'Run **VQE**'],
    ['Run **', 'Run'],
    ['Run **VQE*', 'Run **VQE**'],
    ['an *open **and deeper', 'an *open **and deeper***'],
    ['call `quantum-v', 'call `quantum-v`'],
    ['call `', 'call'],
    ['call **`x', 'call **`x`**'],
    ['~~old', '~~old~~'],
    ['an _open', 'an _open_']
  ])('closes what is open: %s', (text, closed) => {
    expect(closeMarkdown(text)).toBe(closed);
  });

  it.each([
    'Run **VQE** and *then* `plot`.',
    '2 * 3 and snake_case_name',
    'a \\*star',
    '`**` is a mark',
    '- one\n- two',
    '* item\n* other',
    '**open once\n\nnot here'
  ])('leaves what is whole: %s', text => {
    expect(closeMarkdown(text)).toBe(text);
  });

  it('leaves out what cannot be told yet', () => {
    expect(closeMarkdown('see [the guide](https://exa')).toBe('see the guide');
    // One more letter decides whether it is a list or makes the line above a heading.
    expect(closeMarkdown('Steps:\n-')).toBe('Steps:');
    expect(closeMarkdown('Steps:\n1.')).toBe('Steps:');
    expect(closeMarkdown('- item\n- **bo')).toBe('- item\n- **bo**');
  });

  it('changes the last paragraph alone', () => {
    const pieces = ['word', ' ', '**', '*', '`', '_', '\n', '- ', '[a](b', ')'];
    const texts = fc.array(fc.constantFrom(...pieces)).map(list => list.join(''));
    fc.assert(
      fc.property(texts, texts, (before, last) => {
        expect(closeMarkdown(`${before}\n\nSo ${last}`)).toContain(`${before}\n\nSo`);
      })
    );
  });
});
