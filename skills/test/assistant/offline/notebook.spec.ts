import { answerOffline } from '../../../src/assistant/offline/answer';
import type { IExecutableSkill } from '../../../src';
import { find, LIBRARY } from '../library';
import { OTHERS } from '../questions';
import { about, ask, NOTEBOOK, TIMED } from './fixtures';

/** With an output that has only one letter. */
const COUNT = {
  ...find('spice-resistor'),
  ...{ id: 'count', name: 'Count atoms', description: 'Counts.', keywords: [] },
  ...{ body: '', outputs: [{ name: 'n', type: 'integer' }] }
} as IExecutableSkill;

describe('questions about the notebook', () => {
  it.each([
    ['What does this notebook do?', '1. `h` calls **Quantum Hamiltonian**'],
    ['Explain the notebook', '3. `nope + 1` is plain Python'],
    ['Describe my notebook to me, please', '2. `vqe` calls **VQE Optimizer**'],
    ['Which cell took the longest?', 'The slowest cell was `vqe`: 3.2 s.'],
    ['Which cell is the fastest?', 'The fastest cell was `h`: 40 ms.'],
    ['How long did each cell take?', '- `h`: 40 ms\n- `vqe`: 3.2 s'],
    ['What variables are there?', '- `vqe`: Outputs\n'],
    ['List the variables of this notebook', '- `h`: Outputs\n'],
    ['Show variables', '- `h`: Outputs\n'],
    ['list variables', '- `h`: Outputs\n'],
    ['Show me all my variables', '- `h`: Outputs\n'],
    ['What does the second cell do?', 'The cell `vqe`:\n\nIt calls **VQE Optimizer**'],
    ['What does the last cell do?', 'The cell `nope + 1`:'],
    ['What does the tenth cell do?', 'This notebook has no tenth code cell.'],
    ['What skills exist?', '**VQE Optimizer** (`quantum-vqe`)'],
    ['Which electronics skills are there?', '*electronics*'],
    ['What can you do?', 'Without a model I answer from the library']
  ])('tell of the whole: %s', (question, told) => {
    const { markdown, workflow } = answerOffline({
      ...{ question, skills: LIBRARY, maxSkills: 5 },
      notebook: TIMED
    });
    expect(`${markdown}\n`).toContain(told);
    expect(workflow).toBeNull();
  });

  it.each(OTHERS)('have nothing to do with other things: %s', (question, told) => {
    const [h, v] = NOTEBOOK.cells;
    const circuit = {
      id: 'q',
      type: 'code',
      source: 'd = await skill("spice-resistor")()\nc = await skill("count")()'
    } as const;
    const given = { question, skills: [...LIBRARY, COUNT], maxSkills: 5 };
    const cells = [h, v, circuit];
    const answer = answerOffline({
      ...given,
      notebook: { ...NOTEBOOK, cells, selected: 'h' }
    });
    // As the library answers it, which may be that no skill does it; an example may run.
    const bare = ({ markdown, ...rest }: typeof answer) => ({
      ...rest,
      markdown: markdown.replace(
        /An example, once `vqe` is .*\n\n```example/,
        '```python'
      )
    });
    expect(bare(answer)).toEqual(bare(answerOffline(given)));
    expect(answer.markdown).toMatch(/^(?:No skill of|These skills fit|\*\*[A-Z])/);
    expect(answer.skills).toEqual(expect.arrayContaining(told === null ? [] : [told]));
    expect(answer.variables).toEqual([]);
  });

  it.each(['How many cells are there?', 'how many cells does this notebook have'])(
    'tell how many cells there are: %s',
    question => {
      const { markdown } = about(question, 'v');
      expect(markdown).toBe('This notebook has 3 cells: 3 with code, 0 with text.');
    }
  );

  it.each([
    'What does cell 2 do?',
    'How long did cell 2 take?',
    'What does the error of cell 2 mean?',
    'Fix this'
  ])('are of a notebook: %s', question => {
    expect(ask(question).markdown).toContain('No notebook is open');
  });
});
