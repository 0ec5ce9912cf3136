import fc from 'fast-check';
import {
  formatWorkflow,
  fromWorkflow,
  parseWorkflow,
  toScript,
  toWorkflow,
  type INotebookCell,
  type IWorkflow,
  type JsonValue
} from '../../../src';
import { find, graphOf, ids, notebook, sourcesOf } from '../change/notebook';

const H = 'h = await skill("quantum-hamiltonian")(bond_length=0.8)';
const VQE =
  'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, iterations=50)';
const CHAIN = [
  '# H2\nFrom first principles.',
  'from llmos import skill',
  H,
  '# second',
  VQE,
  'lengths = [1, 2]\nprint(vqe.eigenvalue)',
  'plot = await skill("plot-xy")(\n    x=lengths,  # Å\n    y=vqe["convergence_trace"][:2],\n)'
];

const reopened = (workflow: IWorkflow): readonly INotebookCell[] =>
  fromWorkflow(workflow, find, ids());

describe('a notebook as a workflow', () => {
  it('has skill nodes with inputs, code nodes with what they use, and notes', () => {
    const workflow = toWorkflow('chain', notebook(...CHAIN));
    expect(workflow).toMatchObject({
      ...{ v: 1, name: 'chain' },
      nodes: [
        {
          id: 'h',
          skill: 'quantum-hamiltonian',
          inputs: { bond_length: { value: 0.8 } }
        },
        {
          ...{ id: 'vqe', skill: 'quantum-vqe', position: [280, 0], placed: false },
          inputs: {
            hamiltonian: { from: ['h', 'hamiltonian'] },
            iterations: { value: 50 }
          }
        },
        { id: 'lengths', code: CHAIN[5], inputs: { vqe: { from: ['vqe', 'vqe'] } } },
        {
          ...{ id: 'plot', skill: 'plot-xy', source: CHAIN[6] },
          inputs: {
            x: { from: ['lengths', 'lengths'] },
            y: { expression: 'vqe["convergence_trace"][:2]' }
          }
        }
      ],
      notes: [
        { text: CHAIN[0], before: 'h' },
        { text: '# second', before: 'vqe' }
      ]
    });
  });

  it('comes back with the same cells, byte for byte', () => {
    const text = formatWorkflow(toWorkflow('chain', notebook(...CHAIN)));
    const { workflow, problems } = parseWorkflow(text, find);
    expect(problems).toEqual([]);
    const cells = workflow ? reopened(workflow) : [];
    expect(sourcesOf({ cells })).toEqual([CHAIN[0], ...CHAIN.slice(1)]);
    expect(cells[2]?.metadata).toEqual({
      llmos: { v: 1, skill: 'quantum-hamiltonian' }
    });
  });

  it('keeps places that a person chose, and leaves the others to the layout', () => {
    const { cells } = notebook(H, 'x = 1', VQE);
    const marks: readonly JsonValue[] = [
      { v: 1, position: [7, 8.5] },
      { v: 1, position: [9, 0], loose: true }
    ];
    const placed = cells.map((cell, index) => {
      const llmos = marks[index];
      return llmos === undefined ? cell : { ...cell, metadata: { llmos } };
    });
    const back = reopened(toWorkflow('x', { cells: placed, find }));
    expect(back.map(cell => cell.metadata['llmos'])).toEqual([
      undefined,
      { v: 1, skill: 'quantum-hamiltonian', position: [7, 8.5] },
      { v: 1, position: [9, 0], loose: true },
      { v: 1, skill: 'quantum-vqe' }
    ]);
  });

  it('trusts the inputs more than a text that does not fit them', () => {
    const workflow = toWorkflow('chain', notebook(...CHAIN));
    const nodes = workflow.nodes.map(node =>
      node.id === 'plot'
        ? { ...node, inputs: { ...node.inputs, kind: { value: 'bar' } } }
        : node
    );
    expect(sourcesOf({ cells: reopened({ ...workflow, nodes }) })[6]).toBe(
      'plot = await skill("plot-xy")(y=vqe["convergence_trace"][:2], x=lengths, kind="bar")'
    );
  });

  it('shows no code beside a call that the file keeps as its text', () => {
    const call = 'h = await skill("quantum-hamiltonian")()';
    const node = { id: 'h', skill: 'quantum-hamiltonian', inputs: {} };
    const { workflow } = parseWorkflow(
      JSON.stringify({
        ...{ v: 1, name: 'w' },
        nodes: [{ ...node, source: `import os; os.system("x")\n${call}` }]
      })
    );
    const cells = workflow ? reopened(workflow) : [];
    expect(sourcesOf({ cells })).toEqual(['from llmos import skill', call]);
  });

  it('exports Markdown as comments to the end, whatever ends its lines', () => {
    const cell = {
      id: 'a',
      type: 'markdown',
      source: 'a\rimport os',
      metadata: {}
    } as const;
    expect(toScript('w', [cell]).text).toContain('# a\n# import os\n');
  });

  it.each([
    ['x = 1\nx + 1  # more', 'x = 1\n_show(x + 1)  # more'],
    ['a, *b', '_show((a, *b))'],
    ['h.energy;', 'h.energy;'],
    ['print(h)', 'print(h)'],
    ['await f(1)', '_show(_wait(f(1)))'],
    [VQE, `${VQE.replace('await ', '_wait(')})\n_show(vqe)`],
    [`${H};`, `${H.replace('await ', '_wait(')});`],
    ['  x = 1\n  x', 'if True:\n  x = 1\n  _show(x)'],
    ['x = 1\nif x:\n    x', 'x = 1\nif x:\n    x']
  ])('shows in a script what a notebook shows below %j', (source, script) => {
    const cell = { id: 'a', type: 'code', source, metadata: {} } as const;
    const { text } = toScript('w', [cell]);
    expect(text.slice(text.indexOf('# %%'))).toBe(`# %%\n${script}\n`);
  });

  it('says in the first line of a script what it needs', () => {
    const [first] = toScript('H2  VQE', []).text.split('\n');
    expect(first).toBe(
      '# H2 VQE, exported from LLMos Lab. It needs Python with the package llmos[native].'
    );
  });

  it('puts nodes below what they take from, whatever their order in the file', () => {
    const { workflow } = parseWorkflow(
      '{"v":1,"name":"x","nodes":[{"id":"b","skill":"quantum-vqe","inputs":{"hamiltonian":{"from":["a","hamiltonian"]}}},{"id":"a","skill":"quantum-hamiltonian","inputs":{}}]}'
    );
    const cells = workflow ? reopened(workflow) : [];
    expect(sourcesOf({ cells })).toEqual([
      'from llmos import skill',
      'a = await skill("quantum-hamiltonian")()',
      'b = await skill("quantum-vqe")(hamiltonian=a.hamiltonian)'
    ]);
    expect(graphOf({ cells }).edges.some(edge => edge.late)).toBe(false);
  });

  it('orders thousands of nodes that stand in reverse, and refuses more', () => {
    const chain = (length: number) =>
      parseWorkflow(
        JSON.stringify({
          ...{ v: 1, name: 'w' },
          nodes: Array.from({ length }, (_, index) => ({
            ...{ id: `n${index}`, code: `n${index} = 0` },
            inputs: index < length - 1 ? { x: { from: [`n${index + 1}`, 'x'] } } : {}
          }))
        })
      );
    const { workflow } = chain(5000);
    expect(workflow && reopened(workflow)[0]?.source).toBe('n4999 = 0');
    expect(chain(5001).problems).toMatchObject([{ place: 'nodes' }]);
  });

  it('gives nodes whose ids are no names the variables that added skills get', () => {
    const node = (id: string) =>
      `{"id":"${id}","skill":"quantum-hamiltonian","inputs":{}}`;
    const use =
      '{"id":"3","skill":"quantum-vqe","inputs":{"hamiltonian":{"from":["2","hamiltonian"]}}}';
    const { workflow } = parseWorkflow(
      `{"v":1,"name":"x","nodes":[${node('1')},${node('2')},${use},{"id":"c","code":"vqe = 1","inputs":{}}]}`
    );
    expect(sourcesOf({ cells: workflow ? reopened(workflow) : [] })).toEqual([
      'from llmos import skill',
      'hamiltonian = await skill("quantum-hamiltonian")()',
      'hamiltonian_2 = await skill("quantum-hamiltonian")()',
      'vqe_2 = await skill("quantum-vqe")(hamiltonian=hamiltonian_2.hamiltonian)',
      'vqe = 1'
    ]);
  });

  it('keeps a call of a skill that is missing', () => {
    const text = formatWorkflow(
      toWorkflow('x', notebook('g = await skill("gone")(a=1, b="x")'))
    );
    const { workflow, problems } = parseWorkflow(text, find);
    expect(problems).toEqual([
      {
        severity: 'warning',
        place: 'nodes[0].skill',
        expected: 'a skill of the library',
        found: '"gone", which no volume has; the cell stays and cannot run',
        message:
          'nodes[0].skill: expected a skill of the library, found "gone", which no volume has; the cell stays and cannot run.'
      }
    ]);
    expect(sourcesOf({ cells: workflow ? reopened(workflow) : [] })[1]).toBe(
      'g = await skill("gone")(a=1, b="x")'
    );
  });
});

