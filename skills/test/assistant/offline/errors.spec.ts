import { answerOffline } from '../../../src/assistant/offline/answer';
import { explainError } from '../../../src/assistant/offline/errors';
import type { IContextCell } from '../../../src/assistant/context';
import { LIBRARY } from '../library';
import { AN_ERROR } from '../questions';
import { about, ask, NOTEBOOK } from './fixtures';

describe('questions about errors', () => {
  it('are answered where no cell has one', () => {
    expect(
      ask('Draw the error on a log axis against the exact answer').skills
    ).toContain('plot-convergence');
    const asked = 'What does this error mean?';
    expect(ask(asked).markdown).toBe('No notebook is open: open one, then ask again.');
    const [h] = NOTEBOOK.cells;
    const told = answerOffline({
      ...{ question: asked, skills: LIBRARY, maxSkills: 5 },
      notebook: { ...NOTEBOOK, cells: [h], selected: 'h' }
    });
    expect(told.markdown).toBe('No cell of this notebook shows an error now.');
  });

  it('take a pasted error for one, whatever it says of inputs', () => {
    const error =
      'SkillInputError: Skill "plot-xy" has no input "yy". Did you mean "y"? Its inputs: x, y.';
    expect(about(`What is ${error}`, 'h').markdown).toContain(
      '`y=…` instead of `yy=…`'
    );
  });

  it('do not deny an error of what failed', () => {
    const [, v] = NOTEBOOK.cells;
    const cells = [{ ...v, state: 'failed', error: 'OddError: 1' }];
    const { markdown } = answerOffline({
      ...{ question: 'What is vqe.error?', skills: LIBRARY, maxSkills: 5 },
      notebook: { ...NOTEBOOK, cells }
    });
    expect(markdown).not.toContain('has no output');
  });

  it('tell what its error means', () => {
    expect(about('What does this error mean?', 'e').markdown).toContain(
      'No cell defines it'
    );
    expect(about('fix this', 'v').markdown).toContain('nope');
    expect(about('What does NameError mean?', 'v').markdown).toContain('nope');
    expect(about("What's wrong with cell 1?", 'v').markdown).toMatch(
      /^The cell `h` shows/
    );
    expect(about('what is SkillInputError: quantum-vqe', 'v').markdown).toContain(
      'input that it does not take'
    );
  });

  it.each(AN_ERROR)('tell of the exception that there is: %s', question => {
    expect(about(question, 'h').markdown).toContain('does not know **`nope`**');
    const [h, v] = NOTEBOOK.cells;
    const notebook = { ...NOTEBOOK, cells: [h, v] };
    // The output of that name is not an error of the notebook.
    expect(
      answerOffline({ question, skills: LIBRARY, maxSkills: 5, notebook }).markdown
    ).toBe('No cell of this notebook shows an error now.');
  });

  const ERROR = '`error` of **VQE Optimizer** (`quantum-vqe`): eigenvalue − exact';
  it.each([
    // The output is meant where it is named, or where no cell shows an exception.
    ['Why is the error of vqe not zero?', ERROR, ERROR],
    ["Explain vqe's error", ERROR, ERROR],
    ['Why is the error so large?', ERROR, ERROR],
    ['What is the error of vqe?', '`vqe.error` is 0.03', '`vqe.error` is 0.03'],
    ['What is the error?', 'does not know **`nope`**', ERROR],
    ['What does this error mean?', 'does not know **`nope`**', 'shows an error now'],
    ['What does the error of cell 3 mean?', '`nope`', 'no code cell of that number'],
    ['Why does cell 1 fail?', 'The cell `h` shows no error. The cell `nope', 'shows no']
  ])('tell by what there is which error is meant: %s', (question, beside, alone) => {
    const variables = [
      'vqe: Outputs { eigenvalue: float = -1.1; error: float = 0.03 }'
    ];
    const tell = (cells: readonly IContextCell[]) =>
      answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells, selected: 'h', variables }
      }).markdown;
    expect(tell(NOTEBOOK.cells)).toContain(beside);
    const [h, v] = NOTEBOOK.cells;
    expect(tell([h, v])).toContain(alone);
  });

  it('tell of the error that is named, not of another one', () => {
    const [h, v] = NOTEBOOK.cells;
    const notebook = { ...NOTEBOOK, cells: [h, v], selected: 'h' };
    const tell = (question: string) =>
      answerOffline({ question, skills: LIBRARY, maxSkills: 5, notebook }).markdown;
    expect(tell('What is the error of a fit?')).not.toContain('vqe.error');
    expect(tell('What is the error of h?')).toBe('The cell `h` shows no error.');
    expect(tell("Explain the notebook's error")).not.toContain('from top to bottom');
  });

  it('tell that there is nothing to fix', () => {
    const [h] = NOTEBOOK.cells;
    const { markdown } = answerOffline({
      ...{ question: 'Fix it', skills: LIBRARY, maxSkills: 5 },
      notebook: { ...NOTEBOOK, cells: [h], selected: 'h' }
    });
    expect(markdown).toBe('No cell of this notebook shows an error now.');
  });

  it('tell of the exception where the call that would have the output failed', () => {
    const [h, v] = NOTEBOOK.cells;
    const failed = { ...v, state: 'failed', error: 'OddError: 1' };
    for (const question of [
      'What is the error of vqe?',
      'Why is the error of vqe not zero?',
      'Explain the error of vqe'
    ]) {
      const { markdown } = answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells: [h, failed] }
      });
      expect(markdown).toContain('OddError: 1');
    }
  });

  it.each([
    ['idle', '**Run cell 1 (`from llmos import skill`) first**', true],
    ['idle', 'defines the name, and has not run since the notebook was opened.', true],
    ['stale: Its source has changed.', 'and is stale. Its source has changed.', true],
    ['cancelled: It was cancelled.', 'and its last run was cancelled', true],
    ['running', 'which is running: run this cell again after it', true],
    ['waiting', 'which waits for its turn', true],
    ['cached', 'which has run since', true],
    ['blocked: It needs h.', 'needs failed. It needs h. Mend that first', false],
    ['done', 'which has run since: run this cell again', true],
    ['failed', 'which failed: mend that one first', false]
  ])('tell to run the cell that defines a name first: %s', (state, told, isOffered) => {
    const type = 'code' as const;
    const cells = [
      { id: 'i', type, source: 'from llmos import skill', state },
      {
        ...{ id: 'f', type, source: 'x = await skill("quantum-circuit")()' },
        ...{ state: 'failed', error: "NameError: name 'skill' is not defined" }
      },
      { id: 'z', type, source: 'from llmos import skill\ny = 1' }
    ];
    const tell = (of: readonly IContextCell[]) =>
      answerOffline({
        ...{ question: 'What does this error mean?', skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells: of, selected: 'f' }
      });
    const { markdown, run, fix } = tell(cells);
    expect(markdown).toContain(told);
    expect([run, fix]).toEqual([isOffered ? 'f' : undefined, undefined]);
    // One below is no help.
    const without = tell(cells.slice(1));
    expect(without.markdown).toContain('Write that line into the first cell');
    expect([without.run, without.fix]).toEqual([undefined, 'f']);
  });

  it.each([
    ['SkillNotAwaitedError: x', 'await'],
    ['ngspice: singular matrix', 'no path for direct current'],
    ["NameError: name 'skill' is not defined", '`from llmos import skill`'],
    ["ModuleNotFoundError: No module named 'torch.nn'", '%pip install torch'],
    [
      'AttributeError: Skill "quantum-hamiltonian" has no output "hamiltonan". Did you mean "hamiltonian"? Its outputs: hamiltonian, terms.',
      'Write `.hamiltonian` where the cell reads `.hamiltonan`.'
    ],
    [
      'AttributeError: Skill "a" has no output "zz". Its outputs: x, y.',
      '**gives no output `zz`**: it has `x` and `y`.'
    ],
    [
      'SkillInputError: Skill "quantum-vqe" has no input "iteration". Did you mean "iterations"? Its inputs: hamiltonian, iterations.',
      'Rename the argument in the call: `iterations=…` instead of `iteration=…`.'
    ],
    [
      'SkillInputError: Skill "quantum-vqe", input "iterations": expected an integer from 1 to 10000, given 0.5. Did you mean "1"?',
      '**expects an integer from 1 to 10000**; the call gives 0.5.'
    ],
    [
      'SkillInputError: Skill "a" has no input "zz". Its inputs: none.',
      '**takes no input `zz`**: it has none.'
    ],
    [
      'SkillInputError: Skill "a" needs the input "h" (A sum): expected an object, given nothing.',
      'leaves out `h`'
    ],
    [
      'SkillNotFoundError: There is no skill "quantum-vqee". Did you mean "quantum-vqe" or "x"? Looked in: a.',
      'Write `quantum-vqe` or `x` in the call'
    ],
    [
      'AttributeError: Outputs of a skill cannot be changed: assign to a variable of your own instead of "x".',
      'a variable of your own'
    ],
    ['SkillInputError: x', 'form above the cell'],
    ['OddError: 1', 'no more of this error']
  ])('know %s', (error, words) => {
    expect(explainError(error)).toContain(words);
  });
});
