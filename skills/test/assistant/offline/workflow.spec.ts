import { find } from '../library';
import { ALONE, QUESTIONS } from '../questions';
import { ask, workflowOf } from './fixtures';

describe('workflows for a question', () => {
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

  it('says which values of the question set no input', () => {
    const { markdown, workflow } = ask('voltage divider from 12 V to 3.3 V with 10k');
    expect(workflow?.[0]?.inputs).toEqual({ vin: 12 });
    expect(markdown).toContain(
      '3.3 V was not used: no input is left for it. 10k is the default of `r1`, `r2`.'
    );
    expect(ask('voltage divider with 2 kΩ').markdown).toContain(
      '2 kΩ was not used: it may be meant for `r1`, `r2`, `rload`.'
    );
    expect(ask('draw a blue torus on a plane').markdown).toContain(
      'The call makes one choice of `shape`: *plane* needs a call of its own. *blue* was not used: **Material** (`threejs-material`) takes a colour.'
    );
    expect(ask('export csv and json').markdown).toContain(
      'The call makes one choice of `format`: *csv* needs a call of its own.'
    );
    // "Torus knot" is no torus, and the whole chain paints it.
    for (const question of ['a torus knot', 'a red torus, painted, in a scene']) {
      expect(ask(question).markdown).not.toMatch(/needs a call|not used/);
    }
    for (const question of ['1 kHz low-pass', 'vqe with 200 iterations', 'a sphere']) {
      expect(ask(question).markdown).not.toContain('not used');
    }
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

  it('has chips only for what the answer is about', () => {
    expect(ask('VQE for H2, plot the convergence, export CSV').skills).toEqual([
      ...['quantum-hamiltonian', 'plot-convergence', 'export-results', 'quantum-vqe']
    ]);
  });
});
