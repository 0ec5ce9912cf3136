import '../browser';

import { EditorState } from '@codemirror/state';

import { decorate } from '../../src/editor/frontMatter';

/** The marked words, and how many lines count as front matter. */
function marked(text: string): { readonly words: string[]; readonly lines: number } {
  const state = EditorState.create({ doc: text });
  const words: string[] = [];
  let lines = 0;
  decorate(state).between(0, text.length, (from, to) => {
    if (from === to) {
      lines += 1;
    } else {
      words.push(text.slice(from, to));
    }
  });
  return { words, lines };
}

describe('decorate', () => {
  it('marks the keys of the front matter, those of inline maps too', () => {
    const text = [
      '---',
      'name: Plot XY',
      'keywords: [plot, line]  # a list',
      'inputs:',
      "  - { name: y, type: any, description: 'with { in: it } # or so' }",
      '---',
      'text: not a key'
    ].join('\n');
    expect(marked(text)).toEqual({
      words: ['name', 'keywords', ' # a list', 'inputs', 'name', 'type', 'description'],
      lines: 6
    });
  });

  it('leaves a file without front matter as it is', () => {
    expect(marked('# Title\n---\nname: x')).toEqual({ words: [], lines: 0 });
    expect(marked('')).toEqual({ words: [], lines: 0 });
  });
});
