import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import {
  draftCode,
  formatDraft,
  fromCell,
  namesToAsk,
  parseSkill,
  readSkillMagic,
  replacementCell,
  type ICellOptions,
  type IExecutableSkill,
  type INameFacts
} from '../../src';

const ABOUT = {
  id: 'my-step',
  name: 'My step',
  description: 'Does a step: of a notebook.',
  category: 'general'
};
const draftOf = (source: string, more: Partial<ICellOptions> = {}) =>
  fromCell({ source, above: [], below: [], ...more });

const HALF: IExecutableSkill = {
  kind: 'executable',
  id: 'half',
  name: 'Half',
  description: 'Halves.',
  category: 'general',
  keywords: [],
  aliases: [],
  body: '',
  type: 'python-wasm',
  mode: 'browser-wasm',
  pure: true,
  inputs: [{ name: 'x', type: 'number', required: true }],
  outputs: [
    { name: 'y', type: 'number', unit: 'm', description: 'The half' },
    { name: 'rest', type: 'number' }
  ],
  code: 'def execute(inputs):\n    return {"y": inputs["x"] / 2, "rest": 0.0}\n',
  codeLine: 1
};

describe('fromCell', () => {
  it('takes inputs from free variables and outputs from what later cells use', () => {
    const draft = draftOf('y = a * x + b\nz = y + 1', {
      above: ['x = 2.0\na = 3\nb = "no"', 'b = [1, 2.5]'],
      below: ['print(y)', 'y = 0', 'print(y)']
    });
    expect(draft.inputs.map(({ port }) => port)).toEqual([
      { name: 'a', type: 'integer', default: 3 },
      { name: 'b', type: 'array<number>', default: [1, 2.5] },
      { name: 'x', type: 'number', default: 2 }
    ]);
    expect(draft.outputs.map(({ port }) => port)).toEqual([{ name: 'y', type: 'any' }]);
    expect(draftCode(draft)).toBe(
      'def execute(inputs):\n' +
        '    a = inputs["a"]\n    b = inputs["b"]\n    x = float(inputs["x"])\n' +
        '    y = a * x + b\n    z = y + 1\n    return {"y": y}\n'
    );
  });

  it('brings imports and functions of earlier cells along', () => {
    const draft = draftOf('y = f(math.pi)', {
      above: [
        'import math, os.path\nfrom math import sin as s',
        'def g(x):\n    return s(x) * k\n\n@staticmethod\ndef f(x):\n    return g(x)\nk = 2'
      ]
    });
    expect(draft.imports).toEqual(['from math import sin as s', 'import math']);
    expect(draft.helpers).toEqual([
      'def g(x):\n    return s(x) * k',
      '@staticmethod\ndef f(x):\n    return g(x)'
    ]);
    expect(draft.inputs.map(({ port }) => port.name)).toEqual(['k']);
  });

  it('takes the outputs of a skill one by one, as the skill declares them', () => {
    const options = {
      above: ['h = await skill("half")(x=3)'],
      find: (id: string) => (id === 'half' ? HALF : undefined)
    };
    const draft = draftOf('z = h.y + h["rest"]', options);
    expect(draft.inputs.map(({ port, argument }) => [port.name, argument])).toEqual([
      ['rest', 'h.rest'],
      ['y', 'h.y']
    ]);
    expect(draft.inputs[1]?.port).toEqual({
      name: 'y',
      type: 'number',
      unit: 'm',
      description: 'The half',
      required: true
    });
    expect(draftOf('z = sum(h.values())\nf(h)', options).inputs[1]).toMatchObject({
      port: { name: 'h', type: 'object', required: true },
      form: 'outputs'
    });
  });

  it('prefers what a kernel knows', () => {
    const facts: Record<string, INameFacts> = {
      x: {
        kind: 'value',
        form: 'array',
        type: 'array<number>',
        value: [1, 2],
        dtype: 'int32'
      },
      np: {
        kind: 'code',
        form: 'plain',
        type: 'any',
        importLine: 'import numpy as np'
      },
      f: { kind: 'code', form: 'plain', type: 'any' },
      y: { kind: 'value', form: 'plain', type: 'array<number>' }
    };
    const draft = draftOf('y = np.sum(f(x))', { facts, above: ['%run setup.py'] });
    expect(draft.inputs.map(({ port }) => port)).toEqual([
      { name: 'x', type: 'array<number>', default: [1, 2] }
    ]);
    expect(draft.outputs[0]?.port.type).toBe('array<number>');
    expect(draftCode(draft)).toContain('x = numpy.asarray(inputs["x"], dtype="int32")');
    expect(draft.notes).toEqual([
      { code: 'lost-name', severity: 'warning', about: 'f' }
    ]);
    expect(namesToAsk('%%skill a\ny = np.sum(f(x))')).toEqual(['f', 'np', 'x', 'y']);
  });

  it('names the last expression of a cell that defines nothing', () => {
    const draft = draftOf('print(x)\nx + 1;');
    expect(draftCode(draft)).toContain('value = x + 1\n    return {"value": value}');
  });

  it.each([
    ['x = (', 'incomplete'],
    ['files = !ls', 'shell'],
    ['!pip install x', 'shell'],
    ['# nothing', 'empty'],
    ['class A: pass\nexecute = 3', 'defines-execute']
  ])('says why %j cannot become a skill', (source, code) => {
    expect(draftOf(source).notes).toContainEqual(
      expect.objectContaining({ code, severity: 'error' })
    );
  });

  it('leaves magics out, and says so', () => {
    const draft = draftOf('%matplotlib inline\nif 1:\n    %time f()\ny = 1');
    expect(draft.body.source).toBe('if 1:\n    pass\ny = 1');
    expect(draft.notes.map(({ about }) => about)).toEqual([
      '%matplotlib inline',
      '%time f()'
    ]);
  });

  it('reads the magic that says so', () => {
    expect(readSkillMagic('%%skill\nx')).toBe('');
    expect(readSkillMagic('\n%%skill my-step \nx')).toBe('my-step');
    expect(readSkillMagic('%%skills x')).toBeUndefined();
    expect(draftOf('%%skill my-step\ny = 1').body.source).toBe('y = 1');
  });

  it('writes a file without problems', () => {
    const text = formatDraft(
      draftOf('import qiskit\ny = x', { above: ['x = "a: b"'] }),
      ABOUT
    );
    const { skill, problems } = parseSkill(text, 'skills/my-step.md');
    expect(problems).toEqual([]);
    expect(skill).toMatchObject({ id: 'my-step', inputs: [{ default: 'a: b' }] });
  });
});

