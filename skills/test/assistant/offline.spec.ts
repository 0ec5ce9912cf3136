import { answerOffline } from '../../src/assistant/offline/answer';
import { chainSkills } from '../../src/assistant/offline/chain';
import { exampleSources } from '../../src/assistant/offline/examples';
import { explainError } from '../../src/assistant/offline/errors';
import type { IContextCell } from '../../src/assistant/context';
import { planWorkflow } from '../../src/assistant/plan';
import { explainSkill } from '../../src/assistant/offline/texts';
import { analyseCell } from '../../src/workflow/analyse';
import type { IExecutableSkill, INotebookCell, ISkill } from '../../src';
import { toCompound } from '../../src/evolution/compound';
import { mine } from '../../src/evolution/mine';
import { vqeAndPlot } from '../evolution/traces';
import { find, LIBRARY } from './library';
import { ALONE, AN_ERROR, OTHERS, QUESTIONS, UNANSWERED } from './questions';

const ask = (question: string) =>
  answerOffline({ question, skills: LIBRARY, maxSkills: 5 });

function workflowOf(question: string): string[] {
  const { workflow } = ask(question);
  let count = 0;
  const plan = planWorkflow({ cells: [], find }, workflow ?? [], () => `n${count++}`);
  if (!plan.ok) {
    throw new Error(plan.problems.join('\n'));
  }
  return plan.cells.slice(1).map(({ source }: INotebookCell) => source);
}

/** With an output that has only one letter. */
const COUNT = {
  ...find('spice-resistor'),
  ...{ id: 'count', name: 'Count atoms', description: 'Counts.', keywords: [] },
  ...{ body: '', outputs: [{ name: 'n', type: 'integer' }] }
} as IExecutableSkill;

const NOTEBOOK = {
  path: 'a.ipynb',
  cells: [
    {
      id: 'h',
      type: 'code',
      source: 'h = await skill("quantum-hamiltonian")()',
      state: 'done'
    },
    {
      id: 'v',
      type: 'code',
      state: 'stale: It needs h, which changed or must run.',
      source: 'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
    },
    {
      id: 'e',
      type: 'code',
      source: 'nope + 1',
      state: 'failed',
      error: "NameError: name 'nope' is not defined"
    }
  ],
  graph: [],
  selected: 'v',
  variables: [],
  runs: []
} as const;

const about = (question: string, selected: string) =>
  answerOffline({
    ...{ question, skills: LIBRARY, maxSkills: 5 },
    notebook: { ...NOTEBOOK, selected }
  });

