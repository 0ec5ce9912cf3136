import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { analyseCell, skillCalls } from '../../src/index';

const FOLDER = join(__dirname, '../fixtures/cells');
const CELLS = readdirSync(FOLDER).flatMap(file =>
  readFileSync(join(FOLDER, file), 'utf8').split(/^# ---.*\n/m)
);

describe('analyseCell', () => {
  it.each<[string, string[], string[]]>([
    ['x = 1\ny = (', ['x'], []],
    ['y = foo(\nz = 2\nw = z + a', ['w', 'z'], ['a']],
    ['x = [1, 2\ny = {a: b\nz = 3', ['z'], []],
    ['s = "no end\nx = y', ['x'], ['y']],
    ['s = """no end\nx = y', ['x'], ['y']],
    ["f'{a'\nx = y", ['x'], ['y']],
    ['for i in range(3)\n    y = i\nz = x', ['z'], ['x']],
    ['def f(:\n    return b\nc = a', ['c'], ['a']],
    ['def \nx = 1', ['x'], []],
    ['x = \ny = 2', ['y'], []],
    ['x. \ny = x', ['y'], ['x']],
    ['x = 1 +\ny = 2', ['y'], []],
    ['print x\ny = 2', ['y'], []],
    ['if x:\ny = 2', ['y'], []],
    ['if a:\n    b = (\nc = d', ['c'], ['d']],
    ['else:\n    a\nb = 1', ['b'], []],
    ['f() = 1\nx = 2', ['x'], []],
    ['x = 1)\ny = 2', ['y'], []],
    ['x = (1]\ny = 2', ['y'], []],
    ['1 = x\ny = z', ['y'], ['z']],
    ['a b\nc = d', ['c'], ['d']],
    ['x = 5 $ 3\ny = z', ['y'], ['z']],
    ['  x = 1\n    y = 2\nz = x', ['x', 'z'], []],
    ['try:\n    x\ny = 1', ['y'], []],
    ['lambda x: \ny = 1', ['y'], []],
    ['@d\nx = 1\ny = 2', ['x', 'y'], []],
    ['import \ny = 2', ['y'], []],
    ['from a import \ny = 2', ['y'], []],
    ['vqe = await skill("quantum-vqe")(hamiltonian=\nx = 1', ['x'], []]
  ])('keeps the whole statements of %j', (source, defines, uses) => {
    expect(analyseCell(source)).toMatchObject({ defines, uses, incomplete: true });
  });

  it.each<[string, string[], string[]]>([
    ['type X = list[T]', ['X'], ['T']],
    ['type X[T] = list[T]\nX', ['X'], []],
    ['def f[T: B](x: T) -> T: return T, y', ['f'], ['B', 'y']],
    ['class A[T, *Ts, **P](G[T]):\n    x: T\n    y = z', ['A'], ['G', 'z']],
    ['f"{a["k"]} {f"{b}"}"', [], ['a', 'b']],
    ["f'{', '.join(xs)}'", [], ['xs']],
    ['f"{x:{w}.{p}}" f"{y!r}"', [], ['p', 'w', 'x', 'y']]
  ])('reads the syntax of Python 3.12: %s', (source, defines, uses) => {
    expect(analyseCell(source)).toMatchObject({ defines, uses, incomplete: false });
  });

  it.each([
    ['# note\rx = a', ['x'], ['a']],
    ['x = a # note\ry = b', ['x', 'y'], ['a', 'b']],
    ['%time f\rx = a', ['x'], ['a']],
    ['\rx = "a\ry = b', ['y'], ['b']],
    ['x = \\\ra', ['x'], ['a']]
  ])('ends lines at a lone carriage return: %j', (source, defines, uses) => {
    expect(analyseCell(source)).toMatchObject({ defines, uses });
  });

  it('reads Windows line ends', () => {
    expect(analyseCell('if a:\r\n    x = b\r\ny = x + \\\r\n  c\r\n')).toMatchObject({
      defines: ['x', 'y'],
      uses: ['a', 'b', 'c'],
      incomplete: false
    });
  });

  it('never throws, whatever is half typed', () => {
    const cell = fc.constantFrom(...CELLS);
    const piece = fc.constantFrom(
      ...'( ) [ ] { } : , . = := " \' """ f" f\' { # \\ \n \t @ * ** % ! ? ; -> lambda def class if else for in async await match case try except as with import from global del yield not and or is None x y 1 0. 1e \r\n'.split(
        ' '
      ),
      '\n    ',
      '\n  ',
      ' '
    );
    fc.assert(
      fc.property(
        cell,
        fc.nat(400),
        fc.nat(20),
        fc.oneof(piece, fc.string()),
        (source, at, length, text) => {
          analyseCell(source.slice(0, at) + text + source.slice(at + length));
        }
      ),
      { numRuns: 3000 }
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
        analyseCell(pieces.join(''));
        analyseCell(pieces.join(' '));
      }),
      { numRuns: 3000 }
    );
  });

  it('survives nesting without end', () => {
    for (const unit of [
      '(',
      '[',
      '{',
      'f"{',
      'lambda:',
      'not ',
      '-',
      'a(',
      'a[',
      'x if '
    ]) {
      expect(analyseCell(unit.repeat(20_000)).incomplete).toBe(true);
    }
    expect(analyseCell(`x${'.a'.repeat(50_000)}`).incomplete).toBe(true);
    expect(analyseCell(`x${'.a(b)'.repeat(300)}`).uses).toEqual(['b', 'x']);
    const ifs = Array.from(
      { length: 2000 },
      (_, depth) => `${' '.repeat(depth)}if a:\n`
    );
    expect(analyseCell(ifs.join('')).incomplete).toBe(true);
    expect(analyseCell(`x = ${'a + '.repeat(20_000)}b`).uses).toEqual(['a', 'b']);
  });

  it('finds the same whether or not broken lines stand between whole ones', () => {
    const plain = CELLS.filter(cell => /^\w+ = [\w.]+\n$/.test(cell));
    expect(plain.length).toBeGreaterThan(3);
    for (const cell of plain) {
      const { defines, uses } = analyseCell(cell);
      expect(analyseCell(`q = \n${cell}r = )\n`)).toMatchObject({ defines, uses });
    }
  });
});

