import '../browser';

import { buildGraph } from '@llmos-lab/skills';

import { describeGraph, GraphDescriber } from '../../src/graph/graphModel/describe';
import type { IGraphView, INotebookCell } from '../../src/graph/graphModel/view';
import { entryOf, HAMILTONIAN, libraryOf, VQE } from '../skills/fixtures';

const PLOT = entryOf('plot-convergence', {
  inputs: [
    { name: 'trace', type: 'array<number>', required: true },
    { name: 'title', type: 'string', default: '' }
  ],
  outputs: [{ name: 'plot_image', type: 'image' }]
});
const { library } = libraryOf(HAMILTONIAN, VQE, PLOT);
const find = (id: string): ReturnType<typeof library.get> => library.get(id);

const code = (id: string, source: string): INotebookCell => ({
  ...{ id, kind: 'code', source, position: null }
});
const text = (id: string, source: string): INotebookCell => ({
  ...{ id, kind: 'markdown', source, position: null }
});

function view(...cells: readonly INotebookCell[]): IGraphView {
  return describeGraph(cells, buildGraph(cells.filter(isCode)), find);
}

function isCode({ kind }: INotebookCell): boolean {
  return kind === 'code';
}

const H = code('h', 'h = await skill("quantum-hamiltonian")()');

describe('describeGraph', () => {
  it('gives a skill cell the typed ports of its skill', () => {
    const [, vqe] = view(
      H,
      code('v', 'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)')
    ).nodes;
    expect(vqe).toMatchObject({ kind: 'skill', title: 'VQE Optimizer', target: 'vqe' });
    expect(
      vqe?.inputs.map(({ name, type, text: given, linked }) => [
        name,
        type,
        given,
        linked
      ])
    ).toEqual([
      ['hamiltonian', 'object', 'h.hamiltonian', true],
      ['iterations', 'integer', '100', false]
    ]);
    expect(vqe?.outputs).toMatchObject([
      { name: 'eigenvalue', type: 'number', unit: 'Ha' }
    ]);
  });

  it('leads an edge from output to input', () => {
    const { edges } = view(
      H,
      code('v', 'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)')
    );
    expect(edges).toMatchObject([
      {
        from: 'h',
        output: 'hamiltonian',
        to: 'v',
        input: 'hamiltonian',
        isDirect: true
      }
    ]);
    expect(edges[0]?.problem).toBeNull();
  });

  it('finds the input that an expression feeds', () => {
    const { edges } = view(
      code('n', 'n = 5'),
      code('v', 'vqe = await skill("quantum-vqe")(hamiltonian=1, iterations=n * 2)')
    );
    expect(edges).toMatchObject([
      { output: 'n', input: 'iterations', isDirect: false, problem: null }
    ]);
  });

  it('finds inputs given by position', () => {
    const { edges } = view(
      H,
      code('v', 'vqe = await skill("quantum-vqe")(h.hamiltonian)')
    );
    expect(edges).toMatchObject([{ input: 'hamiltonian' }]);
  });

  it('connects plain cells by their variables', () => {
    const { nodes, edges } = view(code('a', 'x = 1\ny = 2'), code('b', 'z = x + y'));
    expect(nodes[0]?.outputs.map(port => port.name)).toEqual(['x', 'y']);
    expect(nodes[1]?.inputs.map(port => port.name)).toEqual(['x', 'y']);
    expect(edges.map(({ output, input }) => [output, input])).toEqual([
      ['x', 'x'],
      ['y', 'y']
    ]);
  });

  it('marks outputs that the skill does not have, types that do not fit, late names', () => {
    const problems = view(
      code('e', 'e = late'),
      H,
      code('a', 'p = await skill("plot-convergence")(trace=h.hamiltonian)'),
      code('b', 'v = await skill("quantum-vqe")(hamiltonian=h.energy)'),
      code('l', 'late = 1')
    ).edges.map(({ problem }) => problem);
    expect(problems).toEqual([
      { code: 'late', name: 'late' },
      { code: 'type', output: 'object', input: 'array<number>' },
      { code: 'output', name: 'energy', skill: 'quantum-hamiltonian' }
    ]);
  });

  it('names what an input reads and no cell gives, unless code may define more', () => {
    const missing = (...cells: readonly INotebookCell[]): unknown =>
      view(...cells)
        .nodes.at(-1)
        ?.inputs.map(port => port.missing);
    const plot = code(
      'p',
      'p = await skill("plot-convergence")(trace=v.trace, title=t)'
    );
    expect(missing(code('t', 't = "A"'), plot)).toEqual(['v', null]);
    expect(missing(code('v', 'v = t = 1'), plot)).toEqual([null, null]);
    for (const source of [
      ...['%run other.py', 'from other import *', 'v = (', 'locals()["v"] = t = 1'],
      ...['vars()["v"] = 1', 'get_ipython().push({"v": 1})', '%time v = t = 1'],
      ...['%%capture v\nprint(1)', '%%bash --out v\nls', '%%script sh --out v\nls'],
      ...['%R -o v', '%%sql v <<\nselect 1']
    ]) {
      expect(missing(code('o', source), plot)).toEqual([null, null]);
    }
    for (const source of [
      ...['%matplotlib inline', '%pip install x', '!ls', 'print("%d" % 1)'],
      ...['%%time\n1', '%%bash\nls', '%%capture\nprint(1)']
    ]) {
      expect(missing(code('o', source), plot)).toEqual(['v', 't']);
    }
  });

  it('misses no names that IPython and Python give', () => {
    const names = ['_', '_5', '_i1', '_oh', '_dh', '_exit_code', '__name__', 'In'];
    for (const name of [...names, 'Out', 'len', 'display', 'get_ipython']) {
      const call = `p = await skill("plot-convergence")(trace=${name})`;
      const { nodes } = view(code('p', call));
      expect([name, nodes[0]?.inputs[0]?.missing]).toEqual([name, null]);
    }
  });

  it('keeps the inputs of a skill that is missing', () => {
    const [node] = view(code('m', 'm = await skill("gone")(a=1, b=2)')).nodes;
    expect(node).toMatchObject({ kind: 'missing', title: 'gone' });
    expect(node?.inputs.map(port => port.name)).toEqual(['a', 'b']);
  });

  it('draws no edge for the import of skill', () => {
    const { edges, nodes } = view(code('i', 'from llmos import skill'), H);
    expect(edges).toEqual([]);
    expect(nodes[0]?.outputs).toEqual([]);
  });

  it('puts cells under the heading above them, and leaves blank cells out', () => {
    const { nodes, sections } = view(
      code('a', 'x = 1'),
      { ...text('m', '# Part *one*\n\ntext\n\n## `Deep`'), position: [3, 4] },
      code('b', ''),
      code('c', 'y = x')
    );
    expect(nodes.map(({ id, section }) => [id, section])).toEqual([
      ['a', null],
      ['c', 'm:1']
    ]);
    expect(sections).toMatchObject([
      { id: 'm', title: 'Part one', level: 1, cells: [], position: [3, 4] },
      { id: 'm:1', title: 'Deep', level: 2, cells: ['c'], position: null }
    ]);
  });

  it('sees no heading in a fenced block', () => {
    expect(view(text('m', '```\n# no\n```\n\n# yes')).sections).toMatchObject([
      { title: 'yes' }
    ]);
  });

  it('keeps cells of other languages apart', () => {
    const { nodes } = view(code('a', '%%bash\nls'), code('b', '%%html\n<b>'));
    expect(nodes.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('GraphDescriber', () => {
  it('keeps the objects of what did not change', () => {
    const describer = new GraphDescriber(find);
    const cells = [H, code('v', 'vqe = await skill("quantum-vqe")(h.hamiltonian)')];
    const graph = buildGraph(cells);
    const first = describer.describe(cells, graph);
    const next = [...cells, code('x', 'x = vqe.eigenvalue')];
    const second = describer.describe(next, buildGraph(next, graph));
    expect(second.nodes[0]).toBe(first.nodes[0]);
    expect(second.edges[0]).toBe(first.edges[0]);
    expect(second.nodes).toHaveLength(3);
    expect(describer.describe(next, buildGraph(next, graph)).nodes).toBe(second.nodes);
  });
});
