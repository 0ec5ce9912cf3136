import { planChange } from '../../src/assistant/changes';
import { planWorkflow } from '../../src/assistant/plan';
import type { IPlanStep } from '../../src/assistant/planSteps';
import type { IEditContext, INotebookCell } from '../../src';
import { find } from './library';

let count = 0;
const newId = (): string => `n${count++}`;

function notebook(...sources: readonly string[]): IEditContext {
  const cells = sources.map((source, index): INotebookCell => ({
    ...{ id: `c${index}`, type: 'code', source, metadata: {} }
  }));
  return { cells, find };
}

const sources = ({ cells }: { readonly cells: readonly INotebookCell[] }): string[] =>
  cells.map(({ source }) => source);

function built(context: IEditContext, steps: readonly IPlanStep[]): string[] {
  const plan = planWorkflow(context, steps, newId);
  if (!plan.ok) {
    throw new Error(plan.problems.join('\n'));
  }
  return sources(plan);
}

function problems(steps: readonly IPlanStep[]): readonly string[] {
  const plan = planWorkflow(notebook(), steps, newId);
  return plan.ok ? [] : plan.problems;
}

const H2: readonly IPlanStep[] = [
  {
    id: 'curve',
    skill: 'plot-convergence',
    inputs: { trace: { from: ['vqe', 'convergence_trace'] } }
  },
  {
    id: 'vqe',
    skill: 'quantum-vqe',
    inputs: { hamiltonian: { from: ['h2', 'hamiltonian'] }, iterations: 60 }
  },
  { id: 'h2', skill: 'quantum-hamiltonian' },
  {
    id: 'file',
    skill: 'export-results',
    inputs: { data: { from: ['vqe', 'convergence_trace'] }, filename: 'vqe' }
  },
  { id: 'say', code: 'vqe.eigenvalue' }
];

describe('a workflow that is built', () => {
  it('has its steps in order, connected, under their own names', () => {
    expect(built(notebook(), H2)).toEqual([
      'from llmos import skill',
      'h2 = await skill("quantum-hamiltonian")()',
      'vqe = await skill("quantum-vqe")(iterations=60, hamiltonian=h2.hamiltonian)',
      'curve = await skill("plot-convergence")(trace=vqe.convergence_trace)',
      'file = await skill("export-results")(filename="vqe", data=vqe.convergence_trace)',
      'vqe.eigenvalue'
    ]);
  });

  it('takes from cells that are there, and lists of outputs', () => {
    const there = notebook(
      'from llmos import skill',
      'cube = await skill("threejs-cube")()'
    );
    const steps = [
      {
        id: 'show',
        skill: 'threejs-scene',
        inputs: { meshes: [{ from: ['c1', 'mesh'] as const }] }
      }
    ];
    expect(built(there, steps)[2]).toBe(
      'show = await skill("threejs-scene")(meshes=[cube.mesh])'
    );
  });

  it('leaves names alone that are taken', () => {
    const steps = [{ id: 'x', skill: 'threejs-cube' }];
    expect(built(notebook('x = 1'), steps).at(-1)).toBe(
      'cube = await skill("threejs-cube")()'
    );
  });

  it.each<[string, readonly IPlanStep[], string]>([
    ['an unknown skill', [{ id: 'a', skill: 'nope' }], 'not in the library'],
    ['a skill without code', [{ id: 'a', skill: 'python-coding' }], 'has no code'],
    [
      'an unknown input',
      [{ id: 'a', skill: 'threejs-cube', inputs: { sise: 1 } }],
      'no input "sise"'
    ],
    [
      'a wrong value',
      [{ id: 'a', skill: 'threejs-cube', inputs: { size: 'big' } }],
      'size'
    ],
    [
      'a missing input',
      [{ id: 'a', skill: 'quantum-vqe' }],
      '"hamiltonian" (object) is missing'
    ],
    [
      'an unknown step',
      [
        { id: 'a', skill: 'quantum-vqe', inputs: { hamiltonian: { from: ['b', 'x'] } } }
      ],
      'no step and no cell'
    ],
    [
      'a circle',
      [
        {
          id: 'a',
          skill: 'quantum-vqe',
          inputs: { hamiltonian: { from: ['b', 'x'] } }
        },
        { id: 'b', skill: 'quantum-vqe', inputs: { hamiltonian: { from: ['a', 'x'] } } }
      ],
      'circle'
    ],
    [
      'types that do not fit',
      [
        { id: 'a', skill: 'threejs-cube' },
        {
          id: 'b',
          skill: 'plot-convergence',
          inputs: { trace: { from: ['a', 'volume'] } }
        }
      ],
      'input "trace"'
    ],
    [
      'an unknown output',
      [
        { id: 'a', skill: 'threejs-cube' },
        {
          id: 'b',
          skill: 'threejs-scene',
          inputs: { meshes: [{ from: ['a', 'meshh'] }] }
        }
      ],
      'no output "meshh"'
    ],
    ['neither skill nor code', [{ id: 'a' }], 'either "skill" or "code"']
  ])('is refused for %s', (_name, steps, words) => {
    expect(problems(steps).join('\n')).toContain(words);
  });
});

describe('a change by a tool', () => {
  const tools = { newId, versionOf: () => undefined };
  const context = notebook('x = 1', 'y = x');

  it('inserts below a cell, edits, connects', () => {
    const added = planChange(
      context,
      'insert_cells',
      { cells: [{ type: 'markdown', source: '# Hi' }], after: 'c0' },
      tools
    );
    expect(added.ok && sources(added)).toEqual(['x = 1', '# Hi', 'y = x']);
    const edited = planChange(
      context,
      'edit_cell',
      { cell: 'c1', source: 'y = 2' },
      tools
    );
    expect(edited.ok && sources(edited)).toEqual(['x = 1', 'y = 2']);
    const cells = notebook(
      'h = await skill("quantum-hamiltonian")()',
      'v = await skill("quantum-vqe")()'
    );
    const link = { from: 'c0', output: 'hamiltonian', to: 'c1', input: 'hamiltonian' };
    const linked = planChange(cells, 'connect', link, tools);
    expect(linked.ok && sources(linked)[1]).toContain('hamiltonian=h.hamiltonian');
  });

  it('is refused where the cell is not known, or may not be changed', () => {
    const source = { source: 'z' };
    const lost = planChange(context, 'edit_cell', { cell: 'q', ...source }, tools);
    expect(lost).toMatchObject({ ok: false, code: 'unknown-cell' });
    const locked = {
      ...context,
      cells: context.cells.map(cell => ({ ...cell, metadata: { editable: false } }))
    };
    const kept = planChange(locked, 'edit_cell', { cell: 'c0', ...source }, tools);
    expect(kept).toMatchObject({ ok: false, code: 'read-only' });
    const all = planChange(
      { ...context, isReadOnly: true },
      'insert_cells',
      { cells: [{ type: 'code', source: 'z' }] },
      tools
    );
    expect(all).toMatchObject({ ok: false, code: 'read-only' });
  });
});