describe('skillCalls', () => {
  const calls = (source: string, known?: string[]) =>
    skillCalls(analyseCell(source), known);

  it('finds id, target and where each argument stands', () => {
    const source =
      'vqe = await skill("quantum-vqe")(h.hamiltonian, iterations=100, **more)';
    const [call, more] = calls(source);
    expect(more).toBeUndefined();
    expect(call).toMatchObject({
      skill: 'quantum-vqe',
      callee: 'skill',
      target: 'vqe',
      awaited: true,
      topLevel: true,
      version: null
    });
    const slices = call?.arguments.map(item => [
      item.name,
      item.star,
      source.slice(item.start, item.end),
      source.slice(item.valueStart, item.valueEnd)
    ]);
    expect(slices).toEqual([
      [null, '', 'h.hamiltonian', 'h.hamiltonian'],
      ['iterations', '', 'iterations=100', '100'],
      [null, '**', '**more', 'more']
    ]);
    expect(call?.arguments[0]?.source).toEqual({ name: 'h', output: 'hamiltonian' });
    expect(source.slice(call?.start, call?.end)).toMatch(/^skill\(.*more\)$/);
    expect(source.slice(call?.argumentsStart, call?.argumentsEnd)).toMatch(
      /^h\..*more$/
    );
    expect(source.slice(call?.idStart, call?.idEnd)).toBe('"quantum-vqe"');
  });

  it.each([
    ['await skill("a")(1)', 1, null],
    ['a = await skill("a")(); b = await skill("b")(x=a.y)', 2, 'a'],
    ["v = skill('a', version='sha256:1')()", 1, 'v'],
    ['v: R = await skill("a")()', 1, 'v'],
    ['v, w = await skill("a")()', 1, null],
    ['v = w = await skill("a")()', 1, null],
    ['v = (await skill("a")()).x', 1, null],
    ['xs = [await skill("a")(x=x) for x in r]', 1, null],
    ['for i in r:\n    v = await skill("a")()', 1, null],
    ['v = await (skill("a"))(x=1)', 1, 'v'],
    ['v = await skill("a") (x=1)', 1, 'v'],
    ['v = skill("a")', 0, null],
    ['v = await skill(name)(x=1)', 0, null],
    ['v = await skill(f"{name}")(x=1)', 0, null],
    ['v = await other("a")(x=1)', 0, null]
  ])('understands %s', (source, count, target) => {
    const found = calls(source);
    expect(found).toHaveLength(count);
    expect(found[0]?.target ?? null).toBe(target);
  });

  it('follows imports under other names', () => {
    expect(calls('from llmos import skill as s\nawait s("a")()')).toHaveLength(1);
    expect(calls('import llmos\nawait llmos.skill("a")()')).toHaveLength(1);
    expect(calls('import llmos as l\nawait l.skill("a")()')).toHaveLength(1);
    expect(calls('await s("a")()')).toHaveLength(0);
    expect(calls('await s("a")()', ['s'])).toHaveLength(1);
  });

  it('tells functions and classes from other definitions', () => {
    const source = `
if a:
    async def größe():
        def inner(): pass
class C:
    def method(self): pass
def_ = größe2 = 1`;
    expect(analyseCell(source)).toMatchObject({
      defines: ['C', 'def_', 'größe', 'größe2'],
      definitions: ['größe', 'C']
    });
  });

  it('knows what an argument reads', () => {
    const [call] = calls(
      'await skill("a")(a=x, b=x.y, c=x["k"], d=x[0], e=x.y.z, f=x+1)'
    );
    expect(call?.arguments.map(item => item.source)).toEqual([
      { name: 'x', output: null },
      { name: 'x', output: 'y' },
      { name: 'x', output: 'k' },
      null,
      null,
      null
    ]);
  });
});