describe('parseWorkflow', () => {
  const withNode = (node: unknown): string =>
    JSON.stringify({ v: 1, name: 'x', nodes: [{ id: 'a', code: 'a = 1' }, node] });

  it.each([
    ['{', 'the file', 'JSON'],
    ['[]', 'the file', 'an object with v, name and nodes'],
    ['{"v":2,"name":"x","nodes":[]}', 'v', '1; a newer LLMos Lab wrote this file'],
    ['{"v":"1","name":"x","nodes":[]}', 'v', '1'],
    ['{"v":1,"name":" ","nodes":[]}', 'name', 'a name'],
    ['{"v":1,"name":"x"}', 'nodes', 'a list'],
    ['{"v":1,"name":"x","nodes":[],"notes":3}', 'notes', 'a list'],
    ['{"v":1,"name":"x","nodes":[],"notes":[{}]}', 'notes[0].text', 'a text'],
    [
      '{"v":1,"name":"x","nodes":[],"notes":[{"text":"","before":"q"}]}',
      'notes[0].before',
      'the id of a node, or null'
    ],
    [withNode(3), 'nodes[1]', 'an object with id and skill or code'],
    [withNode({ code: '' }), 'nodes[1].id', 'a text'],
    [withNode({ id: 'a', code: '' }), 'nodes[1].id', 'an id of its own'],
    [withNode({ id: 'b' }), 'nodes[1].skill', 'the id of a skill, such as quantum-vqe'],
    [
      withNode({ id: 'b', skill: 'A B' }),
      'nodes[1].skill',
      'the id of a skill, such as quantum-vqe'
    ],
    [withNode({ id: 'b', skill: 'x', code: '' }), 'nodes[1]', 'either skill or code'],
    [withNode({ id: 'b', code: 3 }), 'nodes[1].code', 'a text'],
    [
      withNode({ id: 'b', code: '', inputs: [] }),
      'nodes[1].inputs',
      'an object with inputs by name'
    ],
    [
      withNode({ id: 'b', skill: 'x', inputs: { 'a b': 1 } }),
      'nodes[1].inputs.a b',
      'a name that Python can use'
    ],
    [
      withNode({ id: 'b', skill: 'x', inputs: { y: { from: ['a'] } } }),
      'nodes[1].inputs.y',
      '{ "from": [node, output] }'
    ],
    [
      withNode({ id: 'b', skill: 'x', inputs: { y: { from: ['a', 'x(); evil'] } } }),
      'nodes[1].inputs.y',
      '{ "from": [node, output] }'
    ],
    [
      withNode({ id: 'b', skill: 'x', inputs: { y: { from: ['aa', 'a'] } } }),
      'nodes[1].inputs.y.from',
      'the id of a node, such as "a"'
    ],
    [
      withNode({ id: 'b', skill: 'x', inputs: { y: { from: ['b', 'c'] } } }),
      'nodes',
      'connections without a cycle'
    ],
    [
      withNode({ id: 'b', code: '', position: [1] }),
      'nodes[1].position',
      'two numbers, [x, y]'
    ],
    [
      withNode({ id: 'b', skill: 'x', target: '1' }),
      'nodes[1].target',
      'the name of a variable, or null'
    ],
    [withNode({ id: 'b', skill: 'x', source: 1 }), 'nodes[1].source', 'a text']
  ])('says of %s what is wrong at %s', (text, place, expected) => {
    const { workflow, problems } = parseWorkflow(text);
    expect(workflow).toBeNull();
    expect(problems).toContainEqual(
      expect.objectContaining({ severity: 'error', place, expected })
    );
  });

  it('lists all problems, not the first alone', () => {
    const { problems } = parseWorkflow('{"v":1,"name":"","nodes":[{"id":"a"},3]}');
    expect(problems.map(({ place }) => place)).toEqual([
      'name',
      'nodes[0].skill',
      'nodes[1]'
    ]);
  });

  it('warns of inputs and outputs that do not fit', () => {
    const { workflow, problems } = parseWorkflow(
      JSON.stringify({
        ...{ v: 1, name: 'x' },
        nodes: [
          { id: 'h', skill: 'quantum-hamiltonian', inputs: { bond_lenght: 1 } },
          {
            ...{ id: 'v', skill: 'quantum-vqe' },
            inputs: {
              hamiltonian: { from: ['h', 'energy'] },
              iterations: 'ten',
              seed: { from: ['h', 'hamiltonian'] }
            }
          }
        ]
      }),
      find
    );
    expect(workflow).not.toBeNull();
    expect(problems.map(({ place, found }) => [place, found])).toEqual([
      ['nodes[0].inputs.bond_lenght', '"bond_lenght"'],
      ['nodes[1].inputs.hamiltonian', '"energy"'],
      ['nodes[1].inputs.iterations', 'string "ten"'],
      ['nodes[1].inputs.seed', '"hamiltonian" of type object']
    ]);
  });

  const name = fc
    .stringMatching(/^[a-z]{1,3}$/)
    .filter(
      each =>
        ![
          'if',
          'in',
          'is',
          'as',
          'or',
          'not',
          'and',
          'def',
          'del',
          'for',
          'try'
        ].includes(each)
    );
  const json = fc.jsonValue().filter(value => {
    const keys =
      typeof value === 'object' && value && !Array.isArray(value)
        ? Object.keys(value).join()
        : '';
    return keys !== 'from' && keys !== 'expression';
  });
  const input = fc.oneof(
    json.map(value => ({ value: value as JsonValue })),
    fc.constant({ expression: '1 + n' })
  );
  const workflows: fc.Arbitrary<IWorkflow> = fc
    .array(
      fc.record({
        skill: name,
        code: fc.string(),
        isCode: fc.boolean(),
        inputs: fc.dictionary(name, input, { maxKeys: 3 }),
        links: fc.array(fc.tuple(name, fc.nat(9)), { maxLength: 3 }),
        position: fc.tuple(fc.integer(), fc.integer()),
        placed: fc.boolean(),
        loose: fc.boolean()
      }),
      { maxLength: 8 }
    )
    .map(list => ({
      ...{ v: 1 as const, name: 'some name', notes: [] },
      nodes: list.map(
        ({ skill, code, isCode, inputs, links, position, placed, loose }, index) => ({
          ...{ id: `n${index}`, position, placed },
          ...(placed && loose ? { loose } : {}),
          inputs: {
            ...Object.fromEntries(Object.entries(inputs)),
            ...Object.fromEntries(
              links.flatMap(([key, at]) =>
                index > 0 ? [[key, { from: [`n${at % index}`, 'out'] as const }]] : []
              )
            )
          },
          ...(isCode ? { code } : { skill })
        })
      )
    }));

  it('reads back what formatWorkflow writes', () => {
    fc.assert(
      fc.property(workflows, workflow => {
        const text = formatWorkflow(workflow);
        const back = parseWorkflow(text);
        expect(back.problems).toEqual([]);
        expect(back.workflow).toEqual(JSON.parse(JSON.stringify(workflow)));
        expect(formatWorkflow(back.workflow as IWorkflow)).toBe(text);
      })
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map(value => JSON.stringify(value))
        ),
        text => {
          parseWorkflow(text, find);
        }
      )
    );
  });
});
