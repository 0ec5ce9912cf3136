import { answerOffline } from '../../../src/assistant/offline/answer';
import { LIBRARY } from '../library';
import { about, ask, NOTEBOOK } from './fixtures';

describe('questions about a cell', () => {
  it('tell how long cells took, and the outputs that are asked for besides', () => {
    const [h, v, ...rest] = NOTEBOOK.cells;
    const notebook = {
      ...NOTEBOOK,
      cells: [
        { ...h, state: 'cached', took: { ms: 12, text: '12 ms' } },
        { ...v, took: { ms: 3200, text: '3.2 s' } },
        ...rest,
        { id: 't', type: 'markdown' as const, source: '# Title' }
      ],
      variables: [
        'vqe: SkillOutputs {eigenvalue: float = -1.137; error: float = 0.0002}'
      ]
    };
    const told = (question: string, selected = 'v'): string =>
      answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: { ...notebook, selected }
      }).markdown;
    const question = 'How long did the VQE cell take, and its error?';
    expect(told(question)).toBe(
      'The cell `vqe` took 3.2 s when it last ran. In this notebook `vqe.error` is 0.0002, with `hamiltonian` = `h.hamiltonian`.'
    );
    expect(told('How long did this cell take?', 'h')).toBe(
      'The cell `h` got its result from the cache when it last ran, in 12 ms: nothing was computed anew.'
    );
    expect(told('How long did it take?', 'e')).toContain('has no time');
    expect(told('How long did the cell actually take?')).toBe(
      'The cell `vqe` took 3.2 s when it last ran.'
    );
    for (const notIt of [
      told('How long did the battery cell discharge take?'),
      told('How long did it take?', 't'),
      ask('How long did cell 3 take?').markdown
    ]) {
      expect(notIt).not.toMatch(/this notebook|last ran|has no time/i);
    }
    expect(ask('How long did cell 3 take?').markdown).toMatch(/^No notebook is open/);
    expect(told('How long did cell 9 take?')).toBe(
      'This notebook has no code cell of that number.'
    );
    // Of two cells each is told with its own value.
    const twice = answerOffline({
      ...{ question, skills: LIBRARY, maxSkills: 5 },
      notebook: {
        ...notebook,
        cells: [
          ...notebook.cells,
          {
            ...{ id: 'w', type: 'code', took: { ms: 1000, text: '1 s' } },
            source: 'other = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
          }
        ],
        variables: [...notebook.variables, 'other: Outputs { error: float = 0.5 }']
      }
    }).markdown;
    expect(twice.split('\n\n')).toEqual([
      told(question),
      'The cell `other` took 1 s when it last ran. In this notebook `other.error` is 0.5, with `hamiltonian` = `h.hamiltonian`.'
    ]);
  });

  it('tell what it calls, what it needs and who needs it', () => {
    const { markdown, skills } = about('What does this cell do?', 'v');
    expect(markdown).toContain('**VQE Optimizer**');
    expect(markdown).toContain('`hamiltonian` = `h.hamiltonian`');
    expect(markdown).toContain('It needs `h` from the cell `h`');
    expect(markdown).toContain('No other cell uses its values');
    expect(skills).toEqual(['quantum-vqe']);
    expect(about('explain this cell', 'h').markdown).toContain('used by `vqe`');
  });

  it.each([
    [
      'Explain cell 2',
      'The cell `vqe` (code cell 2 from the top):\n\nIt calls **VQE Optimizer**'
    ],
    [
      'explain cell [1]',
      'The cell `h` (code cell 1 from the top):\n\nIt calls **Quantum Hamiltonian**'
    ],
    ['What does cell 2 do?', 'The cell `vqe` (code cell 2 from the top):'],
    [
      'What is in cell 3?',
      'The cell `nope + 1` (code cell 3 from the top):\n\nIt is plain Python'
    ],
    ['Explain the cell vqe', 'The cell `vqe`:'],
    ['Explain cell 9', 'This notebook has no code cell of that number.'],
    [
      'Explain the cell vqee',
      'No cell of this notebook is called `vqee`. Did you mean `vqe`? There are `h`, `vqe` and `nope + 1`.'
    ],
    [
      'What does the cell "total" of this notebook do?',
      'No cell of this notebook is called `total`. There are'
    ],
    ['Explain the cell called total', 'No cell of this notebook is called `total`.'],
    [
      'Explain the cell “total energy” to me',
      'No cell of this notebook is called `total energy`.'
    ],
    ['What does the cell compute?', 'It is plain Python'],
    ['What does the cell print?', 'It is plain Python'],
    ['Explain the cell code', 'It is plain Python'],
    ['Explain the cell output', 'It is plain Python'],
    ['Explain the cell briefly', 'It is plain Python'],
    ['Explain the cell please.', 'It is plain Python'],
    ['Explain the cell in front of me', 'It is plain Python'],
    ['What does the cell do?', 'It is plain Python'],
    ['Explain this cell', 'It is plain Python'],
    ['Explain this cell for the hamiltonian', 'It is plain Python']
  ])('tell of the cell that is named: %s', (question, told) => {
    expect(about(question, 'e').markdown.slice(0, told.length)).toBe(told);
  });

  it('say which cell a number means', () => {
    const [h, v, e] = NOTEBOOK.cells;
    const text = { id: 't', type: 'markdown', source: '# Title' } as const;
    const cells = [text, { ...h, count: 2 }, { ...v, count: 7 }, e];
    const tell = (question: string) =>
      answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells }
      }).markdown.split(':')[0];
    expect(tell('Explain cell 2')).toBe(
      'The cell `h` (code cell 1 from the top, which shows [2])'
    );
    expect(tell('Explain code cell 2')).toBe(
      'The cell `vqe` (code cell 2 from the top, which shows [7])'
    );
    expect(tell('What does code cell 3 do?')).toBe(
      'The cell `nope + 1` (code cell 3 from the top)'
    );
  });

  it('name a few of many cells where one is not there', () => {
    const sources = Array.from({ length: 12 }, (_, at) => `v${at} = 1`);
    const asked = (...texts: string[]) =>
      answerOffline({
        ...{ question: 'Explain the cell `total`', skills: LIBRARY, maxSkills: 5 },
        notebook: {
          ...NOTEBOOK,
          cells: texts.map((source, at) => ({ id: `c${at}`, type: 'code', source }))
        }
      }).markdown;
    expect(asked(...sources)).toMatch(/There are `v0`, (`v\d`, ){6}`v7` and 4 more\.$/);
    expect(asked('x = 1', 'x = 2')).toMatch(/\. There is `x`\.$/);
    expect(asked('')).toBe(
      'No cell of this notebook is called `total`: it has no code yet.'
    );
  });
});
