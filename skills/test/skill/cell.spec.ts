import {
  parseSkill,
  targetName,
  toCell,
  type IExecutableSkill,
  type IPort
} from '../../src/index';

function skillWith(inputs: readonly IPort[], id = 'quantum-vqe'): IExecutableSkill {
  return {
    kind: 'executable',
    id,
    name: 'Test',
    description: 'A test.',
    category: 'test',
    keywords: [],
    aliases: [],
    body: '',
    type: 'python-wasm',
    mode: 'browser-wasm',
    pure: true,
    inputs,
    outputs: [],
    code: '',
    codeLine: 1
  };
}

const PORTS: readonly IPort[] = [
  { name: 'hamiltonian', type: 'object', required: true },
  { name: 'iterations', type: 'integer', default: 100 },
  { name: 'label', type: 'string' }
];

describe('toCell', () => {
  it('leaves defaults out and shows what must be given by its own name', () => {
    expect(toCell(skillWith(PORTS))).toBe(
      'vqe = await skill("quantum-vqe")(hamiltonian=hamiltonian)'
    );
  });

  it('takes values and expressions, and drops a value that is the default', () => {
    const cell = toCell(skillWith(PORTS), 'v', {
      hamiltonian: { source: 'h.hamiltonian' },
      iterations: { value: 100 },
      label: { value: 'a "b"' }
    });
    expect(cell).toBe(
      'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, label="a \\"b\\"")'
    );
  });

  it('writes one argument a line when the call gets long', () => {
    const cell = toCell(skillWith(PORTS), 'v', {
      hamiltonian: { value: { terms: [['ZZIIZZIIZZIIZZ', 0.25]] } },
      label: { value: 'x'.repeat(30) }
    });
    expect(cell).toBe(
      'v = await skill("quantum-vqe")(\n' +
        '    hamiltonian={"terms": [["ZZIIZZIIZZIIZZ", 0.25]]},\n' +
        `    label="${'x'.repeat(30)}",\n)`
    );
  });

  it('calls without a target when asked to', () => {
    expect(toCell(skillWith([]), null)).toBe('await skill("quantum-vqe")()');
  });

  it('calls a context skill without inputs', () => {
    const { skill } = parseSkill(
      '---\nname: N\ndescription: D.\n---\n',
      'some-note.md'
    );
    expect(skill && toCell(skill)).toBe('note = await skill("some-note")()');
  });
});

describe('targetName', () => {
  it.each([
    ['quantum-vqe', [], 'vqe'],
    ['quantum-vqe', ['vqe'], 'vqe_2'],
    ['quantum-vqe', ['vqe', 'vqe_2'], 'vqe_3'],
    ['make-list', [], 'make_list'],
    ['lambda', [], 'skill_lambda'],
    ['3d-4d', [], 'skill_3d_4d'],
    ['plot-2', [], 'plot_2']
  ])('calls the result of %s beside %j %s', (id, taken, name) => {
    expect(targetName(id, taken)).toBe(name);
  });
});