/** Notebooks whose middle cell becomes a skill, and the names that must come out equal. */
const NOTEBOOKS: readonly {
  readonly title: string;
  readonly above: readonly string[];
  readonly cell: string;
  readonly below: readonly string[];
  readonly names: readonly string[];
}[] = [
  {
    title: 'numbers',
    above: ['x = 2.0\nn = 3'],
    cell: 'y = x ** n\nz = [y, x]',
    below: ['w = y, z'],
    names: ['w']
  },
  {
    title: 'a text of several lines keeps its indentation',
    above: ['who = "Ana"'],
    cell: 'if who:\n    text = f"""a\n  {who}\nb"""\nelse:\n    text = \'\'',
    below: ['t = text'],
    names: ['t']
  },
  {
    title: 'functions of earlier cells with values of the notebook',
    above: ['import math\nk = 2\nn = 4', 'def area(r):\n    return math.pi * r ** k'],
    cell: 'a = [area(r) for r in range(n)]',
    below: ['s = sum(a)'],
    names: ['s']
  },
  {
    title: 'functions that later cells call stay in the notebook',
    above: ['n = 4'],
    cell: 'import math\ndef sq(x):\n    return math.floor(x) * x\ny = sq(n)',
    below: ['z = sq(y) + math.floor(2.5)'],
    names: ['z']
  },
  {
    title: 'globals, classes and built-in names',
    above: ['count = 1'],
    cell:
      'def bump():\n    global count\n    count += 1\nbump()\n' +
      'class Box:\n    count = count\nmax = max(3, count)\nb = Box.count',
    below: ['r = count, b'],
    names: ['r']
  },
  {
    title: 'changes in place',
    above: ['xs = [1, 2]\nd = {"a": 1}'],
    cell: 'xs.append(3)\nd["b"] = xs[0]',
    below: ['r = xs, d'],
    names: ['r']
  },
  {
    title: 'tuples and floats',
    above: ['t = (1, 2)\nf = [1.0, 2.5]\ng = 1e3'],
    cell: 'u = t + (3,)\nv = f, g, t',
    below: ['r = u, v'],
    names: ['r']
  },
  {
    title: 'skill calls in it, and outputs of skills before and after',
    above: ['from llmos import skill', 'h = await skill("half")(x=3)'],
    cell: 'q = await skill("half")(x=h.y)',
    below: ['r = q.y, q["rest"]'],
    names: ['r']
  },
  {
    title: 'a whole result that goes on',
    above: ['from llmos import skill', 'h = await skill("half")(x=3)'],
    cell: 'pair = dict(h)\nq = await skill("half")(x=h["y"])\nn = 1',
    below: ['r = sorted(pair.items()), q.y, n'],
    names: ['r']
  },
  {
    title: 'variables named as the skill names its own',
    above: ['inputs = 3\nresult = 4'],
    cell: 'execute = inputs + result\noutputs = execute',
    below: ['r = outputs, execute'],
    names: ['r']
  },
  {
    title: 'numpy arrays of the notebook',
    above: ['import numpy as np\nx = np.linspace(0, 1, 5)'],
    cell: 'y = np.cumsum(x * 2)',
    below: ['r = y.tolist()'],
    names: ['r']
  }
];

