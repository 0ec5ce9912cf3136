import '../browser';

import { showTextDiff } from '../../src/history/textDiff';

describe('the difference of two texts', () => {
  it.each([false, true])('wraps its lines, and has no numbers where narrow: %s', is => {
    const host = document.createElement('div');
    const sides = { before: 'one\n', after: 'two\n', label: 'Changes' };
    const remove = showTextDiff(host, { ...sides, isNarrow: is });
    expect(host.querySelector('.cm-lineWrapping')?.textContent).toContain('two');
    expect(host.querySelector('.cm-lineNumbers') === null).toBe(is);
    remove();
    expect(host.childElementCount).toBe(0);
  });
});