describe('without a model', () => {
  it('offers what the questions need among the first five', () => {
    const results = QUESTIONS.map(([question, wanted]) => {
      const { skills, workflow } = ask(question);
      const offered = [...skills, ...(workflow ?? []).map(({ skill }) => skill)];
      expect(skills.length).toBeLessThanOrEqual(5);
      return { found: wanted.filter(id => offered.includes(id)).length, wanted };
    });
    const wanted = results.reduce((sum, each) => sum + each.wanted.length, 0);
    const found = results.reduce((sum, each) => sum + each.found, 0);
    expect(found / wanted).toBeGreaterThanOrEqual(0.95);
  });

  it('only ever offers workflows that the graph accepts', () => {
    for (const [question] of QUESTIONS) {
      if (ask(question).workflow) {
        expect(workflowOf(question).length).toBeGreaterThan(0);
      }
    }
  });

  it('builds the VQE of H2 with its plot and its file', () => {
    expect(workflowOf('VQE for H2, plot the convergence, export CSV')).toEqual([
      'hamiltonian = await skill("quantum-hamiltonian")()',
      'vqe = await skill("quantum-vqe")(hamiltonian=hamiltonian.hamiltonian)',
      'convergence = await skill("plot-convergence")(trace=vqe.convergence_trace, reference=vqe.exact)',
      'results = await skill("export-results")(format="csv", data=vqe.convergence_trace)'
    ]);
  });

  it('takes from a part what it names besides what fits it best', () => {
    const question =
      'How do I plot the convergence of a VQE for H2 and export it as CSV?';
    expect(workflowOf(question)).toEqual(
      workflowOf('VQE for H2, plot the convergence, export CSV')
    );
    expect(workflowOf('Plot the convergence of a VQE')).toHaveLength(3);
  });

  it('puts the step between two wanted ones', () => {
    expect(workflowOf('a sphere, then a scene with lights')).toEqual([
      'geometry = await skill("threejs-geometry")()',
      'material = await skill("threejs-material")(geometry=geometry.geometry)',
      'scene = await skill("threejs-scene")(meshes=[material.mesh])'
    ]);
  });

  it('takes choices from the words of the question', () => {
    const [first, , , last] = workflowOf(
      'VQE for the ising model, plot the convergence, export as PNG'
    );
    expect(first).toContain('system="ising"');
    expect(last).toContain('plot_image=convergence.plot_image');
    expect(last).not.toContain('data=');
  });

  it.each(ALONE.map(([question, ...answer]) => ({ question, answer })))(
    'offers what one skill does, or nothing: $question',
    ({ question, answer: [id, inputs] }) => {
      const { workflow } = ask(question);
      expect(workflow?.map(step => [step.skill, step.inputs]) ?? null).toEqual(
        id === null ? null : [[id, inputs ?? {}]]
      );
    }
  );

  it('takes numbers from the question by name and unit', () => {
    const question =
      'Hamiltonian of hydrogen at a bond length of 0.9 Å, vqe with 200 iterations';
    expect(workflowOf(question)).toEqual([
      'hamiltonian = await skill("quantum-hamiltonian")(bond_length=0.9)',
      'vqe = await skill("quantum-vqe")(iterations=200, hamiltonian=hamiltonian.hamiltonian)',
      'convergence = await skill("plot-convergence")(trace=vqe.convergence_trace, reference=vqe.exact)'
    ]);
    expect(ask(question).markdown).toContain('Here with `iterations = 200`');
    // What an input does not take, or what may be any of several, sets none.
    expect(ask('Simulate a GHZ circuit with 50 qubits').workflow?.[0]?.inputs).toEqual({
      kind: 'ghz'
    });
    expect(ask('voltage divider with 10 kΩ').workflow?.[0]?.inputs).toEqual({});
    expect(ask('1 kHz low-pass').markdown).toContain(
      'The capacitance makes 1 kHz of 1 / (2π · resistance · capacitance)'
    );
  });

  it('shows the calls with the values of the question, as they are inserted', () => {
    const codeOf = (question: string): string =>
      /```python\n([^`]*)\n```/.exec(ask(question).markdown)?.[1] ?? '';
    const filter = 'Simulate an RC low-pass with 1k and 1u';
    expect(codeOf(filter)).toBe(workflowOf(filter).join('\n'));
    expect(codeOf(filter)).toContain('resistance=1000, capacitance=0.000001');
    // Without values the skill's own example.
    expect(codeOf('RC low-pass')).toContain('resistance="4k7"');
  });

  it('says which values of the question set no input', () => {
    const { markdown, workflow } = ask('voltage divider from 12 V to 3.3 V with 10k');
    expect(workflow?.[0]?.inputs).toEqual({ vin: 12 });
    expect(markdown).toContain(
      '3.3 V was not used: no input is left for it. 10k is the default of `r1`, `r2`.'
    );
    expect(ask('voltage divider with 2 kΩ').markdown).toContain(
      '2 kΩ was not used: it may be meant for `r1`, `r2`, `rload`.'
    );
    for (const question of ['1 kHz low-pass', 'vqe with 200 iterations', 'a sphere']) {
      expect(ask(question).markdown).not.toContain('not used');
    }
  });

  it('tells how long cells took, and the outputs that are asked for besides', () => {
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

  it('has chips for each step of the workflow', () => {
    const { skills, workflow } = ask('How can I improve the energy of my VQE?');
    const steps = workflow?.map(({ skill }) => skill) ?? [];
    expect(steps).toEqual(['quantum-hamiltonian', 'quantum-vqe']);
    expect(skills).toEqual(expect.arrayContaining(steps));
  });

  it('puts nothing into a workflow that has not to do with the question', () => {
    const counts = [
      ...QUESTIONS,
      ...ALONE.map(([q, id]) => [q, id ? [id] : []] as const)
    ].map(([question, wanted]) => {
      const steps = ask(question).workflow ?? [];
      // What a wanted step cannot be without, of its own field, is right.
      const needed = steps
        .filter(({ skill = '' }) => wanted.includes(skill))
        .flatMap(({ skill, inputs = {} }) =>
          find(skill ?? '')?.kind === 'executable' ? Object.values(inputs) : []
        )
        .flatMap(input => JSON.stringify(input).match(/(?<="from":\[")\w+/g) ?? []);
      const right = steps.filter(
        ({ id, skill = '' }) => wanted.includes(skill) || needed.includes(id)
      );
      return { all: steps.length, right: right.length };
    });
    const all = counts.reduce((sum, each) => sum + each.all, 0);
    const right = counts.reduce((sum, each) => sum + each.right, 0);
    expect(all).toBeGreaterThan(60);
    expect(right / all).toBeGreaterThanOrEqual(0.95);
  });

  it('names only skills near the question', () => {
    expect(
      ask('How do I simulate a low-pass filter with a cutoff of 1 kHz?').skills
    ).toEqual(['circuit-rc-node']);
    expect(chainSkills(LIBRARY, [])).toBeNull();
  });

  it('draws an error where no cell has one', () => {
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

  it('explains a skill by its own text, with an example call', () => {
    const { markdown, skills } = ask('quantum-vqe');
    expect(skills[0]).toBe('quantum-vqe');
    expect(markdown).toContain('*When to use.* After `quantum-hamiltonian`');
    expect(markdown).toContain('```python\nh = await skill("quantum-hamiltonian")');
  });

  it.each(LIBRARY.map(skill => [skill.id, skill] as const))(
    'lets only those lines of an example be run that can: %s',
    (_, skill) => {
      const told = explainSkill(skill);
      for (const [, code = ''] of told.matchAll(/```python\n([^]*?)\n```/g)) {
        expect(analyseCell(code)).toMatchObject({ incomplete: false });
        expect(analyseCell(code).uses).toEqual(['skill']);
      }
      for (const [, names = '', code = ''] of told.matchAll(
        /, once (.*) (?:is|are) defined:\n\n```example\n([^]*?)\n```/g
      )) {
        const lacking = [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name);
        expect(['skill', ...lacking].sort()).toEqual(analyseCell(code).uses);
      }
      const lines = [...told.matchAll(/```(?:python|example)\n([^]*?)\n```/g)];
      const [example = ''] = exampleSources(skill);
      expect(lines.map(([, code]) => code).join('\n')).toBe(example);
    }
  );

  it('lets no call be run that lacks what one of several inputs has to give', () => {
    const { markdown } = ask('save my results to a CSV file');
    expect(markdown).toContain(
      'Once `data` or `plot_image` is given:\n\n```example\nresults = await skill("export-results")(format="csv")\n```'
    );
    for (const question of [
      'a cube in orange',
      'Simulate a GHZ circuit with 5 qubits'
    ]) {
      expect(ask(question).markdown).toMatch(/```python\n.*\n```/);
    }
  });

  it('lets lines be run for which the notebook has the values', () => {
    const tell = (...sources: string[]): string =>
      answerOffline({
        ...{ question: 'plot-convergence', skills: LIBRARY, maxSkills: 5 },
        notebook: {
          ...NOTEBOOK,
          cells: sources.map((source, at) => ({ id: `${at}`, type: 'code', source }))
        }
      }).markdown;
    const vqe = 'vqe = await skill("quantum-vqe")(hamiltonian=h)';
    expect(tell(vqe)).toContain(
      '```python\nawait skill("plot-convergence")(trace=vqe.'
    );
    const lacking =
      'An example, once `vqe` is defined:\n\n```example\nawait skill("plot-';
    expect(tell()).toContain(lacking);
    // A call that has no such output is none that the example could take.
    expect(tell(vqe.replace('-vqe', '-circuit'))).toContain(lacking);
    expect(tell(vqe, 'vqe = await skill("threejs-cube")()')).toContain(lacking);
    expect(tell('vqe = await skill("mine")()')).toContain(
      '```python\nawait skill("plot'
    );
  });

  it.each([
    'What inputs does quantum-vqe have?',
    'inputs of the VQE Optimizer',
    'which parameters does the vqe take'
  ])('lists the inputs of a skill: %s', question => {
    const { markdown, skills, workflow } = ask(question);
    expect([skills, workflow]).toEqual([['quantum-vqe'], null]);
    expect(markdown).toContain('- `hamiltonian`: object, has to be given');
    expect(markdown).toMatch(
      /- `iterations`: integer, `\d+` by default, 1 to 10000\. /
    );
    expect(markdown).toMatch(/- `optimizer`: string, `"\w+"` by default, one of `"/);
  });

  it('lists outputs with their units', () => {
    const { markdown } = ask('outputs of quantum-vqe');
    expect(markdown).toContain('The outputs of **VQE Optimizer** (`quantum-vqe`)');
    expect(markdown).toContain('- `eigenvalue`: number, in Ha');
    expect(ask('inputs of plot-xy').markdown).toContain('- `y`: any, has to be given.');
  });

  it('says so when nothing fits', () => {
    expect(ask('zzzz').markdown).toContain('No skill of the library fits');
  });

  it('offers nothing for what no skill answers, and says so', () => {
    const offered = UNANSWERED.filter(question => {
      const { skills, workflow, markdown } = ask(question);
      const isRefused = markdown.startsWith('No skill of the library fits');
      return !isRefused || skills.length > 0 || workflow !== null;
    });
    expect(UNANSWERED.length).toBeGreaterThanOrEqual(60);
    expect(offered.length / UNANSWERED.length).toBeLessThanOrEqual(1 / 20);
  });

  it.each(['LiH energy', 'ground state energy of LiH'])(
    'names what is near as no more than that: %s',
    question => {
      const { skills, workflow, markdown } = ask(question);
      expect(markdown).toContain('No skill of the library fits this well');
      expect(markdown).toMatch(/`quantum-vqe`\) has to do with \*.*energy\*/);
      expect([skills, workflow]).toEqual([[], null]);
    }
  );

  it('says which part of a question no skill answers', () => {
    const { workflow, markdown } = ask('VQE for LiH, then export CSV');
    expect(workflow?.map(({ skill }) => skill)).toEqual(['export-results']);
    expect(markdown).toContain('*No skill fits "VQE for LiH" well.*');
    expect(ask('VQE for H2, then export CSV').markdown).not.toContain('No skill fits');
  });

  it('says which part of a question the steps leave out', () => {
    const { markdown, workflow, skills } = ask(
      'RC low-pass, then plot the curve, then export CSV'
    );
    expect(workflow?.map(({ skill }) => skill)).toEqual([
      'circuit-rc-node',
      'export-results'
    ]);
    expect(markdown).toContain(
      '*"plot the curve" is left out:* **Plot XY** (`plot-xy`) would do it, but which of the values it takes as `y`'
    );
    expect(skills).toContain('plot-xy');
    const counts = ask('Bell state and plot the counts as a bar chart').markdown;
    expect(counts).toContain('is left out:* **Plot XY**');
    for (const question of ['VQE for H2, plot the convergence, export CSV', '1 kHz']) {
      expect(ask(question).markdown).not.toContain('left out');
    }
  });

  it.each([
    'Simulate an RC low-pass with 1k and 1u and plot the result',
    'Simulate an RC low-pass, then plot its outputs',
    'Bell state and plot the results',
    'simulate a voltage divider and plot the output'
  ])('names what plots the result of the steps: %s', question => {
    const { markdown, workflow } = ask(question);
    expect(markdown).toContain('*"plot" is left out:* **Plot XY** (`plot-xy`) would');
    expect(markdown).not.toContain('Export Results');
    expect(workflow).toHaveLength(1);
  });

  it('plots the result where it is known which', () => {
    expect(workflowOf('VQE for H2 and plot the results').join('\n')).toContain(
      'trace=vqe.convergence_trace'
    );
  });

  it.each(['How do I draw a Bode plot?', 'Bode plot', 'draw a Bode diagram'])(
    'takes the word that says more: %s',
    question => {
      const { skills, workflow } = ask(question);
      expect(skills[0]).toBe('circuit-rc-node');
      expect(workflow).toEqual([
        { id: 'node', skill: 'circuit-rc-node', inputs: { analysis: 'ac' } }
      ]);
    }
  );

  it.each([
    'How do I rename a planet?',
    'How do I restart the engine?',
    'How do I get more memory?',
    'How do I write a loop?',
    'How can I read a file?',
    'How do I log in?'
  ])('does not know how everything is done: %s', question => {
    const { markdown, skills, workflow } = ask(question);
    expect(markdown).toMatch(/^No skill of the library fits, and I do not know how/);
    expect(markdown).toContain('*Guide*, in the menu *Help*');
    expect([skills, workflow]).toEqual([[], null]);
  });

  it('has chips only for what the answer is about', () => {
    expect(ask('VQE for H2, plot the convergence, export CSV').skills).toEqual([
      ...['quantum-hamiltonian', 'plot-convergence', 'export-results', 'quantum-vqe']
    ]);
  });
});

describe('beside a learned skill', () => {
  const member = (id: string) => {
    const skill = find(id);
    return skill?.kind === 'executable' ? { skill, version: 'sha256:11' } : undefined;
  };
  const [pattern] = mine([100, 150, 120].map(n => vqeAndPlot(n)));
  const made = pattern
    ? toCompound(pattern, { find: member, taken: () => false, date: '2026-11-21' })
    : { refused: 'no pattern' };
  if ('refused' in made) {
    throw new Error(made.refused);
  }
  // As it is learned from runs whose Hamiltonian came from a cell of its own.
  const learned: IExecutableSkill = {
    ...made.skill,
    inputs: [
      { name: 'hamiltonian', type: 'object', required: true },
      ...made.skill.inputs
    ]
  };
  const skills = [...LIBRARY, learned];
  const beside = (question: string, given: readonly ISkill[] = skills) =>
    answerOffline({ question, skills: given, maxSkills: 5 });

  it('asks and answers as without it', () => {
    expect(learned.id).toBe('vqe-convergence');
    const more = [
      'Run VQE for H2 and export the energy as CSV',
      'ground state of H2 with VQE, plot the convergence'
    ];
    for (const question of [...QUESTIONS.map(([text]) => text), ...more]) {
      const [now, before] = [beside(question), ask(question)];
      expect(now.workflow).toEqual(before.workflow);
      expect(now.skills).toEqual(expect.arrayContaining([...before.skills]));
    }
    for (const question of more) {
      const steps = beside(question).workflow?.map(({ skill }) => skill);
      expect(steps).toEqual(
        expect.arrayContaining(['quantum-hamiltonian', 'quantum-vqe'])
      );
    }
  });

  it('says which steps it does in one call', () => {
    const { markdown, skills: chips } = beside(
      'VQE for H2, plot the convergence, export CSV'
    );
    expect(markdown).toContain('(`vqe-convergence`) does steps 2 and 3 in one call.');
    expect(chips).toContain('vqe-convergence');
  });

  it('takes it where it is named, with what it needs', () => {
    expect(beside('run vqe-convergence, then export CSV').workflow).toEqual([
      { id: 'hamiltonian', skill: 'quantum-hamiltonian', inputs: {} },
      {
        id: 'convergence',
        skill: 'vqe-convergence',
        inputs: { hamiltonian: { from: ['hamiltonian', 'hamiltonian'] } }
      },
      {
        id: 'results',
        skill: 'export-results',
        inputs: { data: { from: ['convergence', 'parameters'] }, format: 'csv' }
      }
    ]);
    expect(beside('inputs of vqe-convergence').skills).toEqual(['vqe-convergence']);
    expect(beside('inputs of the vqe').skills).toEqual(['quantum-vqe']);
    const study = { ...learned, id: 'h2-study', name: 'Study' };
    const { workflow } = beside('my study of h2', [...LIBRARY, study]);
    expect(workflow?.map(({ skill }) => skill)).toEqual([
      'quantum-hamiltonian',
      'h2-study'
    ]);
  });
});

describe('questions about a cell', () => {
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

  it('take a pasted error for one, whatever it says of inputs', () => {
    const error =
      'SkillInputError: Skill "plot-xy" has no input "yy". Did you mean "y"? Its inputs: x, y.';
    expect(about(`What is ${error}`, 'h').markdown).toContain(
      '`y=…` instead of `yy=…`'
    );
  });

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
    ['What is größe?', /^In this notebook `größe` is `1, 2` \(ndarray int64 \(2\)\)/],
    ['What type is größe?', /^In this notebook `größe` is `1, 2` \(ndarray int/],
    ['What is the shape of größe?', /^In this notebook `größe` is `1, 2`/],
    [
      'Where is größe defined?',
      /^`größe` is set by code cell 2 \(`größe = f\(1, 2\)`\)\. /
    ],
    [
      'Which cell sets größe?',
      /^`größe` is set by code cell 2 .* The cell `total` uses/
    ],
    ['What uses größe?', /^The cell `total` uses `größe`\. `größe` is set by .*\.$/],
    ['Which cells need `größe`?', /^The cell `total` uses `größe`\. [^\n]*$/],
    ['Where is größe used?', /^The cell `total` uses `größe`\. /],
    [
      'Which cells use h?',
      /^No other cell uses `h`\. `h` is set by code cell 1 \(`h = aw/
    ],
    [
      'What is h?',
      /`h` is of the type `Outputs`, with `a: float = 1; b: float = 2`\. /
    ],
    ['What is total?', /`total` is of the type `Outputs`, with `a: float`\. The cell/]
  ])(
    'tell what a variable is, where it is from and who uses it: %s',
    (question, told) => {
      const source = 'größe = f(1, 2)';
      const cells = [
        NOTEBOOK.cells[0],
        { id: 'g', type: 'code' as const, source },
        { id: 't', type: 'code' as const, source: 'total = sum(größe)' }
      ];
      const variables = [
        'h: Outputs { a: float = 1; b: float = 2 }',
        'größe: ndarray int64 (2) = 1, 2',
        'total: Outputs { a: float…'
      ];
      const { markdown } = answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells, variables }
      });
      expect(markdown).toMatch(told);
    }
  );

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
    ['How do I use 4 layers in the VQE?', /^Write `layers=4` in the call/],
    ['Can I use the ucc ansatz?', /^Write `ansatz="ucc"` in the call/],
    [
      'Where is the CSV file, and how do I open it?',
      /\n- `a.csv`, of the cell `x`; Python reads it with `pandas.read_csv\("a.csv"\)`\n/
    ],
    ['How do I open the exported file?', /\n- `a.csv`, of the cell `x`; Python/],
    ['How do I get the CSV?', /\n- `a.csv`, of the cell `x`; Python/],
    ['Where did my file go?', /\n- `a.csv`, of the cell `x`; Python/],
    ['Where is my PNG?', /^No cell of this notebook names a file of that kind\./],
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

  const scan = (question: string, variables: readonly string[]) =>
    answerOffline({
      ...{ question, skills: LIBRARY, maxSkills: 5 },
      notebook: {
        ...NOTEBOOK,
        cells: [
          ...NOTEBOOK.cells.slice(0, 2),
          {
            ...{ id: 's', type: 'code' },
            source:
              'import numpy as np\nlengths = [1, 2, 3]\nexact = [f(x) for x in lengths]'
          }
        ],
        variables
      }
    });
  const SCANNED = [
    'vqe: outputs { eigenvalue: float = -1.13; convergence_trace: ndarray float64 (64) = 1, 2, 3, … }',
    'lengths: list (3) = 1, 2, 3',
    'exact: list (3) = -1.1, -1.2, -1.1'
  ];

  it.each([
    'What are my results?',
    'Show me all results',
    'what did I get',
    'What came out of it?',
    'List the values of this notebook'
  ])('tell the values that there are, as they begin: %s', question => {
    const { markdown, skills, workflow } = scan(question, SCANNED);
    expect(markdown.split('\n\n')).toEqual([
      'The values of this notebook:',
      [
        '- `vqe`, of **VQE Optimizer**: `eigenvalue` is -1.13 Ha; `convergence_trace` (64) is 1, 2, 3, …; besides `parameters`, `exact`, `error`, `n_qubits` and `qasm`',
        '- `lengths`: `list (3) = 1, 2, 3`',
        '- `exact`: `list (3) = -1.1, -1.2, -1.1`'
      ].join('\n'),
      'The kernel does not tell of `h`: they are not set in it yet, or it is busy or did not answer.'
    ]);
    expect(skills).toEqual(['quantum-hamiltonian', 'quantum-vqe']);
    expect(workflow).toBeNull();
  });

  it.each([
    'How do I plot my results?',
    'plot the data',
    'Can you draw my values here?'
  ])('tell the calls that draw them: %s', question => {
    const { markdown, skills } = scan(question, SCANNED);
    const calls = [...markdown.matchAll(/```python\n(.*)\n```/g)].map(
      ([, code]) => code
    );
    expect(calls).toEqual([
      'convergence = await skill("plot-convergence")(trace=vqe.convergence_trace, reference=vqe.exact)',
      'xy = await skill("plot-xy")(x=lengths, y={"exact": exact})'
    ]);
    expect(skills).toEqual(['plot-convergence', 'plot-xy']);
    // What is not known to be numbers is not drawn.
    expect(scan(question, ["exact: list (3) = 'a', 'b', 'c'"]).skills).toEqual([
      'plot-convergence'
    ]);
  });

  const drawn = (
    question: string,
    state = 'done',
    cells: readonly IContextCell[] = []
  ) =>
    answerOffline({
      ...{ question, skills: LIBRARY, maxSkills: 5 },
      notebook: {
        ...NOTEBOOK,
        cells: [
          ...NOTEBOOK.cells,
          ...cells,
          {
            ...{
              id: 'p',
              type: 'code',
              source: 'curve = await skill("plot-xy")(y=e)',
              state
            },
            charts: [
              {
                ...{ x: 'bond length (Å)', y: 'energy (Ha)' },
                series: [
                  {
                    name: 'exact',
                    points: [
                      [0.5, -1.05],
                      [0.735, -1.1373061],
                      [1, -1.1]
                    ]
                  },
                  {
                    name: 'mean field',
                    points: [
                      [0.5, -1],
                      [0.735, -1.05],
                      [1, -1.06]
                    ]
                  }
                ]
              }
            ]
          }
        ]
      }
    });

  it.each([
    ['At which bond length is the energy lowest?', ['exact', 'mean field']],
    ['At what bond length is the exact energy the lowest?', ['exact']],
    ['For which bond length does exact reach its minimum?', ['exact']],
    ['Which bond length gives the lowest mean field energy?', ['mean field']],
    ['What bond length minimizes the energy', ['exact', 'mean field']],
    ['Where is the energy smallest?', ['exact', 'mean field']],
    ['Where is the minimum of the curve?', ['exact', 'mean field']],
    ['What is the minimum of the exact energy in this notebook?', ['exact']]
  ])('tell where a chart is lowest: %s', (question, names) => {
    const { markdown, workflow, skills } = drawn(question);
    const told = {
      exact:
        'In the chart of the cell `curve`, exact is lowest at bond length = 0.735 Å, with **-1.13731 Ha**. It is the lowest of 3 points.',
      'mean field':
        'In the chart of the cell `curve`, mean field is lowest at bond length = 1 Å, with **-1.06 Ha**. It is the lowest of 3 points. It is at the end of the range: beyond it may go on.'
    };
    expect(markdown.split('\n\n')).toEqual(
      names.map(name => told[name as keyof typeof told])
    );
    expect([workflow, skills]).toEqual([null, ['plot-xy']]);
  });

  it('tell what a chart is worth, or that there is none', () => {
    expect(drawn('At which bond length is exact highest?').markdown).toContain(
      'exact is highest at bond length = 0.5 Å, with **-1.05 Ha**'
    );
    const question = 'At which bond length is exact lowest?';
    expect(drawn(question, 'stale: Its source changed.').markdown).toMatch(
      /The cell is stale: \*Run stale\* first/
    );
    const layers = drawn('At which number of layers is the error lowest?');
    expect(layers.markdown).toMatch(
      /^No chart .* several values of `layers`\. \*Sweep an input…\* .*node `vqe` in/
    );
    expect(layers.skills).toEqual(['quantum-vqe']);
    expect(drawn('At which temperature is the pressure lowest?').markdown).not.toMatch(
      /chart of/
    );
    expect(drawn('What is the lowest energy of a spin chain?').markdown).not.toMatch(
      /In the chart/
    );
  });

  it.each(['What is the cutoff frequency?', "What's the cut-off of my filter?"])(
    'tell the cut-off of a filter of the notebook: %s',
    question => {
      const filter = (id: string, inputs: string): IContextCell => ({
        ...{ id, type: 'code' },
        source: `from llmos import skill\n${id} = await skill("circuit-rc-node")(${inputs})`
      });
      const parts = 'resistance="4k7", capacitance="100n"';
      const { markdown, skills } = drawn(question, 'done', [
        filter('step', parts),
        filter('wave', `${parts}, analysis="ac"`),
        filter('other', 'capacitance=1e-6'),
        filter('vague', 'resistance=r')
      ]);
      expect(markdown.split('\n\n')).toEqual([
        'The cut-off of **RC low-pass** is **338.6 Hz**: 1 / (2π · resistance · capacitance) with `resistance` = `"4k7"` and `capacitance` = `"100n"`, in the cells `step` and `wave`.',
        'The cut-off of **RC low-pass** is **159.2 Hz**: 1 / (2π · resistance · capacitance) with `resistance` = `"1k"` and `capacitance` = `1e-6`, in the cell `other`.',
        'The cut-off of **RC low-pass** is 1 / (2π · resistance · capacitance), of which the call has no plain numbers, in the cell `vague`.'
      ]);
      expect(skills).toEqual(['circuit-rc-node']);
      expect(drawn(question).workflow).toEqual(ask(question).workflow);
    }
  );

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

  it('do not deny an error of what failed', () => {
    const [, v] = NOTEBOOK.cells;
    const cells = [{ ...v, state: 'failed', error: 'OddError: 1' }];
    const { markdown } = answerOffline({
      ...{ question: 'What is vqe.error?', skills: LIBRARY, maxSkills: 5 },
      notebook: { ...NOTEBOOK, cells }
    });
    expect(markdown).not.toContain('has no output');
  });

  it('offer a skill whose id is near', () => {
    const { markdown, skills } = ask('inputs of quantum-vqx');
    expect(markdown).toMatch(
      /^There is no skill `quantum-vqx`\. Did you mean `quantum-vqe`\?\n\nThe inputs of/
    );
    expect(skills).toEqual(['quantum-vqe']);
    expect(ask('inputs of xyz-unheard').markdown).not.toContain('Did you mean');
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
    ['What can you do?', 'Without a model I answer from the library'],
    ['How do I share this notebook?', '*Share as a zip* and *Share as a link*'],
    ['Where do I share my work with others?', '*Share as a zip*'],
    ['How do I compare two runs?', '*Sweep an input…*'],
    ['How do I compare two results?', '*Compare with last commit*'],
    ['How do I stop a run?', '*Stop* in the toolbar'],
    ['How do I undo?', '*Undo turn*'],
    ['How do I save my work?', '*Commit*'],
    ['How do I keep a version of my work?', '*Commit*'],
    ['How do I save?', 'Ctrl+S'],
    ['How do I stop?', '*Stop* in the toolbar'],
    ['How do I write my own skill?', '*New skill…*'],
    ['How do I make a new skill from a cell?', '*Save cell as skill…*'],
    ['How do I connect two nodes?', 'drag from an output'],
    ['How do I change an input?', 'in the form above the cell'],
    ['How to sweep a parameter', '*Sweep an input…*'],
    ['How do I sweep?', '*Sweep an input…*'],
    ['How do I run it for several values, please?', '*Sweep an input…*'],
    ['How do I run a sweep?', '*Sweep an input…*'],
    ['How do I sweep over several values?', '*Sweep an input…*'],
    ['How can I export my notebook as PDF?', '*Export workflow…*'],
    ['Can I upload data?', 'file browser'],
    ['How do I upload my own data?', 'file browser'],
    ['How do I back up my work?', '*Back up everything*'],
    ['How do I restore a backup?', '*Restore a backup…*'],
    ['How do I install a package?', '`%pip install NAME.whl`'],
    ['Can I install scikit-learn?', '`%pip list`'],
    ['How do I change the theme?', '*Theme*, in the menu *Settings*'],
    ['How do I turn on dark mode?', '*Theme*, in the menu *Settings*'],
    ['How do I change the number of iterations?', 'in the form above the cell'],
    ['How do I add a cell?', '*+* in the toolbar'],
    ['How do I delete a session?', '*Delete session…*'],
    ['How do I run this on a cluster?', '`python -m llmos run NAME.ipynb'],
    ['How do I commit?', '*Commit*'],
    ['How do I make a commit of my work?', '*Commit* in the toolbar'],
    ['How do I run a parameter sweep?', '*Sweep an input…*'],
    ['How can I do a parameter scan over a range?', '*Sweep an input…*'],
    ['How do I connect to GitHub?', '*Connect to GitHub…*'],
    ['Can I push my notebook to GitHub?', '*Connect to GitHub…*'],
    ['How do I connect to GitLab?', '*Connect to a Git server…*'],
    ['How do I push to my own Git server?', '*Connect to a Git server…*'],
    ['How do I push?', '*Push* and *Pull*'],
    ['How do I merge a branch?', '*Merge … into main…*'],
    ['How do I make a new branch?', '*Keep as branch…*'],
    ['How do I undo a deleted cell?', 'Ctrl+Z in the graph'],
    ['Can I undo a deleted node in the graph?', 'Ctrl+Z in the graph'],
    ['How do I see the history?', '*History* at a session'],
    ['Where can I find older versions of my notebook?', '*History* at a session'],
    ["How do I go back to yesterday's version?", '*Restore session…*'],
    ['How do I get back to an earlier version?', '*Restore session…*'],
    ['Restore an older version', '*Restore session…*'],
    ['I want to restore the last commit, please', '*Restore session…*'],
    ['How do I rename a notebook?', '*Rename Notebook…*'],
    ['How do I rename a variable?', '*Rename variable…*'],
    ['Rename this session', '*Rename session…*'],
    ['How do I promote a skill?', '*Promote…*'],
    ['How do I share my skill with my team?', '*Promote…*'],
    ['How do I invite a colleague to my team?', '*Teams*'],
    ['How do we work together?', '*Teams*'],
    ['How do I enter my API key?', '*Model and key*'],
    ['What keyboard shortcuts are there?', '*Keyboard map*'],
    ['What shortcuts are there?', '*Keyboard map*'],
    ['keyboard shortcuts', '*Keyboard map*'],
    ['How do I publish my skill?', '*Promote…*'],
    ['How do I see what has changed?', '*Compare with last commit*'],
    ['How do I run all cells?', '*Run all by the graph*'],
    ['How do I run the whole notebook?', '*Run all by the graph*'],
    ['How do I restart the kernel?', '*Restart Kernel…*'],
    ['How do I open the graph?', '*Graph of the notebook*'],
    ['show the keyboard shortcuts', '*Keyboard map*'],
    ['How do I see all shortcuts?', '*Keyboard map*'],
    ['Does it work offline?', '*Keep for use without a network*'],
    ['Can I use this without internet?', '*Keep for use without a network*'],
    ['Is my data sent anywhere?', 'Nothing is sent but'],
    ['Where are my files stored?', '*File › Storage…*']
  ])('tell of the whole and of how things are done: %s', (question, told) => {
    const [h, v, e] = NOTEBOOK.cells;
    const { markdown, workflow } = answerOffline({
      ...{ question, skills: LIBRARY, maxSkills: 5 },
      notebook: {
        ...NOTEBOOK,
        cells: [
          { ...h, took: { ms: 40, text: '40 ms' } },
          { ...v, took: { ms: 3200, text: '3.2 s' } },
          e
        ],
        variables: ['vqe: Outputs { error: float = 0.1 }', 'h: Outputs']
      }
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

  it('lists some of many skills, with nothing that their names could mark up', () => {
    const [any] = LIBRARY;
    const skills = Array.from({ length: 50 }, (_, at): ISkill[] =>
      any ? [{ ...any, id: `s${at}`, name: `A *b* [${at}](c)` }] : []
    ).flat();
    const question = 'Which skills are there?';
    const { markdown } = answerOffline({ question, skills, maxSkills: 5 });
    expect(markdown).toContain('- **A \\*b\\* \\[0\\](c)** (`s0`)');
    expect(markdown).toContain('\n\nAnd 10 more.');
  });

  it('tell which variables the kernel was not asked for', () => {
    const source =
      'import math\nif x:\n    def größe(): pass\nclass C: pass\nx, y, z = 1, 2, 3';
    const notebook = {
      ...NOTEBOOK,
      ...{ cells: [{ id: 'a', type: 'code' as const, source }] },
      ...{ variables: ['x: int = 1'], unasked: ['z'] }
    };
    const tell = (question: string) =>
      answerOffline({ question, skills: [], maxSkills: 5, notebook });
    const { markdown, variables } = tell('Which variables are there?');
    expect(variables).toEqual(['x', 'y', 'z']);
    expect(markdown).toMatch(/- `x`: int\n- `y`: not known: its cell has not run/);
    expect(markdown).toContain('The kernel was not asked for `z`');
    expect(markdown).not.toMatch(/math|größe|`C`/);
    expect(tell('What is the value of z?').markdown).toContain('more variables than');
    // Only what is told needs to be asked for.
    expect(tell('What is the value of x?').variables).toEqual(['x']);
    expect(tell('help').variables).toEqual([]);
  });

  it.each([
    'What does cell 2 do?',
    'How long did cell 2 take?',
    'What does the error of cell 2 mean?',
    'Fix this'
  ])('are of a notebook: %s', question => {
    expect(ask(question).markdown).toContain('No notebook is open');
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

  it('tell a variable of plain code, with what sets it', () => {
    const cells = [
      ...NOTEBOOK.cells.slice(0, 2),
      { id: 't', type: 'code' as const, source: 'error = abs(vqe.eigenvalue + 1)' }
    ];
    const tell = (question: string, variables = ['error: float = 0.1']) =>
      answerOffline({
        ...{ question, skills: [], maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells, variables }
      }).markdown;
    for (const question of ['What is the value of error?', 'What is the error?']) {
      expect(tell(question)).toMatch(
        /^In this notebook `error` is `0.1` \(float\)\. .*\n\nIt is plain Python\./
      );
    }
    expect(tell('How large is `error` now?', [])).toContain('is not known');
    expect(tell('What is the value of nothing?')).not.toContain('In this notebook');
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
