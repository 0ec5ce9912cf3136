/** What a new skill begins as. */
import { formatSkill } from './format';
import type { ISkillBase, SkillType } from './skill';

/** What a new skill may be: of a runtime, or a guide for the assistant. */
export type NewSkillKind = SkillType | 'context';

const PYTHON = `def execute(inputs):
    x = inputs["x"]
    return {"y": 2 * x}
`;

const CODE: Readonly<Record<SkillType, string>> = {
  'python-wasm': PYTHON,
  qiskit: `from qiskit import QuantumCircuit
from qiskit.quantum_info import Statevector


def execute(inputs):
    circuit = QuantumCircuit(1)
    circuit.ry(inputs["x"], 0)
    return {"y": float(Statevector(circuit).probabilities()[1])}
`,
  javascript: `function execute(inputs) {
  return { y: 2 * inputs.x };
}
`,
  threejs: `const geometry = new THREE.BoxGeometry(inputs.x, inputs.x, inputs.x);
const material = new THREE.MeshStandardMaterial({ color: 0x4f8cff });
scene.add(new THREE.Mesh(geometry, material));
scene.add(new THREE.HemisphereLight(0xffffff, 0x444444, 3));
camera.position.set(2, 2, 3);
camera.lookAt(0, 0, 0);
`,
  ngspice: `Divider
v1 in 0 {x}
r1 in out 1k
r2 out 0 1k
.op
.end
`
};

/** The text of a new skill that runs as it is, so that there is something to change. */
export function newSkillText(id: string, name: string, kind: NewSkillKind): string {
  const base: ISkillBase = {
    id,
    name,
    description: 'Says in one sentence what it does and when to use it.',
    category: 'general',
    keywords: [],
    aliases: [],
    body: '\nWhat it does, when to use it, and an example call.\n'
  };
  if (kind === 'context') {
    const body = '\n## When to use\n\n## Approach\n';
    return formatSkill({ ...base, kind: 'context', body });
  }
  return formatSkill({
    ...base,
    kind: 'executable',
    type: kind,
    mode: 'browser-wasm',
    pure: true,
    inputs: [{ name: 'x', type: 'number', default: 1 }],
    outputs: OUTPUTS[kind],
    code: CODE[kind],
    codeLine: 1
  });
}

const Y = [{ name: 'y', type: 'number' }] as const;
const OUTPUTS = {
  'python-wasm': Y,
  qiskit: Y,
  javascript: Y,
  threejs: [{ name: 'scene', type: 'scene' }],
  ngspice: [
    { name: 'vectors', type: 'object' },
    { name: 'circuit', type: 'circuit' }
  ]
} as const;
