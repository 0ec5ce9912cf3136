import { answerOffline } from '../../../src/assistant/offline/answer';
import { LIBRARY } from '../library';
import { NOTEBOOK } from './fixtures';

describe('questions about variables', () => {
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

  it('tell what depends on a variable, near and far', () => {
    const cells = ['x = 1', 'y = x', 'z = y', 'w = z + y', 'v = 2'].map(source => ({
      ...{ id: source, type: 'code' as const, source }
    }));
    const tell = (question: string) =>
      answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: { ...NOTEBOOK, cells }
      }).markdown;
    expect(tell('What depends on x?')).toMatch(
      /^The cell `y` uses `x`\. By what they give, `z` and `w` depend on it too\. /
    );
    expect(tell('What depends on z?')).toMatch(/^The cell `w` uses `z`\. `z` is set/);
    expect(tell('What uses x?')).not.toContain('too');
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
});

describe('a value that is to be saved or drawn', () => {
  const SOURCES = [
    'import pandas as pd\ndf = pd.read_csv("a.csv")\nxs = [1, 2]\nys = [3, 4]',
    'vqe = await skill("quantum-vqe")(hamiltonian=h)',
    'xy = await skill("plot-xy")(y=ys)'
  ];
  const tell = (question: string): string =>
    answerOffline({
      ...{ question, skills: LIBRARY, maxSkills: 5 },
      notebook: {
        ...NOTEBOOK,
        cells: SOURCES.map((source, at) => ({ id: `c${at}`, type: 'code', source })),
        variables: ['df: DataFrame (2, 2)']
      }
    }).markdown;

  it.each([
    [
      'export df as csv',
      'results',
      'export-results',
      'data=df, filename="df", format="csv"'
    ],
    [
      'How do I save my list xs?',
      'results',
      'export-results',
      'data=xs, filename="xs"'
    ],
    [
      'save vqe as json',
      'results',
      'export-results',
      'data=vqe.convergence_trace, filename="vqe", format="json"'
    ],
    [
      'download xy as png',
      'results',
      'export-results',
      'plot_image=xy.plot_image, filename="xy", format="png"'
    ],
    ['plot ys against xs', 'xy_2', 'plot-xy', 'x=xs, y=ys'],
    ['plot df', 'xy_2', 'plot-xy', 'y=df.select_dtypes("number").to_dict("list")']
  ])('is handed on: %s', (question, target, skill, inputs) => {
    expect(tell(question)).toContain(
      `\n\`\`\`python\n${target} = await skill("${skill}")(${inputs})\n\`\`\``
    );
  });

  it.each(['export pd as csv', 'export nothing as csv', 'save df as png', 'plot vqe'])(
    'is left to the skills where it cannot be: %s',
    question => {
      expect(tell(question)).not.toMatch(/\((?:data|y)=(?:pd|nothing|df|vqe)\b/);
    }
  );
});