describe('fromCell of a cell that is a skill already', () => {
  it('takes its inputs and outputs from execute', () => {
    const source =
      '%%skill\nimport math\ndef execute(inputs):\n' +
      '    n = inputs.get("n", 3)\n    if inputs["x"] > 0:\n        return {"y": 1, "z": f(n)}\n' +
      '    return dict(y=2, z=3)';
    const draft = draftOf(source, { above: ['def f(x):\n    return x'] });
    expect(draft.inputs.map(({ port }) => port)).toEqual([
      { name: 'n', type: 'integer', default: 3 },
      { name: 'x', type: 'any', required: true }
    ]);
    expect(draft.outputs.map(({ port }) => port.name)).toEqual(['y', 'z']);
    const code = draftCode(draft);
    expect(code).toMatch(/^def f\(x\):\n {4}return x\n\n\nimport math\ndef execute/);
    expect(parseSkill(formatDraft(draft, ABOUT), 'my-step.md').problems).toEqual([]);
  });
});

describe('the skill of a cell', () => {
  const entry = (skill: IExecutableSkill): object => ({
    ...skill,
    version: `sha256:${skill.code}`,
    path: `${skill.id}.md`
  });
  const cases = NOTEBOOKS.map(({ above, cell, below, names }) => {
    const draft = fromCell({
      source: cell,
      above,
      below,
      find: id => (id === 'half' ? HALF : undefined)
    });
    const text = formatDraft(draft, ABOUT);
    const { skill, problems } = parseSkill(text, 'skills/my-step.md');
    const entries = skill?.kind === 'executable' ? [entry(skill), entry(HALF)] : [];
    const call = replacementCell(draft, 'my-step', names);
    return {
      problems: [...problems, ...draft.notes.filter(note => note.severity === 'error')],
      cells: [...above, cell, ...below],
      replaced: ['from llmos import skill', ...above, call, ...below],
      entries,
      names
    };
  });
  let answers: { cells: string[]; replaced: string[] }[] = [];

  beforeAll(() => {
    const own = join(__dirname, '../../../.venv/bin/python');
    const python = existsSync(own) ? own : 'python3';
    const input = JSON.stringify(cases);
    const run = spawnSync(python, [join(__dirname, 'runCells.py')], {
      input,
      encoding: 'utf8'
    });
    expect(run.stderr).toBe('');
    answers = JSON.parse(run.stdout) as typeof answers;
  }, 60_000);

  it.each(NOTEBOOKS.map(({ title }, at) => [title, at] as const))(
    'gives what the cell gave: %s',
    (_, at) => {
      expect(cases[at]?.problems).toEqual([]);
      expect(answers[at]?.replaced).toEqual(answers[at]?.cells);
      expect(answers[at]?.cells[0]).not.toMatch(/Error/);
    }
  );
});
