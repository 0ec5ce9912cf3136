import { answerOffline } from '../../../src/assistant/offline/answer';
import type { IContextCell } from '../../../src/assistant/context';
import { LIBRARY } from '../library';
import { about, ask, NOTEBOOK } from './fixtures';

describe('questions about what is up to date', () => {
  it.each([
    'Which cells are stale?',
    'stale cells',
    "What's stale?",
    'Which cell failed?',
    'What has failed?',
    'Is everything up to date?',
    'Are my results up to date?',
    'Are any cells out of date?'
  ])('tell all that are not up to date: %s', question => {
    const { markdown, skills } = about(question, 'h');
    expect(markdown).toContain('- `vqe` is **stale**: It needs h, which changed');
    expect(markdown).toContain('- `nope + 1` is **failed**');
    expect(skills).toEqual(['quantum-vqe']);
  });

  it.each([
    'Which cells are stale?',
    "What isn't stale any more, what is stale?",
    'Is everything up to date?'
  ])('tell besides what has not run, which Run stale runs: %s', question => {
    const tell = (state: string, cells: readonly IContextCell[] = NOTEBOOK.cells) =>
      answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: {
          ...NOTEBOOK,
          cells: [...cells, { id: 'n', type: 'code', source: 'n = 1', state }]
        }
      }).markdown;
    expect(tell('idle')).toMatch(
      /is \*\*stale\*\*[^]*\n\nThese cells have not run yet:\n\n- `n`\n\n\*Run stale\* .* is stale or has not run and/
    );
    expect(tell('idle', NOTEBOOK.cells.slice(0, 1))).toMatch(
      /^No code cell .* failed now\.\n\nThese cells have not run yet:\n\n- `n`\n\n\*Run stale/
    );
    expect(tell('done')).not.toContain('not run');
  });

  it.each(['Why is cell 3 stale?', 'Which cells are stale?', 'Is cell 3 stale?'])(
    'say that no notebook is open: %s',
    question => {
      expect(ask(question).markdown).toBe(
        'No notebook is open: open one, then ask again.'
      );
    }
  );

  it('tell of one where one is asked for', () => {
    expect(about('Is this cell stale?', 'h').markdown).toContain('is up to date');
    expect(about('Is vqe stale?', 'h').markdown).toContain(
      'The cell `vqe` is **stale**'
    );
  });

  it('tell why it is stale', () => {
    const { markdown } = about('Why is this cell stale?', 'v');
    expect(markdown).toContain('It needs h, which changed');
    expect(markdown).toContain('*Run stale* (◐ in the toolbar)');
  });

  it.each([
    ['Why is cell 7 stale?', 'The cell `vqe` is **stale**: its result'],
    ['why is [7] stale', 'The cell `vqe` is **stale**: its result'],
    // No cell has this number beside it: the third one.
    ['Why is the cell 3 not run?', 'The cell `nope + 1` **failed**'],
    ['why is h out of date', 'The cell `h` is up to date'],
    ['Why is the cell vqe stale?', 'The cell `vqe` is **stale**'],
    ['Why is the hamiltonian stale?', 'The cell `h` is up to date'],
    ['why is the sum of errors blocked', 'The cell `nope + 1` **failed**'],
    ['Why is cell 9 stale?', 'This notebook has no code cell of that number.'],
    ['Is cell 9 stale?', 'This notebook has no code cell of that number.'],
    ['Why is the cell "total" stale?', 'No cell of this notebook is called `total`.'],
    ['Why is the cell total stale?', 'The selected cell, `nope + 1`, **failed**'],
    ['Why is the cell suddenly stale?', 'The selected cell, `nope + 1`, **failed**'],
    ['Why is x[3] stale?', 'The selected cell, `nope + 1`, **failed**'],
    ['Why is this cell stale?', 'The selected cell, `nope + 1`, **failed**']
  ])(
    'tell of the cell that is named, else of the selected one: %s',
    (question, told) => {
      const [h, v, e] = NOTEBOOK.cells;
      const cells = [h, { ...v, count: 7 }, { ...e, title: 'Sum of errors' }];
      const { markdown } = answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells, selected: 'e' }
      });
      expect(markdown.startsWith(told)).toBe(true);
    }
  );

  it('tell which cells are stale, and why, where a text is selected', () => {
    const text = { id: 't', type: 'markdown', source: '# Title' } as const;
    const asked = (cells: (typeof NOTEBOOK.cells)[number][]) =>
      answerOffline({
        ...{ question: 'Why is my cell stale?', skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells: [text, ...cells], selected: 't' }
      }).markdown;
    const told = asked([...NOTEBOOK.cells]);
    expect(told).toContain('The selected cell is **text**');
    expect(told).toContain('- `vqe` is **stale**: It needs h, which changed');
    expect(told).toContain('- `nope + 1` is **failed**');
    expect(told).not.toContain('`h` is');
    expect(asked([NOTEBOOK.cells[0]])).toContain('No code cell of this notebook');
  });

  it.each([
    'Which cells have not run yet?',
    'What has not run?',
    "Which cells haven't run so far?"
  ])('tell which cells have not run: %s', question => {
    const tell = (state: string) => {
      const [h, v] = NOTEBOOK.cells;
      const cells = [h, v, { ...h, id: 'n', source: 'n = 1', state }];
      return answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells }
      }).markdown;
    };
    expect(tell('idle')).toMatch(
      /^These cells have not run yet:\n\n- `n`\n\n\*Run all/
    );
    expect(tell('done')).toBe('Every cell with code has run, or runs now.');
    expect(tell('blocked: It needs `h`, which failed')).toMatch(
      /^The last run did not finish these cells:\n\n- `n` is \*\*blocked\*\*: It needs `h`, which failed\n\n\*Run all/
    );
    expect(tell('cancelled')).toMatch(/^The last run did not finish .*:\n\n- `n` is/);
  });

  it('tell that no cell failed where others are not up to date', () => {
    const [h, v] = NOTEBOOK.cells;
    const tell = (cells: readonly IContextCell[]) =>
      answerOffline({
        ...{ question: 'Did any cell fail?', skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells }
      }).markdown;
    expect(tell([h, v])).toMatch(/^No cell failed\. These cells are not up to date:/);
    expect(tell(NOTEBOOK.cells)).toMatch(/^These cells .*[^]*is \*\*failed\*\*/);
    expect(tell([h])).toBe(
      'No code cell of this notebook is stale, blocked or failed now.'
    );
  });
});
