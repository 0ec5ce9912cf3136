import { answerOffline } from '../../../src/assistant/offline/answer';
import type { IContextCell } from '../../../src/assistant/context';
import { LIBRARY } from '../library';
import { ask, NOTEBOOK } from './fixtures';

describe('questions about results', () => {
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

  it('tell the values also where a call gave one of them such a name', () => {
    const tell = (source: string) =>
      answerOffline({
        ...{ question: 'What are my results?', skills: LIBRARY, maxSkills: 5 },
        notebook: {
          ...NOTEBOOK,
          cells: [...NOTEBOOK.cells, { id: 'r', type: 'code', source }],
          variables: [
            ...SCANNED.slice(0, 1),
            "results: outputs { filename: str (5) = 'a.csv' }"
          ]
        }
      }).markdown;
    const told = tell('results = await skill("export-results")(data=vqe.error)');
    expect(told).toMatch(/^The values .*\n\n- `vqe`, .*\n- `results`, of \*\*Exp/);
    expect(tell('results = [1, 2]')).not.toContain('The values of this notebook');
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
});