describe('plainImports', () => {
  it.each([
    ['import numpy as np\nx = np.zeros(3)', ['np']],
    ['from llmos import skill\nh = await skill("a")()', ['skill']],
    ['import a.b, a.c\nfrom d import (e as f)', ['a', 'f']],
    ['import numpy as np\nnp.random.seed(1)', []],
    ['import numpy as np\n_ = np.random.seed(1)', []],
    ['import sns\nimport plt\nsns.set_theme()', []],
    ['from random import seed\nimport random\nseed(1)', []],
    ['import np\ndef f():\n    np.random.seed(1)\nx = f()', []],
    ['import np\ndef f():\n    np.random.seed(1)', ['np']],
    ['import np\nprint(np.pi)', ['np']],
    ['import sys\nsys.path.append("x")', []],
    ['import sys\nawait sys.start()', []],
    ['import os\nos.environ["A"] = "1"', []],
    ['import os\ndel os', []],
    ['import np\nnp = 3', []],
    ['import np\nfor np in []: pass', []],
    ['if x:\n    import np', []],
    ['import a as np\ntry:\n    import b as np\nexcept ImportError:\n    pass', []],
    ['import np\ndef f():\n    global np\n    np = 1', []],
    ['import np\ndef f():\n    np = 1\n    np.x.go()', ['np']]
  ])('are those that nothing else changes: %s', (source, names) => {
    expect([...analyseCell(source).plainImports.keys()]).toEqual(names);
  });

  it('tell what is imported, however it is written', () => {
    const textOf = (source: string, name: string): string | undefined =>
      analyseCell(source).plainImports.get(name);
    const one = textOf('from m import x', 'x');
    expect(textOf('from m import (\n  y,\n  x\n)  # both', 'x')).toBe(one);
    expect(textOf('from n import x', 'x')).not.toBe(one);
    expect(textOf('import m.x as x', 'x')).not.toBe(textOf('import x', 'x'));
    expect(textOf('import a.b', 'a')).not.toBe(textOf('import a.c', 'a'));
    expect(textOf('from . import x', 'x')).not.toBe(textOf('from .. import x', 'x'));
  });
});
