import { answerOffline } from '../../../src/assistant/offline/answer';
import type { ISkill } from '../../../src';
import { LIBRARY } from '../library';
import { about, ask, NOTEBOOK } from './fixtures';

describe('questions about values', () => {
  it('tell what an output depends on, from the skill and the notebook', () => {
    const question = 'Why is the error of my vqe so large?';
    const notebook = {
      ...NOTEBOOK,
      variables: ['vqe: Outputs { eigenvalue: float = -1.1; error: float = 0.03 }']
    };
    const given = { question, skills: LIBRARY, maxSkills: 5 };
    const { markdown, skills, workflow } = answerOffline({ ...given, notebook });
    expect([skills, workflow]).toEqual([['quantum-vqe'], null]);
    expect(markdown).toContain('eigenvalue − exact; never negative but for rounding');
    expect(markdown).toContain(
      'In this notebook `vqe.error` is 0.03, with `hamiltonian` = `h.hamiltonian`.'
    );
    expect(markdown).toContain('a shallow ansatz or too few steps leave it above');
    expect(markdown).toContain('- `layers` (2 by default): Repetitions of the ansatz');
    expect(about(question, 'v').markdown).toContain('is not known: its cell has');
    expect(ask(question).markdown).not.toContain('In this notebook');
    expect(about('Why does this error in my vqe happen?', 'e').markdown).toContain(
      'nope'
    );
  });

  it.each([
    ['What is the value of vqe.eigenvalue?', '`vqe.eigenvalue` is -1.1'],
    ['How large is vqe.error now?', '`vqe.error` is 0.03'],
    ['what is the eigenvalue of vqe', '`vqe.eigenvalue` is -1.1'],
    ['How big is h.ground_state_energy?', '`h.ground_state_energy` is -1.1373'],
    ["What's vqe.parameters?", '`vqe.parameters` is not known']
  ])('tell the value that is asked for: %s', (question, told) => {
    const notebook = {
      ...NOTEBOOK,
      variables: [
        'h: Outputs { hamiltonian: dict (3) = x; ground_state_energy: float = -1.1373 }',
        'vqe: Outputs { eigenvalue: float = -1.1; error: float = 0.03 }'
      ]
    };
    const given = { question, skills: LIBRARY, maxSkills: 5 };
    const answer = answerOffline({ ...given, notebook });
    expect(answer.markdown).toContain(told);
    expect(answer.workflow).toBeNull();
    expect(answer.skills).toHaveLength(1);
    // Without that notebook the question is about the library.
    expect(answerOffline(given).markdown).not.toContain('In this notebook');
  });

  it.each([
    [
      'What is the ground state energy?',
      /^In this notebook `h.ground_state_e.* is -1.1373/
    ],
    ["What's the ground state energy in this notebook?", /^In this notebook `h.ground/],
    ['What is the ground-state energy of H2?', /^In this notebook `h.ground/],
    ['What is the lowest energy now?', /`vqe.eigenvalue` is -1.1, with/],
    ['How accurate is the VQE result?', /^In this notebook `vqe.error` is 0.03/],
    ['How accurate is it?', /^In this notebook `vqe.error` is 0.03/],
    ['How good is the result?', /^In this notebook `vqe.error` is 0.03/],
    [
      'What does ansatz mean?',
      /\*\*VQE Optimizer\*\*.*\n\n- `ansatz`: string.*\n- `hard/
    ],
    ['What does ucc mean?', /\n- `ucc`: qubit coupled cluster/],
    [
      'What is a tapered mapping?',
      /- `mapping`: string.* 2 qubits[^]*In the cell `h` it is `"tapered"`\.$/
    ]
  ])('tell of what is in the notebook: %s', (question, told) => {
    const [h, v] = NOTEBOOK.cells;
    const tapered = { ...h, source: h.source.replace('()', '(mapping="tapered")') };
    const notebook = {
      ...{ ...NOTEBOOK, cells: [tapered, v] },
      variables: [
        'h: Outputs { hamiltonian: dict (3) = x; ground_state_energy: float = -1.1373 }',
        'vqe: Outputs { eigenvalue: float = -1.1; error: float = 0.03 }'
      ]
    };
    const given = { question, skills: LIBRARY, maxSkills: 5 };
    const { markdown, workflow } = answerOffline({ ...given, notebook });
    expect(markdown).toMatch(told);
    // It is there already.
    expect(workflow).toBeNull();
    expect(answerOffline(given).markdown).not.toMatch(told);
  });

  it.each([
    [
      'What is the bond length?',
      'In the cell `h` the input `bond_length` of **Quantum Hamiltonian** is `0.9`. It is: Distance of the two protons; h2 only, in Å.',
      ['quantum-hamiltonian']
    ],
    [
      "What's the seed in this notebook?",
      'In the cell `vqe` the input `seed` of **VQE Optimizer** is `7`, its default.',
      ['quantum-vqe']
    ],
    ['What is the step size?', 'In this notebook `step_size` is `0.1` (float).', []],
    ['What is the step_size?', 'In this notebook `step_size` is `0.1` (float).', []]
  ])('tell the value of an input or a variable: %s', (question, told, chips) => {
    const [h, v] = NOTEBOOK.cells;
    const cells = [
      { ...h, source: h.source.replace('()', '(bond_length=0.9)') },
      v,
      { id: 's', type: 'code' as const, source: 'step_size = 0.1' }
    ];
    const notebook = { ...NOTEBOOK, cells, variables: ['step_size: float = 0.1'] };
    const given = { question, skills: LIBRARY, maxSkills: 5 };
    const { markdown, workflow, skills } = answerOffline({ ...given, notebook });
    expect(markdown).toContain(told);
    expect([workflow, skills]).toEqual([null, chips]);
    expect(answerOffline(given).markdown).not.toContain('In th');
  });

  const H2 = 'What is the ground state energy of the hydrogen molecule?';

  it.each([
    [H2, 'system="h2"', true],
    ['What is the ground state energy of hydrogen?', '', true],
    [H2, 'system="ising"', false],
    [H2, '**choices', false],
    ['What is the ground state energy of the spin chain?', '', false],
    ['What is the ground state energy of the spin chain?', 'system="ising"', true],
    ['What is the time constant of the hydrogen molecule?', '', false]
  ])('offer no steps that the notebook has: %s (%s)', (question, choice, isThere) => {
    const [h, v] = NOTEBOOK.cells;
    const source = h.source.replace('()', `(${choice})`);
    const curve = `for r in lengths:\n    p = await skill("quantum-hamiltonian")()`;
    const cells = [
      { ...h, source },
      v,
      { id: 'c', type: 'code' as const, source: curve }
    ];
    const variables = ['h: Outputs { ground_state_energy: float = -1.1373 }'];
    const given = { question, skills: LIBRARY, maxSkills: 5 };
    const answer = answerOffline({
      ...given,
      notebook: { ...NOTEBOOK, cells, variables }
    });
    if (isThere) {
      expect(answer.markdown).toMatch(
        /^What the library has for this is in this notebook already: the cells `h` and `vqe`.\n\nIn this notebook `h.ground_state_energy` is -1.1373/
      );
      expect(answer.workflow).toBeNull();
      expect(answer.skills).toEqual(['quantum-hamiltonian', 'quantum-vqe']);
    } else {
      expect(answer).toEqual(answerOffline(given));
    }
  });

  it('do not say what an input is that `**` may hand over', () => {
    const [h] = NOTEBOOK.cells;
    const cells = [{ ...h, source: h.source.replace('()', '(**choices)') }];
    const notebook = { ...NOTEBOOK, cells };
    const given = {
      question: 'What is the bond length?',
      skills: LIBRARY,
      maxSkills: 5
    };
    expect(answerOffline({ ...given, notebook })).toEqual(answerOffline(given));
  });

  it.each([
    ['What bond length is used?', /^In the cell `h` the input `bond_length` .* `0.9`/],
    [
      'Which optimizer is used here?',
      /^In the cell `vqe` the input `optimizer` .*adam/
    ],
    ['What is the bond_length?', /^In the cell `h` the input `bond_length` .* `0.9`/],
    [
      'How many qubits does it use?',
      /`h.n_qubits` is 2, .*\n\n.*`vqe.n_qubits` is 2, /
    ],
    ['How many iterations does it use?', /the input `iterations` .* is `100`, its/],
    [
      'How many iterations did the VQE need?',
      /^In this notebook `vqe.convergence_trace` has 64 values: Energy at .*\n\n.* `100`, its/
    ],
    [
      'How many steps did it take?',
      /^In this notebook `vqe.convergence_trace` has 64 v/
    ],
    [
      'How many layers does the VQE use?',
      /^In the cell `vqe` .* `layers` .* is `2`, its/
    ],
    [
      'How many qubits does the hamiltonian need?',
      /^In this notebook `h.n_qubits` is 2/
    ],
    [
      'How do I use more layers?',
      /^Write `layers=…` in the call of \*\*VQE .* is `2`, its/s
    ],
    [
      'How do I use COBYLA?',
      /^Write `optimizer="cobyla"` [^]*`cobyla`: SciPy[^]*"adam"/
    ],
    [
      'How can I change the optimizer of the vqe?',
      /^Write `optimizer=…` in the call [^]*In the cell `vqe` it is `"adam"`, its default/
    ],
    [
      'How do I set the number of iterations to 200?',
      /^Write `iterations=200` in the call/
    ],
    [
      'How do I change the bond length to 1.2?',
      /^Write `bond_length=1.2` .* is `0.9`\.$/s
    ],
    [
      'How do I change the optimizer to COBYLA?',
      /^Write `optimizer="cobyla"` .* it is `"adam"`, its default\.$/s
    ],
    [
      'How do I set the ansatz of the vqe to "ucc"?',
      /^Write `ansatz="ucc"` in the call/
    ],
    [
      'Can I switch the optimizer to Nelder?',
      /^`Nelder` is none of the choices for `optimizer`\.\n\nWrite `optimizer=…` .*"cobyla"/s
    ],
    ['set bond_length to 1.0', /^Write `bond_length=1.0` .* is `0.9`\.$/s],
    ['Please change iterations to 200', /^Write `iterations=200` in the call/],
    [
      'sweep the bond length from 0.5 to 2',
      /^\*Sweep an input…\*, .* the node `h` .* `bond_length`/
    ],
    ['How do I sweep over the bond length of H2?', /^\*Sweep an input…\*, .* `h`/],
    [
      'How do I scan over the layers of the vqe?',
      /^\*Sweep an input…\*, .* the node `vqe` .* `layers`/
    ],
    ['Can I change to COBYLA?', /^Write `optimizer="cobyla"` in the call/],
    ['How do I use 4 layers in the VQE?', /^Write `layers=4` in the call/],
    ['Can I use the ucc ansatz?', /^Write `ansatz="ucc"` in the call/],
    [
      'Where is the CSV file, and how do I open it?',
      /\n- `a.csv`, of the cell `x`; Python reads it with `pandas.read_csv\("a.csv"\)`\n/
    ],
    ['How do I open the exported file?', /\n- `a.csv`, of the cell `x`; Python/],
    ['How do I get the CSV?', /\n- `a.csv`, of the cell `x`; Python/],
    ['Where did my file go?', /\n- `a.csv`, of the cell `x`; Python/],
    [
      'Where is my PNG?',
      /^No cell of this notebook names a png file\. .*\*Save my results to a PNG file\*/
    ],
    [
      'How do I open the txt file?',
      /^No cell .* names a txt file\. .* with `open\("name.txt"\).read\(\)`\.$/
    ],
    ['What file was exported?', /`x.filename` is 'a.csv', with `filename` = `"a"`\./],
    [
      'Is the VQE energy within chemical accuracy?',
      /`vqe.error` is 0.001[^]*0.0016 Ha/
    ],
    [
      'Is my energy accurate enough?',
      /`vqe.error` is 0.001.* It is: eigenvalue − exact/
    ],
    [
      'what is h.hamiltonian',
      /is a dictionary with the keys 'n_qubits', 'terms', with/
    ],
    ['what is h.terms', /`h.terms` is of the type `list \(5\)`, with/],
    ['what is d', /^In this notebook `d` has the keys `'a', 'b'` \(dict \(2\)\)/],
    [
      'what is css',
      /^In this notebook `css` is `'body { color: red }'` \(str \(19\)\)\./
    ],
    ['what is vqe.eigenvalu', /Did you mean `vqe.eigenvalue`\? .* is -1.13, with/],
    ['what is h.zzz', /^`h` has no output `zzz`\. It has `ground_state_energy`, /]
  ])('tell what the calls of a notebook have and give: %s', (question, told) => {
    const cell = (id: string, source: string) => ({
      id,
      type: 'code' as const,
      source
    });
    const cells = [
      cell('h', 'h = await skill("quantum-hamiltonian")(bond_length=0.9)'),
      cell('v', 'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'),
      cell('x', 'x = await skill("export-results")(filename="a")'),
      cell('d', 'd = dict(a=1, b=2)'),
      cell('css', "css = 'body { color: red }'")
    ];
    const variables = [
      "h: outputs { hamiltonian: dict (2) = 'n_qubits', 'terms'; n_qubits: int = 2; terms: list (5) }",
      'vqe: outputs { eigenvalue: float = -1.13; error: float = 0.001; n_qubits: int = 2; convergence_trace: ndarray float64 (64) = 1, 2, … }',
      "x: outputs { filename: str (5) = 'a.csv' }",
      "d: dict (2) = 'a', 'b'",
      "css: str (19) = 'body { color: red }'"
    ];
    const { markdown, workflow } = answerOffline({
      ...{ question, skills: LIBRARY, maxSkills: 5 },
      notebook: { ...NOTEBOOK, cells, variables }
    });
    expect(markdown).toMatch(told);
    expect(workflow).toBeNull();
  });

  it('tell of an input what it is in the selected cell, else in each', () => {
    const call = (id: string, given: string) => ({
      ...{ id, type: 'code' as const },
      source: `${id} = await skill("quantum-hamiltonian")(${given})`
    });
    const cells = [
      call('a', 'mapping="tapered"'),
      call('b', 'mapping="jordan-wigner"'),
      call('c', ''),
      call('e', '**choices'),
      { id: 'd', type: 'code' as const, source: 'd = 1' }
    ];
    const tell = (selected: string): readonly string[] =>
      answerOffline({
        ...{ question: 'What does mapping mean?', skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells, selected }
      })
        .markdown.split('\n\n')
        .slice(2);
    const told = [
      'In the cell `a` it is `"tapered"`.',
      'In the cell `b` it is `"jordan-wigner"`.',
      'In the cell `c` it is `"tapered"`, its default.'
    ];
    expect(tell('b')).toEqual(told.slice(1, 2));
    // What `**` hands over may have it too.
    expect(tell('e')).toEqual([]);
    expect(tell('d')).toEqual(told);
  });

  it('tell no value where something else is asked', () => {
    expect(about('Plot vqe.trace', 'v').markdown).not.toContain('`vqe.trace` is');
    expect(about('How do I improve vqe.error?', 'v').markdown).toContain(
      'What you can'
    );
  });

  it('are about the call of the notebook, not a skill that was learned from it', () => {
    const [vqe] = LIBRARY.flatMap(skill =>
      skill.kind === 'executable' && skill.id === 'quantum-vqe' ? [skill] : []
    );
    const learned = { ...vqe, id: 'hamiltonian-vqe', name: 'VQE of H2' } as ISkill;
    const { skills } = answerOffline({
      ...{ question: 'Why is vqe.error not zero?', maxSkills: 5 },
      skills: [learned, ...LIBRARY],
      notebook: NOTEBOOK
    });
    expect(skills).toEqual(['quantum-vqe']);
  });
});
